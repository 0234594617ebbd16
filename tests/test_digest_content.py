"""What a digest says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest

from uvp.answers.phrases import flattened
from uvp.answers.wording import Wording
from uvp.assistant import Assistant
from uvp.digest.content import Digest, as_of, digest
from uvp.digest.record import as_record
from uvp.digest.subscription import Subscription
from uvp.digest.week import Week
from uvp.digest.wording import DigestWording, sections
from uvp.language import load, question_data
from uvp.plan import Action, Plan
from uvp.planfile import shipped_plan
from uvp.question import Language
from uvp.snapshot import Snapshot
from uvp.updates import Person, Status, Update

SETTING = Subscription("msteams|19:iv@thread.tacv2", "tenant")
NOVEMBER = datetime(2026, 11, 23, 8, tzinfo=UTC)
LANGUAGES: tuple[Language, ...] = get_args(Language)


def update(id_: int, code: str, status: Status, at: str, **rest: object) -> Update:
    return Update(id_, code, status, "Anna", datetime.fromisoformat(at).replace(tzinfo=UTC), **rest)  # type: ignore[arg-type]


def known(plan: Plan, *updates: Update, **rest: object) -> Snapshot:
    by_code: dict[str, tuple[Update, ...]] = {}
    for entry in updates:
        by_code[entry.code] = (*by_code.get(entry.code, ()), entry)
    return Snapshot(plan, updates=by_code, **rest)  # type: ignore[arg-type]


def made(snapshot: Snapshot, at: datetime = NOVEMBER, setting: Subscription = SETTING) -> Digest:
    return digest(snapshot, setting, Week.of(at.date()), at)


def numbers(found: Digest) -> dict[str, tuple[int, int]]:
    return {n.name: (n.now, n.before) for n in found.numbers}


@pytest.fixture
def plan() -> Plan:
    return shipped_plan()


@pytest.fixture
def wording() -> DigestWording:
    answers = Wording(load("answers"))
    return DigestWording(load("digest"), {language: answers.phrases(language) for language in LANGUAGES})


def test_numbers_are_given_with_what_they_were_a_week_before(plan: Plan) -> None:
    found = made(
        known(
            plan,
            update(1, "DIG-02", Status.RUNNING, "2026-11-10"),
            update(2, "DIG-03", Status.FINISHED, "2026-11-18"),
            update(3, "DIG-02", Status.DELAYED, "2026-11-20"),
        )
    )
    assert numbers(found) == {
        "finished": (1, 0),
        "running": (0, 1),
        "delayed": (1, 0),
        "overdue": (18, 18),
        "stale": (51, 52),
        "updated": (2, 1),
    }


def test_what_became_late_this_week_stands_before_what_was_late_already(plan: Plan) -> None:
    found = made(known(plan), datetime(2026, 7, 6, 7, tzinfo=UTC))
    assert found.newly_overdue == ("SAM-05", "ZORG-08")
    assert found.overdue[:3] == ("SAM-05", "ZORG-08", "ZORG-05")


def test_what_is_due_this_week_is_not_repeated_under_the_quarter(plan: Plan) -> None:
    found = made(known(plan), datetime(2026, 6, 29, 7, tzinfo=UTC))
    assert found.soon == ("SAM-05", "ZORG-08")
    assert found.quarter == ()


def test_looking_further_ahead_moves_actions_from_the_quarter_to_the_weeks(plan: Plan) -> None:
    june = datetime(2026, 6, 1, 7, tzinfo=UTC)
    assert made(known(plan), june).quarter == ("SAM-05", "ZORG-08")
    further = made(known(plan), june, replace(SETTING, weeks_ahead=5))
    assert (further.soon, further.quarter) == (("SAM-05", "ZORG-08"), ())


def test_updates_are_told_newest_first_and_without_those_taken_back(plan: Plan) -> None:
    found = made(
        known(
            plan,
            update(1, "DIG-02", Status.RUNNING, "2026-11-17", note="begonnen"),
            update(2, "DIG-03", Status.RUNNING, "2026-11-18"),
            update(3, "DIG-04", Status.RUNNING, "2026-11-19"),
            update(4, "DIG-03", Status.RUNNING, "2026-11-20", undoes=2),
            update(5, "DIG-05", Status.RUNNING, "2026-11-10"),
        )
    )
    assert [u.id for u in found.updated] == [3, 1]


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        ("2026-06-08", ["ALG-02 halfjaarlijks", "ALG-05 halfjaarlijks", "OND-17 per kwartaal", "OND-17 halfjaarlijks",
                        "VERK-01 halfjaarlijks", "VERK-05 halfjaarlijks"]),
        ("2026-09-07", ["OND-17 per kwartaal"]),
        ("2026-08-10", []),
        ("2026-12-07", ["ALG-02 halfjaarlijks", "ALG-04 tweejaarlijks", "ALG-05 halfjaarlijks", "OND-06 jaarlijks",
                        "OND-17 per kwartaal", "OND-17 halfjaarlijks", "VERK-01 halfjaarlijks", "VERK-05 jaarlijks",
                        "VERK-05 halfjaarlijks"]),
    ],
)  # fmt: skip
def test_what_comes_round_is_named_in_the_last_weeks_of_its_window(plan: Plan, day: str, codes: list[str]) -> None:
    found = made(known(plan), datetime.fromisoformat(day).replace(hour=8, tzinfo=UTC))
    assert sorted(f"{c.code} {c.recurrence}" for c in found.cycles) == sorted(codes)


def test_what_comes_round_says_when_it_was_last_reported_in_its_window(plan: Plan) -> None:
    found = made(known(plan, update(1, "ALG-05", Status.RUNNING, "2026-10-01")))
    assert [c.updated for c in found.cycles if c.code == "ALG-05"] == [date(2026, 10, 1)]
    assert made(known(plan, update(1, "ALG-05", Status.RUNNING, "2026-05-01"))).cycles[0].updated is None


def test_a_past_week_comes_out_as_it_was_whatever_was_recorded_later(plan: Plan) -> None:
    then = [update(1, "DIG-02", Status.RUNNING, "2026-11-18"), update(2, "DIG-03", Status.DELAYED, "2026-11-19")]
    later = [
        update(3, "DIG-02", Status.FINISHED, "2026-11-23T08:00:01"),
        update(4, "DIG-03", Status.DELAYED, "2026-11-24", undoes=2),
    ]
    assert made(known(plan, *then, *later)) == made(known(plan, *then))


def test_a_place_that_chose_a_theme_and_a_municipality_gets_that_alone(plan: Plan) -> None:
    setting = replace(SETTING, themes=("DIG",), municipalities=("Druten",))
    found = made(
        known(
            plan,
            update(1, "DIG-02", Status.FINISHED, "2026-11-18", municipality="Druten"),
            update(2, "DIG-02", Status.RUNNING, "2026-11-19", municipality="Wijchen"),
            update(3, "VERK-01", Status.RUNNING, "2026-11-19"),
        ),
        setting=setting,
    )
    assert found.total == 7
    assert [u.id for u in found.updated] == [1]
    assert numbers(found)["finished"] == (1, 0)
    assert {code for code, _ in found.themes} == {"DIG"}


def test_owners_are_mentioned_for_what_is_late_or_silent_and_officials_where_there_is_no_owner(plan: Plan) -> None:
    anna, bram, carl = Person("Anna", "id-a"), Person("Bram", "id-b"), Person("Carl")
    snapshot = known(plan, persons={"SAM-05": (anna,), "SAM": (bram,), "DIG-05": (carl,)})
    mentions = {m.person: m.codes for m in made(snapshot).mentions}
    assert mentions[anna] == ("SAM-05",)
    assert "SAM-05" not in mentions[bram]
    assert "SAM-03" in mentions[bram]
    assert carl not in mentions
    assert made(snapshot, setting=replace(SETTING, mentions=False)).mentions == ()


def test_nothing_to_say_is_one_line(wording: DigestWording) -> None:
    plan = replace(shipped_plan(), actions=(Action("OND-01", "OND", "x", "Klaar"),))
    snapshot = known(plan, update(1, "OND-01", Status.FINISHED, "2026-10-01"))
    found = made(snapshot)
    assert found.quiet
    assert wording.text(found, SETTING, snapshot).splitlines()[1:] == [
        "Niets te melden: niets te laat, geen deadlines in zicht en geen updates."
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_names_each_heading_with_its_number_and_every_update_with_its_note(
    plan: Plan, wording: DigestWording, language: Language
) -> None:
    snapshot = known(plan, update(1, "DIG-02", Status.RUNNING, "2026-11-18", note="twee scholen\nbezocht"))
    setting, found = replace(SETTING, language=language), made(snapshot)
    text = wording.text(found, setting, as_of(snapshot, NOVEMBER))
    for section in sections(found):
        assert wording.heading(section, setting) in text.splitlines()
    assert "“twee scholen bezocht”" in text
    assert "48" in text.splitlines()[0]


def test_numbers_say_what_changed_and_leave_out_what_there_is_none_of(plan: Plan, wording: DigestWording) -> None:
    nothing, something = known(plan), known(plan, update(1, "DIG-02", Status.FINISHED, "2026-11-18"))
    assert wording.numbers(made(nothing), "nl") == (
        "53 acties: 18 te laat en 53 al zes weken stil. Deze aantallen zijn gelijk aan die van vorige week."
    )
    assert wording.numbers(made(something), "nl") == (
        "53 acties: 1 afgerond (+1), 18 te laat, 52 al zes weken stil (−1) en 1 bijgewerkt (+1)."
        " Tussen haakjes het verschil met vorige week."
    )


def test_the_question_behind_a_section_reads_back_as_exactly_what_the_section_holds(
    plan: Plan, wording: DigestWording
) -> None:
    assistant, snapshot = (
        Assistant(question_data(), Wording(load("answers"))),
        known(plan, update(1, "DIG-02", Status.RUNNING, "2026-11-18")),
    )
    at, later = NOVEMBER + timedelta(weeks=1), date(2026, 12, 2)
    for language in LANGUAGES:
        for setting in (SETTING, replace(SETTING, themes=("DIG",), weeks_ahead=3)):
            spoken = replace(setting, language=language)
            found = digest(snapshot, spoken, Week.of(at.date()), at)
            for section in sections(found):
                asked = wording.question(section, found, spoken, plan)
                if asked is None or section.kind == "updated":
                    continue
                answer = assistant.respond(asked, snapshot, later).answer
                assert answer is not None
                assert set(answer.groups[0].codes) == set(section.codes), asked


def test_the_record_holds_the_codes_and_the_text(plan: Plan) -> None:
    record = as_record(made(known(plan)), "tekst")
    assert record["week"] == "2026-W48"
    assert len(record["overdue"]) == record["numbers"]["overdue"]["now"] == 18
    assert record["text"] == "tekst"


def test_both_languages_say_the_same_things_with_the_same_values() -> None:
    data = load("digest")
    dutch, english = (dict(flattened(data[language])) for language in LANGUAGES)
    assert dutch.keys() == english.keys()
    for key, text in dutch.items():
        assert placeholders(text) == placeholders(english[key]), key


def placeholders(text: str) -> set[str]:
    return {part.split("}")[0] for part in text.split("{")[1:]}
