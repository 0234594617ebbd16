"""Who may record what. Pure; the list itself is kept by ``uvp.storage.members``.

Reading is for everybody in the allowed tenants and needs no member.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from uvp.plan import Action, Plan

POLICE = "politie"
PROSECUTOR = "openbaar ministerie"
REGION = "regio"
DUO = 2
"""How many officials carry a theme."""
UNKNOWN = ""
"""Somebody of the team whose organisation nobody has noted yet."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who may record: ``id`` is the object id in the directory, or else the id in the channel.

    ``organisation`` is one of ``organisations``, or UNKNOWN.
    """

    id: str
    name: str
    organisation: str = UNKNOWN
    coordinator: bool = False


class Reason(StrEnum):
    """Why something may not be recorded."""

    STRANGER = "stranger"
    """Not a member of the team, and not on the list."""
    OTHER_MUNICIPALITY = "other_municipality"
    """An adviser of one municipality, and this is another."""
    WHOLE_ONLY = "whole_only"
    """Of an organisation that records for actions as a whole."""
    UNKNOWN_ORGANISATION = "unknown_organisation"
    """A member of the team without a known organisation records for actions as a whole."""
    SETTING = "setting"
    """Who carries what is set by coordinators and the region."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not, and where it was about one municipality, which."""

    reason: Reason
    municipality: str | None = None


def organisations(plan: Plan) -> tuple[str, ...]:
    """What a member can be of: a municipality of the plan, the police, the public prosecutor, or the region."""
    return (*plan.municipality_names, POLICE, PROSECUTOR, REGION)


def may_record(member: Member | None, plan: Plan, municipality: str | None = None) -> Refusal | None:
    """Why ``member`` may not record for this municipality (None: the action as a whole); None where they may."""
    if member is None:
        return Refusal(Reason.STRANGER)
    if member.coordinator or municipality is None or member.organisation == municipality:
        return None
    if member.organisation in plan.municipality_names:
        return Refusal(Reason.OTHER_MUNICIPALITY, municipality)
    if member.organisation == UNKNOWN:
        return Refusal(Reason.UNKNOWN_ORGANISATION, municipality)
    return Refusal(Reason.WHOLE_ONLY, municipality)


def may_set(member: Member | None) -> Refusal | None:
    """Why ``member`` may not set owners, officials and communication; coordinators and the region may."""
    if member is not None and (member.coordinator or member.organisation == REGION):
        return None
    return Refusal(Reason.SETTING)


def scopes(member: Member, plan: Plan, action: Action) -> tuple[str | None, ...]:
    """What ``member`` may record for: None, the action as a whole, first, then participating municipalities."""
    return (None, *(m for m in plan.participants(action) if may_record(member, plan, m) is None))


def ids_by_name(members: Iterable[Member]) -> dict[str, str]:
    """The ids of members by name, in lower case; without names that several of them have."""
    members = list(members)
    often = Counter(member.name.casefold() for member in members)
    return {name: member.id for member in members if often[name := member.name.casefold()] == 1}
