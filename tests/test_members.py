"""Who may record what."""

from __future__ import annotations

import pytest

from uvp.members import (
    POLICE,
    PROSECUTOR,
    REGION,
    UNKNOWN,
    Member,
    Reason,
    Refusal,
    may_record,
    may_set,
    organisations,
    scopes,
)
from uvp.plan import Plan


def of(organisation: str, *, coordinator: bool = False) -> Member:
    return Member("1", "Iemand", organisation, coordinator)


def test_a_member_is_of_a_municipality_of_the_plan_the_police_the_prosecutor_or_the_region(small_plan: Plan) -> None:
    assert organisations(small_plan) == ("Druten", "Heumen", "Berg en Dal", POLICE, PROSECUTOR, REGION)


@pytest.mark.parametrize(
    ("member", "municipality", "reason"),
    [
        (None, None, Reason.STRANGER),
        (None, "Druten", Reason.STRANGER),
        (of("Druten"), None, None),
        (of("Druten"), "Druten", None),
        (of("Druten"), "Heumen", Reason.OTHER_MUNICIPALITY),
        (of(POLICE), None, None),
        (of(POLICE), "Druten", Reason.WHOLE_ONLY),
        (of(PROSECUTOR), "Druten", Reason.WHOLE_ONLY),
        (of(REGION), None, None),
        (of(REGION), "Druten", Reason.WHOLE_ONLY),
        (of(UNKNOWN), None, None),
        (of(UNKNOWN), "Druten", Reason.UNKNOWN_ORGANISATION),
        (of(UNKNOWN, coordinator=True), "Druten", None),
        (of("Heumen", coordinator=True), "Druten", None),
    ],
)
def test_who_records_for_what(
    small_plan: Plan, member: Member | None, municipality: str | None, reason: Reason | None
) -> None:
    refusal = may_record(member, small_plan, municipality)
    assert refusal == (None if reason is None else Refusal(reason, municipality if member else None))


@pytest.mark.parametrize(
    ("member", "allowed"),
    [
        (None, False),
        (of("Druten"), False),
        (of(POLICE), False),
        (of(REGION), True),
        (of("Druten", coordinator=True), True),
    ],
)
def test_owners_and_officials_are_set_by_coordinators_and_the_region(member: Member | None, *, allowed: bool) -> None:
    assert (may_set(member) is None) is allowed


@pytest.mark.parametrize(
    ("member", "offered"),
    [
        (of("", coordinator=True), (None, "Druten", "Heumen")),
        (of("Heumen"), (None, "Heumen")),
        (of("Berg en Dal"), (None,)),
        (of(POLICE), (None,)),
    ],
)
def test_municipalities_that_an_action_excepts_are_not_offered(
    small_plan: Plan, member: Member, offered: tuple[str | None, ...]
) -> None:
    assert scopes(member, small_plan, small_plan.by_code["DIG-02"]) == offered
