"""Why something may not be reported, in words: who may not, and which municipality does not take part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from uvp.answers.phrases import Phrases
from uvp.members import Member, Refusal, may_record
from uvp.plan import Plan

_NAMED = 5
_LENGTH = 60


def refused(say: Phrases, refusal: Refusal, own: str, coordinators: str) -> str:
    """Why not, and whom to ask."""
    (own,) = say.names("dialog.organisations", [own])
    values = {"own": own, "municipality": refusal.municipality or "", "coordinators": coordinators}
    return say(f"dialog.refused.{refusal.reason}", **values)


def left_out(
    say: Phrases, names: Iterable[str], codes: Sequence[str], plan: Plan, member: Member, coordinators: str
) -> tuple[str, ...]:
    """A sentence for each reason why these municipalities cannot be reported on."""
    names, taking_part = list(names), {m for code in codes for m in plan.participants(plan.by_code[code])}
    outside = [m[:_LENGTH] for m in names if m not in taking_part][:_NAMED]
    said = [say.number("dialog.trouble.scope_out", len(outside), names=say.join(outside))] if outside else []
    refusals = (may_record(member, plan, m) for m in names if m in taking_part)
    # One sentence tells enough, however many municipalities were named.
    first = next((r for r in refusals if r is not None), None)
    return (*said, *([refused(say, first, member.organisation, coordinators)] if first else []))
