"""Every sentence of the corpora means what its corpus says; the corpora and the language data hold together."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.question_corpus import FAMILIES, Case, cases, reader, score
from uvp.language import question_data
from uvp.questions.phrases import APART, expand
from uvp.questions.text import stem
from uvp.updates import Status

GROUPS = ("signs", "statuses", "reported", "ordinals", "all")
SELECTS = ("due", "overdue", "active", "starting", "ongoing", "undated", "done", "updated", "stale", "all")
SHOWS = ("actions", "count", "detail", "when", "who", "progress", "history")


@pytest.mark.parametrize("family", FAMILIES)
def test_every_sentence_of_the_corpus_means_what_it_says(family: str) -> None:
    assert score(family) == []


def test_no_sentence_of_the_corpora_has_two_meanings() -> None:
    meanings: dict[tuple[str, ...], list[Case]] = defaultdict(list)
    for family in FAMILIES:
        for case in cases(family):
            meanings[tuple(turn.casefold() for turn in case.turns)].append(case)
    assert [said for said, found in meanings.items() if any(c.means != found[0].means for c in found)] == []


def test_the_corpora_hold_six_hundred_sentences_and_a_third_are_conversations_doubt_and_refusals() -> None:
    counts = {family: len(list(cases(family))) for family in FAMILIES}
    assert sum(counts.values()) >= 600
    assert counts["conversations"] + counts["doubt"] + counts["refused"] >= sum(counts.values()) / 3.2


@pytest.mark.parametrize(("language", "enough"), [("nl", 25), ("en", 10)])
@pytest.mark.parametrize("select", SELECTS)
def test_every_select_is_asked_in_many_ways(select: str, language: str, enough: int) -> None:
    asked = [c for family in FAMILIES for c in cases(family) if c.means.get("select", "all") == select]
    assert sum(c.means.get("intent") is None and c.means.get("language", "nl") == language for c in asked) >= enough


@pytest.mark.parametrize(("language", "enough"), [("nl", 25), ("en", 10)])
@pytest.mark.parametrize("show", SHOWS)
def test_every_show_is_asked_in_many_ways(show: str, language: str, enough: int) -> None:
    asked = [c for family in FAMILIES for c in cases(family) if c.means.get("show", "actions") == show]
    assert sum(c.means.get("intent") is None and c.means.get("language", "nl") == language for c in asked) >= enough


def test_both_languages_offer_the_same_meanings() -> None:
    dutch, english = question_data()["nl"], question_data()["en"]
    assert dutch.keys() == english.keys()
    for group in GROUPS:
        assert dutch[group].keys() == english[group].keys()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_phrase_of_the_language_data_is_found_as_what_it_stands_for(language: str) -> None:
    data = question_data()["nl" if language == "nl" else "en"]
    tree = reader().lexicon.tree
    lost = []
    for group, kind in (("signs", "sign"), ("statuses", "status"), ("reported", "reported"), ("ordinals", "ordinal")):
        for value, phrases in data[group].items():
            meant = Status(value) if group in ("statuses", "reported") else value
            for variant in (v for phrase in phrases for v in expand(phrase) if v):
                path = [tree.key(word) for word in variant if word != APART]
                entries = [e for m in tree.find(path) for e in m.entries]
                if not any(e.kind == kind and e.value == meant for e in entries):
                    lost.append((value, variant))
    assert lost == []


def test_what_is_refused_shares_no_stem_with_what_is_asked() -> None:
    for data in question_data().values():
        refused = {tuple(map(stem, v)) for phrase in data["signs"]["foreign"] for v in expand(phrase)}
        asked = {
            tuple(map(stem, v))
            for d in question_data().values()
            for sign, phrases in d["signs"].items()
            if sign not in ("foreign", "outside", "doubtful")
            for phrase in phrases
            for v in expand(phrase)
        }
        assert refused & asked == set()
