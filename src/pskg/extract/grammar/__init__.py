"""How things are said: pure functions on strings, which know of no page, table or outline.

Text
    text            white space away, every character knows where it stood

Numbers and time
    numbers         what a number is worth, Arabic, Chinese or mixed; ordinals
    periods         years, five-year plans, ranges of years, dates

Who does what
    bodies          the names of bodies, their lists, what is known of a body by its name
    duties          who leads, answers for, helps: clauses, brackets, cells
    groups          coordination groups: head, members, office

Money
    money           the text in which money is told of
    payers          the names of those who pay
    paying          the words of paying around them
    ratios          the parts of a split: 8∶2, 60%, 平均分担
    tiers           ladders: one split for each class of places or cases
    shares          who pays which share, under which condition
    receivers       who gets or pays a sum: persons in the words around it
    receiver_clauses  whom the clauses before a sum name
    receiver_lists  who gets which of several sums
    amounts         how much somebody gets or pays

Figures
    figure_text     the text in which figures stand
    figure_numbers  numbers with unit and bound; years
    figure_names    the names of figures, alone, joined or behind them
    figure_clauses  the figures of a sentence, clause by clause
    figures         the figures of a paragraph, with year and kind
    figure_cells    the cells of an indicator table
"""
