"""Pairs of names of bodies, told apart and brought together as the annotation says."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pskg.extract.grammar.bodies import classify_body
from pskg.graph.names import body_iri
from pskg.link.bodies import BodyIdentity, identify_body, place_of
from pskg.link.functions import take_over
from pskg.vocabulary import load

PAIRS = Path(__file__).parents[1] / "data" / "gold" / "bodies.csv"


def read_pairs() -> list[dict[str, str]]:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def identify(name: str, region: str) -> BodyIdentity:
    return identify_body(classify_body(name, load()), place_of(region), load())


def iri_of(identity: BodyIdentity) -> str:
    return body_iri(identity.region, identity.function, identity.name)


def relate(one: BodyIdentity, other: BodyIdentity) -> str:
    """How the functions of two bodies relate: shared, by succession, or different."""
    if set(one.functions) & set(other.functions):
        return "shared"
    vocabulary = load()
    for first, second in ((one, other), (other, one)):
        for iri in first.functions:
            later = {concept.iri for concept in take_over(vocabulary.concept(iri), vocabulary)}
            if later & set(second.functions):
                return "succession"
    return "different"


@pytest.mark.parametrize(
    "pair", read_pairs(), ids=lambda row: f"{row['one']}-{row['other']}-{row['one_region']}"
)
def test_a_pair_of_bodies(pair: dict[str, str]) -> None:
    one = identify(pair["one"], pair["one_region"])
    other = identify(pair["other"], pair["other_region"])
    assert (iri_of(one) == iri_of(other)) == (pair["same"] == "yes"), (one, other)
    assert relate(one, other) == pair["function"], (one, other)


def test_pairs_are_many_and_of_every_sort() -> None:
    rows = read_pairs()
    assert (
        len({(row["one"], row["one_region"], row["other"], row["other_region"]) for row in rows})
        == len(rows)
        >= 200
    )
    assert {row["same"] for row in rows} == {"yes", "no"}
    assert {row["function"] for row in rows} == {"shared", "succession", "different"}
