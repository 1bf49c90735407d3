"""Invented documents: plans for public services that no government has published, and their truth.

dice      chance that is the same on every machine
draft     a text as it is written, with the rows that are true of it
words     what the plans speak of: fields of service, items, figures, bodies
places    whose plan it is: region, issuer, number, dates, period
plans     the layouts, each a function that writes one plan
pages     a draft as plain text or as a web page
"""
