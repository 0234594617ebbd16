"""Answers in words, Dutch and English, read as a colleague would; on 24 November 2026."""

from __future__ import annotations

import re
from dataclasses import replace
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import PLAN, Q4, TODAY, day, period, snapshot, update
from uvp.answers.answering import answer
from uvp.answers.phrases import Phrases, flattened
from uvp.answers.wording import Wording
from uvp.language import load
from uvp.period import Period
from uvp.plan import Holder
from uvp.question import Filters, Intent, Language, Question, ReportedUpdate, Select, Show
from uvp.snapshot import Snapshot
from uvp.updates import Status

DATA = load("answers")
WORDING = Wording(DATA)
NOTHING = snapshot()
DUE_Q4 = Question("", select=Select.DUE, filters=Filters(themes=("WAT",), period=Q4))


def says(question: Question, known: Snapshot = NOTHING, asker: str | None = None) -> list[str]:
    """The lines of the answer."""
    return WORDING.text(answer(question, known, TODAY, asker), known, TODAY).splitlines()


def headline(question: Question) -> str:
    """The line on top."""
    return WORDING.headline(answer(question, NOTHING, TODAY, "Anna"), PLAN)


def named(code: str, show: Show, **others: Any) -> Question:
    """A question about one action."""
    return Question("", show=show, filters=Filters(codes=(code,)), **others)


# Both languages


def placeholders(data: dict[str, Any]) -> dict[str, set[str]]:
    """The placeholders of every text."""
    return {key: {name for _, name, _, _ in Formatter().parse(text) if name} for key, text in flattened(data)}


def test_both_languages_say_the_same_things_with_the_same_placeholders() -> None:
    assert placeholders(DATA["nl"]) == placeholders(DATA["en"])
    assert len(DATA["nl"]["months"]) == len(DATA["en"]["months"]) == 12


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_text_shouts_or_is_formal(language: Language) -> None:
    for key, text in flattened(dict(DATA[language])):
        assert "!" not in text, key
        assert not (language == "nl" and re.search(r"\b(u|uw)\b", text, re.IGNORECASE)), key


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_meaning_has_words_in_both_languages(language: Language) -> None:
    say = WORDING.phrases(language)
    keys = [f"statuses.{s}" for s in Status] + [f"headline.selects.{s}" for s in Select]
    keys += [f"groups.{s}" for s in Select] + [f"sentences.{s}.{k}.other" for s in Select for k in ("always", "within")]
    assert [key for key in keys if not say.has(key)] == []


QUESTIONS = st.builds(
    Question,
    text=st.just(""),
    language=st.sampled_from(["nl", "en"]),
    intent=st.sampled_from(Intent),
    show=st.sampled_from(Show),
    select=st.sampled_from(Select),
    filters=st.builds(
        Filters,
        themes=st.sets(st.sampled_from(["WAT", "VUR", "ALG"])).map(tuple),
        period=st.sampled_from([None, Q4, period(None, "2026-12-31"), period("2026-01-01", None)]),
        statuses=st.sets(st.sampled_from(Status)).map(tuple),
        municipalities=st.sets(st.sampled_from(PLAN.municipality_names)).map(tuple),
        people=st.sampled_from([(), ("Jansen",), ("De Vries",)]),
        partners=st.sampled_from([(), ("brandweer",), ("politie", "brandweer")]),
        codes=st.sampled_from([(), ("WAT-02",), ("WAT-03", "VUR-01")]),
        text=st.sampled_from([None, "zwemles", "{0} %s"]),
    ),
    topics=st.sampled_from([(), ("drugs",)]),
    mine=st.booleans(),
    left_out=st.sampled_from([(), ("blauw",), ("{x}", "<b>")]),
)
BUSY = snapshot(
    update("WAT-02", "afgerond", "2026-11-02", "Aadorp", note="eerste groep"),
    update("WAT-03", "afgerond", "2026-01-02"),
    update("WAT-10", "vertraagd", "2026-08-02", expected="2027-02-28"),
    owners={"WAT-02": ("Anna",)},
    officials={"WAT": ("Bram", "Cees")},
)


