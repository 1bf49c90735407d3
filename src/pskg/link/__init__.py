"""What a name stands for beyond its own document: one module for each kind of thing.

The extractor says what a document says; here it is told which body, item or group of people that
is, so that documents can be held against each other. Pure functions over the facts, the
vocabularies and the regions: they know nothing of RDF. A guess never merges two things: what is
not sure stays apart, or is said to be unsure.

    audience   whom a target group's words mean: groups, and ages in years
    bodies     which body a name stands for, seen from the document's region
    citations  which document a citation means, and as what a document may be cited
    functions  what the functions' names are made of
    hierarchy  what stands above, below and after a body
    items      which service of the national list an item of a region's list is
    serves     which services a task, a measure or an indicator serves
    sssom      what a person has settled of that, and tables to settle it in
"""
