"""Which groups, people and numbers answer a question, on 24 November 2026."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.samples import PLAN, Q4, TODAY, day, period, snapshot, update
from uvp.answer import Answer, Group
from uvp.answers.answering import answer, own_codes
from uvp.planfile import shipped_plan
from uvp.question import Filters, Intent, Question, Select, Show
from uvp.snapshot import Snapshot
from uvp.updates import Status

NOTHING = snapshot()
ANY = Filters()
DUE_Q4 = Question("", select=Select.DUE, filters=Filters(period=Q4))


def groups(question: Question, known: Snapshot = NOTHING, asker: str | None = None) -> dict[str, list[str]]:
    """The codes of an answer by the kind of their group, in order."""
    return {g.kind: list(g.codes) for g in answer(question, known, TODAY, asker).groups}


def asking(show: Show, filters: Filters = ANY, **others: object) -> Question:
    """A question of this shape."""
    return replace(Question("", show=show, filters=filters), **others)  # type: ignore[arg-type]  # fields by name


def people(filters: Filters = ANY, **others: object) -> list[str]:
    """The names that a *who* answers."""
    return list(answer(asking(Show.WHO, filters, **others), NOTHING, TODAY).people)


def test_the_question_this_bot_was_made_for_is_answered_from_the_shipped_plan() -> None:
    question = Question("", select=Select.DUE, filters=Filters(themes=("DIG",), period=Q4))
    assert answer(question, Snapshot(shipped_plan()), TODAY) == Answer(
        question,
        (
            Group("due", ("DIG-02", "DIG-03", "DIG-04", "DIG-06", "DIG-07")),
            Group("overdue", ("DIG-05",)),
            Group("ongoing", ("DIG-01",)),
            Group("undated"),
            Group("done"),
        ),
    )


def test_a_due_answer_names_what_is_late_ongoing_undated_and_done_already() -> None:
    known = snapshot(update("VUR-01", "afgerond", "2026-11-02"), update("WAT-03", "afgerond", "2026-11-02"))
    assert groups(DUE_Q4, known) == {
        "due": ["WAT-02"],
        "overdue": ["WAT-10"],
        "ongoing": ["WAT-01"],
        "undated": ["ALG-01", "WAT-04"],
        "done": ["VUR-01"],
    }


def test_the_further_groups_have_the_filters_of_the_question_and_are_there_when_empty() -> None:
    question = replace(DUE_Q4, filters=replace(DUE_Q4.filters, themes=("VUR",)))
    assert groups(question) == {"due": ["VUR-01"], "overdue": [], "ongoing": [], "undated": [], "done": []}


def test_what_was_dropped_is_not_among_the_done() -> None:
    assert groups(DUE_Q4, snapshot(update("VUR-01", "vervallen", "2026-11-02")))["done"] == []


def test_done_of_a_period_without_a_start_begins_today_as_due_does() -> None:
    known = snapshot(update("WAT-03", "afgerond", "2026-01-02"), update("WAT-02", "afgerond", "2026-11-02"))
    question = replace(DUE_Q4, filters=Filters(period=period(None, "2026-12-31")))
    assert groups(question, known)["done"] == ["WAT-02"]


def test_an_active_answer_names_what_is_late() -> None:
    assert groups(Question("", select=Select.ACTIVE, filters=Filters(themes=("WAT",)))) == {
        "active": ["WAT-01", "WAT-02", "WAT-04"],
        "overdue": ["WAT-03", "WAT-10"],
    }


@pytest.mark.parametrize("kind", sorted(set(Select) - {Select.DUE, Select.ACTIVE}))
def test_every_other_answer_is_one_group_of_its_kind(kind: Select) -> None:
    assert list(groups(Question("", select=kind))) == [kind.value]


@pytest.mark.parametrize("show", [Show.DETAIL, Show.WHEN, Show.HISTORY])
def test_what_is_about_single_actions_answers_a_match(show: Show) -> None:
    assert groups(asking(show, Filters(codes=("WAT-10", "WAT-02")))) == {"match": ["WAT-02", "WAT-10"]}


@pytest.mark.parametrize("show", [Show.DETAIL, Show.WHEN, Show.HISTORY])
def test_a_named_action_is_matched_whatever_select_and_period_were_inherited(show: Show) -> None:
    filters = Filters(codes=("WAT-03",), period=Q4, statuses=(Status.FINISHED,))
    assert groups(asking(show, filters, select=Select.DUE)) == {"match": ["WAT-03"]}


def test_when_without_a_named_action_is_about_what_is_selected() -> None:
    assert groups(asking(Show.WHEN, Filters(period=Q4), select=Select.DUE)) == {"match": ["VUR-01", "WAT-02"]}


def test_a_count_is_the_number_of_the_first_group() -> None:
    found = answer(replace(DUE_Q4, show=Show.COUNT), NOTHING, TODAY)
    assert found.count == len(found.codes) == 2
    assert answer(DUE_Q4, NOTHING, TODAY).count is None


def test_progress_is_about_everything_selected() -> None:
    assert groups(asking(Show.PROGRESS, Filters(themes=("VUR",)))) == {"all": ["VUR-01", "VUR-02"]}


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(), ["Jansen", "De Vries", "Bakker"]),
        (Filters(themes=("WAT",)), ["Jansen"]),
        (Filters(themes=("VUR",)), ["Bakker"]),
        (Filters(themes=("VUR", "WAT")), ["Jansen", "Bakker"]),
        (Filters(themes=("ALG",)), []),
        (Filters(codes=("WAT-04",)), ["De Vries"]),
        (Filters(codes=("WAT-02", "WAT-03", "WAT-04")), ["Jansen", "De Vries"]),
        (Filters(codes=("VUR-02",)), []),
        (Filters(themes=("WAT",), sections=("Voorbereiden",)), ["Jansen", "De Vries"]),
        (Filters(text="folder"), ["De Vries"]),
    ],
)
def test_who_answers_the_holders_of_what_was_meant_each_once(filters: Filters, names: list[str]) -> None:
    assert people(filters) == names


def test_who_by_topic_answers_the_holder_of_that_topic() -> None:
    assert people(Filters(themes=("WAT",)), topics=("drugs",)) == ["De Vries"]
    assert people(topics=("rook",)) == ["Bakker"]
    assert people(topics=("lawaai",)) == []


def test_who_must_finish_something_answers_the_holders_of_what_is_due() -> None:
    assert people(Filters(period=Q4), select=Select.DUE) == ["Bakker", "Jansen"]


def test_who_for_the_shipped_theme_of_undermining_is_its_whole_holder() -> None:
    question = asking(Show.WHO, Filters(themes=("OND",)))
    assert answer(question, Snapshot(shipped_plan()), TODAY).people == ("Bergman",)


def test_only_a_who_answers_people() -> None:
    assert answer(DUE_Q4, NOTHING, TODAY).people == ()


@pytest.mark.parametrize("intent", sorted(set(Intent) - {Intent.ASK}))
def test_what_is_not_a_question_about_actions_has_no_groups(intent: Intent) -> None:
    assert groups(Question("", intent=intent)) == {}


def test_a_doubtful_question_is_not_answered_but_asked_back() -> None:
    found = answer(asking(Show.DETAIL, choices=("WAT-02", "WAT-03")), NOTHING, TODAY)
    assert (found.groups, found.question.choices) == ((), ("WAT-02", "WAT-03"))


def test_with_a_municipality_the_status_is_that_of_the_municipality() -> None:
    known = snapshot(update("WAT-02", "afgerond", "2026-11-02", "Aadorp"))
    theirs = replace(DUE_Q4, filters=replace(DUE_Q4.filters, municipalities=("Aadorp",)))
    others = replace(DUE_Q4, filters=replace(DUE_Q4.filters, municipalities=("Beestad",)))
    assert groups(theirs, known)["due"] == ["VUR-01"]
    assert groups(theirs, known)["done"] == ["WAT-02"]
    assert groups(others, known)["due"] == groups(DUE_Q4, known)["due"] == ["VUR-01", "WAT-02"]


def test_done_in_a_municipality_is_when_it_became_so_there() -> None:
    known = snapshot(
        update("WAT-02", "afgerond", "2026-09-02", "Aadorp"), update("WAT-02", "afgerond", "2026-11-02", "Beestad")
    )
    question = Question("", select=Select.DONE, filters=Filters(period=Q4))
    there = replace(question, filters=replace(question.filters, municipalities=("Aadorp",)))
    assert groups(question, known) == {"done": ["WAT-02"]}
    assert groups(there, known) == {"done": []}


def test_a_status_filter_looks_at_the_rolled_up_status() -> None:
    known = snapshot(update("WAT-02", "afgerond", "2026-11-02", "Aadorp"), update("WAT-10", "vertraagd", "2026-11-02"))
    question = Question("", filters=Filters(statuses=(Status.RUNNING, Status.DELAYED)))
    assert groups(question, known) == {"all": ["WAT-02", "WAT-10"]}


def test_a_second_period_is_answered_beside_the_first() -> None:
    found = answer(replace(DUE_Q4, compared=period("2027-01-01", "2027-03-31")), NOTHING, TODAY)
    assert found.compared == Group("due", ("VUR-02",))
    assert found.codes == ("VUR-01", "WAT-02")


def test_stale_takes_the_weeks_of_the_question() -> None:
    known = snapshot(update("WAT-02", "loopt", "2026-11-02"))
    assert "WAT-02" not in groups(Question("", select=Select.STALE), known)["stale"]
    assert "WAT-02" in groups(Question("", select=Select.STALE, stale_weeks=2), known)["stale"]


def test_somebody_s_own_actions_are_those_they_own_hold_or_carry_as_an_official() -> None:
    known = snapshot(owners={"WAT-10": ("Piet Prins",)}, officials={"VUR": ("Anna", "Piet Prins")})
    assert own_codes(known, "piet prins") == {"WAT-10", "VUR-01", "VUR-02"}
    assert own_codes(known, "De Vries") == {"WAT-04"}
    assert own_codes(known, None) == frozenset()


def test_my_actions_are_the_asker_s() -> None:
    known = snapshot(owners={"WAT-10": ("Anna",)})
    question = Question("", select=Select.OVERDUE, mine=True)
    assert groups(question, known, "Anna") == {"overdue": ["WAT-10"]}
    assert groups(question, known, "Piet Prins") == {"overdue": []}


def test_where_nobody_knows_who_asks_the_answer_is_about_everybody_and_says_so() -> None:
    own = answer(Question("", select=Select.OVERDUE, mine=True), NOTHING, TODAY)
    assert own.anonymous
    assert not own.question.mine
    assert own.codes == answer(Question("", select=Select.OVERDUE), NOTHING, TODAY).codes != ()


def test_today_decides_and_no_clock() -> None:
    question = Question("", select=Select.OVERDUE)
    assert answer(question, NOTHING, day("2025-01-01")).codes == ()
    assert len(answer(question, NOTHING, day("2030-01-01")).codes) == sum(a.dated for a in PLAN.actions)