@given(QUESTIONS, st.sampled_from([NOTHING, BUSY]))
def test_every_question_is_answered_in_words_that_are_filled_in(question: Question, known: Snapshot) -> None:
    text = "\n".join(says(question, known, "Anna"))
    assert text.strip() == text != ""
    assert not re.search(r"None|\{(?!0|x)|  ", text)


# Periods and dates


@pytest.mark.parametrize(
    ("span", "dutch", "english"),
    [
        (("2026-01-01", "2026-12-31"), "2026", "2026"),
        (("2025-01-01", "2026-12-31"), "2025 t/m 2026", "2025 to 2026"),
        (("2026-10-01", "2026-12-31"), "Q4 2026", "Q4 2026"),
        (("2025-10-01", "2026-03-31"), "Q4 2025 t/m Q1 2026", "Q4 2025 to Q1 2026"),
        (("2026-01-01", "2026-06-30"), "eerste helft van 2026", "first half of 2026"),
        (("2026-07-01", "2026-12-31"), "tweede helft van 2026", "second half of 2026"),
        (("2026-06-01", "2026-06-30"), "juni 2026", "June 2026"),
        (("2026-02-01", "2026-02-28"), "februari 2026", "February 2026"),
        (("2026-03-01", "2026-05-31"), "maart t/m mei 2026", "March to May 2026"),
        (("2026-12-01", "2027-02-28"), "december 2026 t/m februari 2027", "December 2026 to February 2027"),
        (("2026-11-23", "2026-11-29"), "week 48 (23 t/m 29 november 2026)", "week 48 (23 to 29 November 2026)"),
        (
            ("2025-12-29", "2026-01-04"),
            "week 1 (29 december 2025 t/m 4 januari 2026)",
            "week 1 (29 December 2025 to 4 January 2026)",
        ),
        (("2026-05-01", "2026-05-12"), "1 t/m 12 mei 2026", "1 to 12 May 2026"),
        (("2026-05-02", "2026-06-12"), "2 mei t/m 12 juni 2026", "2 May to 12 June 2026"),
        (("2026-11-24", "2026-11-24"), "24 november 2026", "24 November 2026"),
        (("2026-05-01", None), "vanaf 1 mei 2026", "from 1 May 2026"),
        ((None, "2026-12-31"), "t/m 31 december 2026", "up to and including 31 December 2026"),
        ((None, None), "de hele looptijd", "the whole plan"),
    ],
)
def test_a_period_is_called_what_people_call_it(span: tuple[Any, Any], dutch: str, english: str) -> None:
    assert WORDING.period(period(*span), "nl") == dutch
    assert WORDING.period(period(*span), "en") == english


