"""From a text to its answer in words, and what the next text may refer to; over the shipped plan."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

import pytest

from tests.samples import TODAY
from uvp import assistant as module
from uvp.answer import Answer, Group
from uvp.answers.wording import Wording
from uvp.assistant import READERS_KEPT, Assistant, Response, following
from uvp.language import load, question_data
from uvp.plan import Plan
from uvp.planfile import shipped_plan
from uvp.question import Context, Intent, Question, ReportedUpdate, Select, Show
from uvp.questions import Reader
from uvp.snapshot import Snapshot

MISSION = "what is due this quarter for digitale veiligheid"
DUE = ("DIG-02", "DIG-03", "DIG-04", "DIG-06", "DIG-07")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return shipped_plan()


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant(question_data(), Wording(load("answers")))


def talk(assistant: Assistant, plan: Plan, *texts: str) -> Response:
    """The response to the last of these texts, said after each other."""
    known, context = Snapshot(plan), None
    for text in texts:
        response = assistant.respond(text, known, TODAY, context)
        context = response.context
    return response


def test_the_question_this_bot_was_made_for_is_answered(assistant: Assistant, plan: Plan) -> None:
    response = talk(assistant, plan, MISSION)
    assert response.answer.groups[:3] == (
        Group("due", DUE),
        Group("overdue", ("DIG-05",)),
        Group("ongoing", ("DIG-01",)),
    )
    assert response.text.startswith("Due · Digitale veiligheid · Q4 2026\n5 actions:\nDIG-02 ")


def test_a_follow_up_refers_to_the_answer_before_it(assistant: Assistant, plan: Plan) -> None:
    assert talk(assistant, plan, MISSION, "de tweede").answer.codes == ("DIG-03",)
    assert talk(assistant, plan, MISSION, "dankjewel", "de laatste").answer.codes == ("DIG-07",)


@pytest.mark.parametrize("text", ["welke deadlines heb ik dit kwartaal", "which deadlines do i have this quarter"])
def test_somebody_whom_nobody_knows_hears_that_the_answer_is_about_everybody(
    assistant: Assistant, plan: Plan, text: str
) -> None:
    response = talk(assistant, plan, text)
    assert response.answer.question.filters.period
    assert response.answer.groups[0].kind == "due"
    assert len(response.answer.codes) > len(DUE)
    anonymous = load("answers")[response.answer.question.language]["remarks"]["anonymous"]
    assert response.text.endswith(anonymous)
    known = assistant.respond(text, Snapshot(plan), TODAY, None, "Anna")
    assert known.answer.codes == ()
    assert anonymous not in known.text


@pytest.mark.parametrize(
    ("text", "word"),
    [("te laat bij Arnhem", "Arnhem"), ("acties van burgemeester Jansen", "Jansen"), ("overdue in Paris", "Paris")],
)
def test_of_a_question_about_the_plan_the_word_that_no_plan_has_is_named(
    assistant: Assistant, plan: Plan, text: str, word: str
) -> None:
    response = talk(assistant, plan, text)
    assert response.answer.question.intent is Intent.UNKNOWN
    assert response.answer.codes == ()
    assert f"“{word}”" in response.text.splitlines()[0]
    assert word not in talk(assistant, plan, f"wat kost een hotel in {word}").text


ASKING_FOR_EXAMPLES = (
    "wat kun je",
    "what can you do",
    "wat is de hoofdstad van Frankrijk",
    "what is the capital of France",
)


def test_every_example_that_is_given_is_understood(assistant: Assistant, plan: Plan) -> None:
    lines = [line for text in ASKING_FOR_EXAMPLES for line in talk(assistant, plan, text).text.splitlines()]
    examples = [line.partition("“")[2].rstrip("”") or line[2:] for line in lines if line.startswith("- ")]
    assert len(examples) == 20
    read = {text: assistant.read(text, plan, TODAY) for text in examples}
    assert {text: question for text, question in read.items() if question.intent is not Intent.ASK} == {}
    assert {text: question.left_out for text, question in read.items() if question.left_out} == {}


ASKED = Question("een", select=Select.DUE)
BEFORE = Context(Question("nul"), ("WAT-01",))


def test_a_question_is_followed_by_its_codes_and_the_question_before_it() -> None:
    found = Answer(ASKED, (Group("due", ("WAT-02", "WAT-03")), Group("overdue", ("WAT-10",))))
    listed = ("WAT-02", "WAT-03")
    assert following(found, BEFORE) == Context(ASKED, listed, BEFORE.question, listed)
    assert following(found, None) == Context(ASKED, listed, listed=listed)


def test_looking_at_one_of_a_list_keeps_the_list_to_count_in() -> None:
    listed = ("WAT-02", "WAT-03")
    before = Context(ASKED, listed, listed=listed)
    one = Answer(replace(ASKED, show=Show.DETAIL), (Group("match", ("WAT-03",)),))
    other = Answer(replace(ASKED, show=Show.DETAIL), (Group("match", ("WAT-09",)),))
    assert following(one, before) == Context(one.question, ("WAT-03",), ASKED, listed)
    assert following(other, before) == Context(other.question, ("WAT-09",), ASKED, ("WAT-09",))


def test_a_question_that_was_asked_back_is_followed_by_its_choices() -> None:
    asked = replace(ASKED, choices=("WAT-02", "WAT-03"))
    assert following(Answer(asked), None) == Context(asked, asked.choices, listed=asked.choices)


@pytest.mark.parametrize("intent", sorted(set(Intent) - {Intent.ASK, Intent.UPDATE}))
def test_small_talk_changes_nothing_of_what_a_follow_up_refers_to(intent: Intent) -> None:
    assert following(Answer(replace(ASKED, intent=intent)), BEFORE) is BEFORE


def test_a_status_report_changes_only_which_actions_are_meant_and_what_was_reported() -> None:
    told = ReportedUpdate(("WAT-04",))
    report = replace(ASKED, intent=Intent.UPDATE, update=told)
    assert following(Answer(report), BEFORE) == replace(BEFORE, codes=("WAT-04",), reported=told)
    assert following(Answer(report), None) == Context(report, ("WAT-04",), reported=told)
    assert following(Answer(replace(report, update=None)), BEFORE) is BEFORE


def test_a_plan_is_indexed_once_also_when_it_is_loaded_anew(plan: Plan) -> None:
    with patch.object(module, "Reader", wraps=Reader) as built:
        own = Assistant(question_data(), Wording(load("answers")))
        for known in (plan, shipped_plan(), plan, shipped_plan()):
            own.read("wat is te laat", known, TODAY)
    assert built.call_count == 1


def test_a_plan_that_changed_is_indexed_anew(plan: Plan) -> None:
    changed = replace(plan, actions=plan.actions[:20])
    own = Assistant(question_data(), Wording(load("answers")))
    assert own.read("DIG-07", plan, TODAY).filters.codes == ("DIG-07",)
    assert own.read("DIG-07", changed, TODAY).filters.codes == ()


def test_only_so_many_readers_are_kept(plan: Plan) -> None:
    with patch.object(module, "Reader") as built:
        own = Assistant(question_data(), Wording(load("answers")))
        plans = [replace(plan, slug=f"plan-{n}") for n in range(READERS_KEPT + 1)]
        for known in (*plans, plans[-1], plans[0]):
            own.read("wat is te laat", known, TODAY)
    assert built.call_count == len(plans) + 1
