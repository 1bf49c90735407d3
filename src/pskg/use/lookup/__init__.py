"""What the graph says of a service item or of a body, found by name.

:func:`find_item` tells who leads an item, who else answers for it and who pays;
:func:`find_body` tells everything that a body leads, answers for, helps with, belongs to and pays.
Each part of an answer carries the words it was read from and the IRI of its fact, which
:func:`pskg.use.explain.explain` shows in its surroundings.

Names are compared without white space and without regard to the width of punctuation. A name
that the graph does not have is an error that tells the near ones, never an empty answer.
"""

from __future__ import annotations

from pskg.use.lookup.answers import (
    BodyAnswer,
    BodyPart,
    DocumentEntry,
    Duty,
    ItemAnswer,
    PayerPart,
    Payment,
)
from pskg.use.lookup.asking import choose_type, describe, label_concept, read_property, select
from pskg.use.lookup.bodies import find_body
from pskg.use.lookup.documents import choose_documents, list_documents, read_documents
from pskg.use.lookup.items import add_parts, find_item, get_items
from pskg.use.lookup.unknown import UnknownNameError

__all__ = [
    "BodyAnswer",
    "BodyPart",
    "DocumentEntry",
    "Duty",
    "ItemAnswer",
    "PayerPart",
    "Payment",
    "UnknownNameError",
    "add_parts",
    "choose_documents",
    "choose_type",
    "describe",
    "find_body",
    "find_item",
    "get_items",
    "label_concept",
    "list_documents",
    "read_documents",
    "read_property",
    "select",
]