DAYS = st.none() | st.dates(day("2024-01-01"), day("2028-12-31"))
FIRST_DAYS = DAYS.map(lambda found: found and found.replace(day=1))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Periods, with many that begin a month; the dates are put in order."""
    start, end = draw(DAYS | FIRST_DAYS), draw(DAYS)
    return Period(end, start) if start and end and end < start else Period(start, end)


@given(periods(), periods())
def test_different_periods_never_have_the_same_name(one: Period, other: Period) -> None:
    assert (WORDING.period(one, "nl") == WORDING.period(other, "nl")) is (one == other)


@pytest.mark.parametrize(
    ("today", "dutch", "english"),
    [
        ("2026-12-31", "31 december 2026, vandaag", "31 December 2026, today"),
        ("2026-12-30", "31 december 2026, morgen", "31 December 2026, tomorrow"),
        ("2026-12-29", "31 december 2026, over 2 dagen", "31 December 2026, in 2 days"),
        ("2026-11-24", "31 december 2026, over 5 weken", "31 December 2026, in 5 weeks"),
        ("2026-01-01", "31 december 2026, over 12 maanden", "31 December 2026, in 12 months"),
        ("2024-01-01", "31 december 2026, over 3 jaar", "31 December 2026, in 3 years"),
        ("2027-01-01", "31 december 2026, 1 dag te laat", "31 December 2026, 1 day late"),
        ("2027-01-14", "31 december 2026, 2 weken te laat", "31 December 2026, 2 weeks late"),
        ("2027-11-24", "31 december 2026, 11 maanden te laat", "31 December 2026, 11 months late"),
    ],
)
def test_a_deadline_says_how_far_away_it_is(today: str, dutch: str, english: str) -> None:
    action = PLAN.by_code["WAT-02"]
    assert WORDING.deadline(action, day(today), "nl") == dutch
    assert WORDING.deadline(action, day(today), "en") == english


def test_what_has_no_deadline_says_so_and_how_often_it_recurs() -> None:
    assert WORDING.deadline(PLAN.by_code["WAT-01"], TODAY, "nl") == "doorlopend"
    assert WORDING.deadline(PLAN.by_code["WAT-04"], TODAY, "nl") == "geen einddatum, jaarlijks"
    assert WORDING.deadline(PLAN.by_code["WAT-04"], TODAY, "en") == "no end date, yearly"


def test_what_is_closed_is_not_late() -> None:
    standing = snapshot(update("WAT-03", "afgerond", "2026-03-01")).standings["WAT-03"]
    assert WORDING.deadline(PLAN.by_code["WAT-03"], TODAY, "nl", standing) == "31 december 2025"


def test_a_new_expected_date_stands_beside_the_deadline_of_the_plan() -> None:
    standing = snapshot(update("WAT-10", "vertraagd", "2026-08-01", expected="2027-03-31")).standings["WAT-10"]
    expected = "30 juni 2026, 5 maanden te laat, nu verwacht 31 maart 2027"
    assert WORDING.deadline(PLAN.by_code["WAT-10"], TODAY, "nl", standing) == expected


# The line on top


@pytest.mark.parametrize(
    ("question", "line"),
    [
        (DUE_Q4, "Af te ronden · Veilig water · Q4 2026"),
        (replace(DUE_Q4, language="en"), "Due · Veilig water · Q4 2026"),
        (replace(DUE_Q4, show=Show.COUNT), "Hoeveel acties · Af te ronden · Veilig water · Q4 2026"),
        (
            replace(DUE_Q4, inherited=("select", "period")),
            "Af te ronden (zoals net) · Veilig water · Q4 2026 (zoals net)",
        ),
        (
            Question("", filters=Filters(themes=("VUR", "WAT"), municipalities=("Aadorp",))),
            "Acties · Brand en Veilig water · Aadorp",
        ),
        (Question("", select=Select.STALE, stale_weeks=8), "Al 8 weken zonder update"),
        (Question("", filters=Filters(people=("Jansen",), partners=("politie",))), "Acties · Jansen · politie"),
        (Question("", filters=Filters(text="zwemles", recurrences=("jaarlijks",))), "Acties · “zwemles” · jaarlijks"),
        (Question("", filters=Filters(statuses=(Status.DELAYED,))), "Acties · vertraagd"),
        (Question("", filters=Filters(statuses=tuple(s for s in Status if not s.closed))), "Acties · niet afgerond"),
        (Question("", show=Show.WHO, topics=("drugs",)), "Wie · drugs"),
        (Question("", mine=True), "Acties · je eigen acties"),
        (named("WAT-02", Show.WHEN), "Wanneer · WAT-02 Zwemlessen voor scholen"),
        (named("WAT-02", Show.DETAIL), "WAT-02 Zwemlessen voor scholen"),
        (
            replace(DUE_Q4, compared=period("2025-10-01", "2025-12-31")),
            "Af te ronden · Veilig water · Q4 2026 · vergeleken met Q4 2025",
        ),
    ],
)
def test_the_line_on_top_says_what_was_understood(question: Question, line: str) -> None:
    assert headline(question) == line


def test_most_themes_are_named_by_what_is_left_out() -> None:
    plan = replace(PLAN, themes=(*PLAN.themes, replace(PLAN.themes[1], code="LUC", short="Lucht")))
    found = answer(Question("", filters=Filters(themes=("WAT", "ALG", "LUC"))), Snapshot(plan), TODAY)
    assert WORDING.headline(found, plan) == "Acties · alles behalve Brand"


# Whole answers


def test_a_due_answer_reads_as_a_list_with_what_would_be_missed_below() -> None:
    assert says(DUE_Q4, BUSY) == [
        "Af te ronden · Veilig water · Q4 2026",
        "WAT-02 Zwemlessen voor scholen — 31 december 2026 (loopt, 1 van 2 gemeenten afgerond) · Jansen",
        "",
        "Te laat (1)",
        "WAT-10 Steiger herstellen — 30 juni 2026, 5 maanden te laat, nu verwacht 28 februari 2027 (vertraagd)"
        " · Jansen",
        "",
        "Doorlopend (1)",
        "WAT-01 Overleg waterveiligheid — doorlopend (onbekend) · Jansen",
        "",
        "Zonder einddatum (1)",
        "WAT-04 Folder over (zwem)water — geen einddatum, jaarlijks (onbekend) · De Vries",
    ]


def test_the_same_answer_in_english() -> None:
    assert says(replace(DUE_Q4, language="en"), BUSY)[:5] == [
        "Due · Veilig water · Q4 2026",
        "WAT-02 Zwemlessen voor scholen — 31 December 2026 (running, 1 of 2 municipalities finished) · Jansen",
        "",
        "Overdue (1)",
        "WAT-10 Steiger herstellen — 30 June 2026, 5 months late, now expected 28 February 2027 (delayed) · Jansen",
    ]


def test_what_stands_in_the_list_already_is_not_listed_again_below() -> None:
    question = Question(
        "", select=Select.DUE, filters=Filters(themes=("WAT",), period=period("2025-01-01", "2025-12-31"))
    )
    lines = says(question)
    assert sum("WAT-03" in line for line in lines) == 2
    assert "Hierboven al genoemd: WAT-03" in lines


def test_several_actions_are_counted_before_they_are_listed() -> None:
    assert says(Question("", select=Select.OVERDUE))[:2] == ["Te laat", "2 acties:"]


@pytest.mark.parametrize(
    ("select", "line"),
    [
        (
            Select.STARTING,
            "WAT-02 Zwemlessen voor scholen — start 1 januari 2026 (loopt, 1 van 2 gemeenten afgerond) · Jansen",
        ),
        (Select.DONE, "WAT-03 Reddingsboeien ophangen — afgerond op 2 januari 2026 · Jansen"),
        (Select.UPDATED, "WAT-10 Steiger herstellen — bijgewerkt op 2 augustus 2026 door Anna (vertraagd) · Jansen"),
        (Select.STALE, "WAT-10 Steiger herstellen — laatste update 2 augustus 2026 (vertraagd) · Jansen"),
        (Select.STALE, "VUR-01 Rookmelders plaatsen — nog geen update (onbekend) · Bakker"),
        (Select.ALL, "ALG-01 Évaluatie en nieuwsbrieven — geen einddatum, halfjaarlijks (onbekend)"),
    ],
)
def test_a_line_shows_the_date_that_was_asked_about(select: Select, line: str) -> None:
    assert line in says(Question("", select=select), BUSY)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            replace(
                DUE_Q4,
                filters=Filters(themes=("VUR",), municipalities=("Aadorp",), period=period("2026-01-01", "2026-03-31")),
            ),
            "Geen openstaande acties bij Brand in Aadorp met een deadline in Q1 2026.",
        ),
        (
            Question("", select=Select.OVERDUE, filters=Filters(themes=("ALG",))),
            "Geen acties bij Algemeen die te laat zijn.",
        ),
        (
            Question("", select=Select.STARTING, filters=Filters(period=period("2027-05-01", "2027-05-12"))),
            "Geen acties die beginnen in de periode 1 t/m 12 mei 2027.",
        ),
        (Question("", filters=Filters(text="kabouter")), "Geen acties over “kabouter”."),
        (
            Question("", filters=Filters(people=("Bakker",), sections=("Evaluatie",))),
            "Geen acties in het onderdeel Evaluatie in de portefeuille van Bakker.",
        ),
        (Question("", language="en", filters=Filters(partners=("waterschap",))), "No actions with waterschap."),
        (
            Question("", language="en", select=Select.DUE, filters=Filters(period=period(None, "2025-01-31"))),
            "No open actions with a deadline up to and including 31 January 2025.",
        ),
    ],
)
def test_an_empty_answer_says_what_it_looked_for(question: Question, sentence: str) -> None:
    assert says(question)[1] == sentence


def test_an_empty_answer_from_updates_says_when_nothing_was_recorded_at_all() -> None:
    question = Question("", select=Select.DONE)
    explanation = "Er is nog geen enkele update vastgelegd; de status van alle acties is daarom onbekend."
    assert explanation in says(question)
    assert explanation not in says(replace(question, filters=Filters(themes=("VUR",))), BUSY)


def test_a_named_action_that_does_not_fit_is_said_to_stand_otherwise() -> None:
    question = Question("", select=Select.OVERDUE, filters=Filters(codes=("WAT-02",)))
    assert says(question)[1] == "WAT-02 valt daar niet onder: 31 december 2026 (onbekend)."


def test_a_municipality_that_is_excepted_is_said_to_be() -> None:
    question = Question("", show=Show.WHEN, filters=Filters(codes=("WAT-02",), municipalities=("Ceeveen",)))
    assert says(question)[1] == "Ceeveen doet niet mee aan WAT-02."


def test_who_holds_topics_but_no_action_is_said_to() -> None:
    theme = replace(PLAN.themes[0], holders=(Holder("Minister", "drugs"), Holder("Minister", "wapens")))
    known = Snapshot(replace(PLAN, themes=(theme, *PLAN.themes[1:])))
    topics = "Minister is in het plan portefeuillehouder voor drugs en wapens (Veilig water)."
    assert topics in says(Question("", filters=Filters(people=("Minister",))), known)
    assert not any(
        "portefeuillehouder voor" in line
        for line in says(Question("", filters=Filters(people=("De Vries",), themes=("VUR",))))
    )


def test_how_often_stands_beside_the_dates() -> None:
    action = replace(PLAN.by_code["VUR-01"], recurrences=("jaarlijks", "halfjaarlijks"))
    known = Snapshot(replace(PLAN, actions=(action,)))
    assert "Hoe vaak: jaarlijks en halfjaarlijks." in says(named("VUR-01", Show.WHEN), known)
    assert "Hoe vaak: jaarlijks en halfjaarlijks" in says(named("VUR-01", Show.DETAIL), known)
    line = "VUR-01 Rookmelders plaatsen — 31 december 2026, jaarlijks en halfjaarlijks (onbekend) · Bakker"
    assert line in says(Question(""), known)


def test_a_count_is_a_sentence_and_names_what_stands_beside_it() -> None:
    assert says(replace(DUE_Q4, show=Show.COUNT)) == [
        "Hoeveel acties · Af te ronden · Veilig water · Q4 2026",
        "1 openstaande actie bij Veilig water met een deadline in Q4 2026.",
        "Daarnaast 2 te laat, 1 doorlopend en 1 zonder einddatum.",
    ]


def test_detail_tells_everything_about_an_action() -> None:
    known = replace(BUSY, communications={"WAT-02": "brief aan ouders in maart"})
    assert says(named("WAT-02", Show.DETAIL), known) == [
        "WAT-02 Zwemlessen voor scholen",
        "Veilig water › Uitvoeren",
        "Alle leerlingen leren zwemmen.",
        "Onderdelen:",
        "- badmeester vinden",
        "- rooster maken",
        "Wanneer: 31 december 2026, over 5 weken (in het plan: 2026)",
        "Status: loopt, 1 van 2 gemeenten afgerond",
        "- onbekend: Beestad",
        "- afgerond: Aadorp",
        "Portefeuillehouder: Jansen",
        "Trekker: Anna",
        "Ambtelijk duo: Bram en Cees",
        "Partijen: politie",
        "Gemeenten: Aadorp en Beestad (niet Ceeveen)",
        "Communicatie: brief aan ouders in maart",
        "Laatste update: 2 november 2026, Anna: afgerond in Aadorp; notitie: “eerste groep”",
    ]


def test_detail_names_the_action_that_has_to_come_first_and_how_it_stands() -> None:
    assert "Hangt af van: WAT-02 Zwemlessen voor scholen (loopt)" in says(named("VUR-02", Show.DETAIL), BUSY)


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("WAT-02", ["WAT-02: klaar uiterlijk 31 december 2026, over 5 weken.", "In het plan: 2026."]),
        ("WAT-01", ["WAT-01: doorlopend."]),
        (
            "WAT-03",
            [
                "WAT-03: afgerond sinds 2 januari 2026; de deadline was 31 december 2025.",
                "Looptijd: tweede helft van 2025.",
            ],
        ),
        (
            "WAT-10",
            [
                "WAT-10: klaar uiterlijk 30 juni 2026, 5 maanden te laat.",
                "Nu verwacht: 28 februari 2027.",
                "Looptijd: eerste helft van 2026.",
            ],
        ),
    ],
)
def test_when_says_the_deadline_and_how_the_plan_states_it(code: str, lines: list[str]) -> None:
    assert says(named(code, Show.WHEN), BUSY)[1:] == lines


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        (
            Question("", show=Show.WHO, filters=Filters(themes=("WAT",))),
            [
                "Portefeuillehouder voor Veilig water: Jansen.",
                "Per onderwerp: drugs en wapens: De Vries.",
                "Ambtelijk duo van Veilig water: Bram en Cees.",
            ],
        ),
        (
            Question("", show=Show.WHO, filters=Filters(themes=("ALG",))),
            ["Het plan noemt geen portefeuillehouder voor Algemeen."],
        ),
        (Question("", show=Show.WHO, topics=("drugs",)), ["Portefeuillehouder voor drugs (Veilig water): De Vries."]),
        (named("VUR-02", Show.WHO), ["Het plan noemt geen portefeuillehouder voor VUR-02."]),
        (
            named("WAT-02", Show.WHO),
            [
                "Portefeuillehouder van WAT-02: Jansen.",
                "Trekker van WAT-02: Anna.",
                "Ambtelijk duo van Veilig water: Bram en Cees.",
            ],
        ),
        (
            Question("", show=Show.WHO, filters=Filters(municipalities=("Aadorp",), themes=("WAT",))),
            ["Jansen (4): WAT-01, WAT-02, WAT-03 en WAT-10", "De Vries (1): WAT-04"],
        ),
    ],
)
def test_who_names_holders_and_those_who_do_the_work(question: Question, lines: list[str]) -> None:
    assert says(question, BUSY)[1:] == lines


def test_a_history_says_who_changed_what_and_what_was_undone() -> None:
    known = snapshot(
        update("WAT-02", "loopt", "2026-10-01"),
        update("WAT-02", "afgerond", "2026-11-02", "Aadorp", note="eerste\ngroep"),
        update("WAT-02", "vertraagd", "2026-11-03", "Beestad", expected="2027-03-31", number=9),
        update("WAT-02", "vertraagd", "2026-11-04", undoes=9),
    )
    assert says(named("WAT-02", Show.HISTORY), known)[1:] == [
        "4 november 2026, 12:00 — Anna: update van 3 november 2026, 12:00 ongedaan gemaakt",
        "3 november 2026, 12:00 — Anna: Beestad vertraagd; nu verwacht 31 maart 2027 [ongedaan gemaakt]",
        "2 november 2026, 12:00 — Anna: Aadorp loopt → afgerond; notitie: “eerste groep”",
        "1 oktober 2026, 12:00 — Anna: hele actie onbekend → loopt",
    ]


def test_a_history_keeps_to_the_period_and_the_municipality_that_were_asked_for() -> None:
    filters = Filters(codes=("WAT-02",), municipalities=("Beestad",))
    assert says(Question("", show=Show.HISTORY, filters=filters), BUSY)[1:] == ["Nog geen updates voor WAT-02."]
    filters = Filters(codes=("WAT-02",), period=period("2026-10-01", "2026-10-31"))
    lines = says(Question("", show=Show.HISTORY, filters=filters), BUSY)
    assert lines[1:] == ["Geen updates voor WAT-02 in oktober 2026."]


def test_progress_gives_numbers_per_status_and_per_theme() -> None:
    assert says(Question("", show=Show.PROGRESS), BUSY) == [
        "Voortgang",
        "1 van 8 acties afgerond (1 loopt, 1 vertraagd, 5 onbekend)",
        "Veilig water: 1 van 5 afgerond (1 loopt, 1 vertraagd, 2 onbekend)",
        "Brand: 0 van 2 afgerond (2 onbekend)",
        "Algemeen: 0 van 1 afgerond (1 onbekend)",
    ]


def test_progress_of_one_theme_lists_its_actions() -> None:
    lines = says(Question("", show=Show.PROGRESS, filters=Filters(themes=("VUR",))), BUSY)
    assert lines[1] == "0 van 2 acties afgerond (2 onbekend)"
    assert [line[:6] for line in lines[2:]] == ["VUR-01", "VUR-02"]


def test_a_comparison_names_the_other_period() -> None:
    question = replace(DUE_Q4, compared=period("2026-04-01", "2026-06-30"))
    assert says(question)[-1] == "Ter vergelijking, in Q2 2026: 1 actie (WAT-10)."


def test_a_party_found_only_in_a_theme_is_said_to_be() -> None:
    lines = says(Question("", filters=Filters(partners=("brandweer",))))
    assert lines[-1].startswith("Geen actie noemt brandweer zelf;")


def test_words_that_were_left_out_and_a_text_that_was_probably_meant_are_named() -> None:
    lines = says(replace(DUE_Q4, left_out=("blauw", "groen"), suggestion="Wat moet af?"))
    assert lines[-2:] == [
        "Deze woorden heb ik niet begrepen en weggelaten: “blauw” en “groen”.",
        "Bedoel je misschien: “Wat moet af?”?",
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("hoe staat het met WAT-99 en WAT-01", ["WAT-99"]),
        ("wat-1 of vur-88 of WAT-099", ["VUR-88", "WAT-099"]),
        ("wat-1, xyz-99, wat-2026 en A-WAT-99", []),
    ],
)
def test_a_code_that_the_plan_does_not_have_is_named_beside_what_was_answered(text: str, named: list[str]) -> None:
    told = [line for line in says(replace(DUE_Q4, text=text)) if line.startswith("Het plan kent geen actie")]
    assert [code for line in told for code in re.findall(r"[A-Z]+-\d+", line)] == named


def test_of_many_words_that_were_left_out_only_the_first_are_named() -> None:
    lines = says(replace(DUE_Q4, left_out=("x" * 1000, *"abcdefgh")))
    assert lines[-1] == (
        f"Deze woorden heb ik niet begrepen en weggelaten: “{'x' * 39}…”, “a”, “b”, “c”, “d” en nog 4."
    )


@pytest.mark.parametrize("word", ["WAT-99", "wat 99", "Wat99"])
def test_a_code_that_the_plan_does_not_have_is_said_not_to_be_there(word: str) -> None:
    lines = says(Question("", intent=Intent.UNKNOWN, left_out=(word, "status")))
    assert lines[0] == "Het plan kent geen actie WAT-99."


def test_doubt_asks_which_action_is_meant() -> None:
    assert says(Question("", show=Show.DETAIL, choices=("WAT-02", "WAT-03"))) == [
        "Ik weet niet zeker welke actie je bedoelt:",
        "WAT-02 Zwemlessen voor scholen",
        "WAT-03 Reddingsboeien ophangen",
        "Kies er één of noem de code.",
    ]


def test_what_is_not_about_the_plan_gets_one_honest_sentence_and_three_examples() -> None:
    assert says(Question("", intent=Intent.UNKNOWN)) == [
        "Dit gaat, voor zover ik het begrijp, niet over het uitvoeringsplan; daar heb ik geen antwoord op.",
        "Dit kun je me bijvoorbeeld vragen:",
        "- Wat moet er dit kwartaal af bij Veilig water?",
        "- Wie gaat er over Brand?",
        "- Hoe staat WAT-02 ervoor?",
    ]


@pytest.mark.parametrize(
    ("update_read", "lines"),
    [
        (
            ReportedUpdate(("WAT-02",), Status.FINISHED, ("Aadorp",)),
            ["Actie: WAT-02 Zwemlessen voor scholen", "Status: afgerond", "Gemeenten: Aadorp"],
        ),
        (
            ReportedUpdate(("WAT-10",), Status.DELAYED, expected=day("2027-03-31"), note="wacht op\nhout"),
            [
                "Actie: WAT-10 Steiger herstellen",
                "Status: vertraagd",
                "Voor: de hele actie",
                "Verwachte datum: 31 maart 2027",
                "Notitie: wacht op hout",
            ],
        ),
        (
            ReportedUpdate(("WAT-02",), None, ("Ceeveen",)),
            [
                "Actie: WAT-02 Zwemlessen voor scholen",
                "Gemeenten: Ceeveen",
                "Ceeveen doet niet mee aan WAT-02.",
                "Nog open: welke status? Kies niet gestart, loopt, vertraagd, afgerond of vervallen.",
            ],
        ),
        (
            ReportedUpdate(status=Status.DROPPED),
            [
                "Status: vervallen",
                "Nog open: om welke actie gaat het? Noem de code of een deel van de titel.",
                "Een korte toelichting helpt: waarom vervallen?",
            ],
        ),
    ],
)
def test_a_status_report_shows_what_was_understood_and_what_is_open(
    update_read: ReportedUpdate, lines: list[str]
) -> None:
    question = Question("", intent=Intent.UPDATE, update=update_read)
    assert says(question) == ["Ik lees dit als een update, nog niet vastgelegd:", *lines]


def test_a_status_report_that_fits_two_actions_asks_which() -> None:
    question = Question(
        "", intent=Intent.UPDATE, update=ReportedUpdate(status=Status.RUNNING), choices=("WAT-02", "WAT-03")
    )
    assert "Nog open: welke actie bedoel je?" in says(question)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("intent", [Intent.HELP, Intent.GREETING, Intent.THANKS, Intent.DIGEST, Intent.REPORT])
def test_small_talk_is_answered_in_the_language_it_came_in(intent: Intent, language: Language) -> None:
    other: Language = "en" if language == "nl" else "nl"
    assert says(Question("", language=language, intent=intent)) != says(Question("", language=other, intent=intent))


def test_a_name_with_braces_is_shown_and_not_filled_in() -> None:
    say = Phrases({"months": [], "greeting": "Dag {name}."})
    assert say("greeting", name="{x}") == "Dag {x}."


def test_an_answer_on_another_day_or_after_an_update_is_worded_anew() -> None:
    question = Question("", select=Select.OVERDUE, filters=Filters(themes=("WAT",)))
    for known, today, late in ((NOTHING, TODAY, "11 maanden"), (NOTHING, day("2027-01-05"), "12 maanden")):
        text = WORDING.text(answer(question, known, today), known, today)
        assert f"31 december 2025, {late} te laat (onbekend)" in text
    delayed = snapshot(update("WAT-03", "vertraagd", "2026-11-01"))
    assert "11 maanden te laat (vertraagd)" in "\n".join(says(question, delayed))
