"""Sentences of the corpora varied by machine: case, diacritics, punctuation, typing errors; and texts that are none."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.question_corpus import Case, cases, meaning, plan, play, reader
from uvp.question import Intent, Question
from uvp.questions.text import TEXT_LIMIT, TOKEN_LIMIT, fold

TODAY = date(2026, 11, 24)
ASKED = [c for family in ("select", "show") for c in cases(family)]
REFUSED = list(cases("refused"))
THEME_WORDS = {
    "verkeersveiligheid": "VERK",
    "ondermijning": "OND",
    "samenleving": "SAM",
    "polarisatie": "SAM",
    "radicalisering": "SAM",
    "cybercrime": "DIG",
}


def read(text: str) -> Question:
    """The text on the day of the corpora."""
    return reader().read(text, TODAY)


def means(case: Case, text: str) -> bool:
    """Whether a variation of a sentence still means the same."""
    found, meant = meaning(read(text), case.means), dict(case.means)
    left = [[word.casefold() for word in m.pop("left_out", ())] for m in (found, meant)]
    return found == meant and left[0] == left[1]


@pytest.mark.parametrize("vary", [str.lower, str.title, lambda t: f"  {t}  ", lambda t: t.replace(" ", "  "), fold])
def test_case_diacritics_and_spaces_change_no_meaning(vary) -> None:  # type: ignore[no-untyped-def]  # five lambdas
    # *OM* is a function word too, so there capitals do tell something.
    varied = [c for c in ASKED if "OM" not in c.turns[0]]
    assert [vary(str(c)) for c in varied if not means(c, vary(c.turns[0]))] == []


@pytest.mark.parametrize(
    "vary", ["{}?", "{} ?", "{}...", "Hoi, {}", "{} aub", "@UVP {}", "<at>UVP</at>&nbsp;{}", "{}\u200b"]
)
def test_politeness_mentions_and_punctuation_change_no_meaning(vary: str) -> None:
    dutch = [c for c in ASKED if c.means.get("language", "nl") == "nl"]
    assert [vary.format(c) for c in dutch if not means(c, vary.format(c.turns[0].rstrip("?")))] == []


@settings(max_examples=300, deadline=None)
@given(
    word=st.sampled_from(sorted(THEME_WORDS)),
    at=st.integers(1, 8),
    error=st.sampled_from("swap drop double other"),
    data=st.data(),
)
def test_one_typing_error_in_a_theme_never_makes_another_theme(
    word: str, at: int, error: str, data: st.DataObject
) -> None:
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    changed = {
        "s": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        "w": word[:at] + word[at + 1 :],
        "d": word[:at] + word[at] + word[at:],
    }.get(error, word[:at] + letter + word[at + 1 :])
    question = read(f"welke acties zijn te laat bij {changed}")
    assert question.filters.themes in ((THEME_WORDS[word],), ())


def test_nearly_all_single_errors_in_long_words_are_understood() -> None:
    tried = understood = 0
    for word, theme in THEME_WORDS.items():
        for at in range(1, len(word) - 1):
            swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            for changed in (word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], swapped):
                tried += 1
                understood += read(f"acties {changed} te laat").filters.themes == (theme,)
    assert understood / tried > 0.97


def test_a_typing_error_in_any_long_word_of_the_corpora_hardly_ever_changes_the_meaning() -> None:
    random, outcomes = Random(2026), Counter[str]()
    for case in (c for family in ("select", "show", "filters") for c in cases(family)):
        words = case.turns[0].split(" ")
        long = [i for i, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
        if long:
            at = random.choice(long)
            words[at] = mistyped(words[at], random)
            question = read(" ".join(words))
            refused = question.intent is Intent.UNKNOWN or question.choices or question.left_out
            outcomes["right" if meaning(question, case.means) == case.means else "doubt" if refused else "wrong"] += 1
    assert outcomes["right"] / outcomes.total() > 0.9
    assert outcomes["wrong"] / outcomes.total() < 0.02


def mistyped(word: str, random: Random) -> str:
    """The word with one error that is no first or last letter: swapped, missing, doubled, or another letter."""
    at = random.randrange(1, len(word) - 1)
    return random.choice(
        [
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + random.choice("qwertyuiopasdfghjklzxcvbnm") + word[at + 1 :],
        ]
    )


def test_a_word_that_is_right_is_never_taken_for_an_error() -> None:
    lexicon, speller = reader().lexicon, reader().parser.speller
    assert [word for word in lexicon.known if speller.repair(word)] == []


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_as_a_question(text: str) -> None:
    assert read(text).text == text


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(sorted(reader().lexicon.functional)), max_size=60))
def test_any_words_of_asking_in_any_order_are_read(words: list[str]) -> None:
    assert isinstance(read(" ".join(words)), Question)


@pytest.mark.parametrize(
    "text",
    [
        "welke actie is te laat bij zorg " * 2_000,
        " " * 1_000_000,
        "a" * 100_000,
        "(" * 50_000,
        "<at" * 30_000,
        "niet af, " * 10_000,
        "hackshield afgerond: " * 5_000,
        "wat " * 250_000,
        "&nbsp;" * 10_000,
    ],
)
def test_of_a_hostile_text_only_a_bounded_part_is_examined(text: str) -> None:
    sentence = reader().parser.parse(text, TODAY)
    assert len(sentence.words) <= TOKEN_LIMIT
    assert len(sentence.text) <= TEXT_LIMIT


def test_a_text_that_was_cut_off_says_so_in_its_reading() -> None:
    assert read("wat is te laat bij zorg " * 200).reading[-1].kind == "cut"


@pytest.mark.parametrize("put", ["{}?", "{} aub", "hoi, {}", "{}!!", "zeg {}", "{} graag"])
def test_what_is_not_about_the_plan_stays_so_however_it_is_put(put: str) -> None:
    varied = [(*before, put.format(last)) for *before, last in (case.turns for case in REFUSED)]
    assert [turns for turns in varied if play(turns, TODAY).intent is Intent.ASK] == []


# Put after an answer these do ask or tell something of it.
FOLLOW_UPS = frozenset({"weer in Druten", "afgerond, nu vakantie"})


@pytest.mark.parametrize(
    "before",
    ["wat is te laat bij zorg", "hackshield", "bibob", "hoeveel acties zijn te laat", "wie gaat er over verkeer"],
)
def test_what_is_not_about_the_plan_stays_so_in_a_conversation(before: str) -> None:
    asked = [c.turns[-1] for c in REFUSED if len(c.turns[-1].split()) > 2 and c.turns[-1] not in FOLLOW_UPS]
    understood = (Intent.ASK, Intent.UPDATE)
    assert [text for text in asked if play((before, text), TODAY).intent in understood] == []


def test_every_action_is_found_by_its_code_in_any_spelling() -> None:
    for action in plan().actions:
        prefix, number = action.code.split("-")
        for written in (
            action.code,
            f"{prefix.lower()}{int(number)}",
            f"{prefix.title()} {number}",
            f"{prefix}–{int(number)}",
        ):
            assert read(written).filters.codes == (action.code,), written


def test_every_action_is_found_by_its_title() -> None:
    lost = [a.code for a in plan().actions if a.code not in {*(q := read(a.title)).filters.codes, *q.choices}]
    assert lost == []
