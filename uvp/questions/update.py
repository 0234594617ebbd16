"""Status reports in plain language: a statement that names an action and how it stands.

*Hackshield is afgerond in Druten* is a report, *is Hackshield afgerond* a question.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from uvp.period import Period
from uvp.question import ReportedUpdate
from uvp.questions.expecting import announced_date, expected_date, is_dated, is_set_off
from uvp.questions.noting import breaks, is_note, with_note
from uvp.questions.sentence import Sentence
from uvp.questions.slots import Slots
from uvp.questions.standing import beside, denies, is_explicit, status_of, told_statuses
from uvp.questions.target import CHOICES, Target
from uvp.questions.weighing import left_over
from uvp.updates import Status

Parts = tuple[Sentence, Slots, Target]
Read = Callable[[str], Parts]

_QUESTION = ("what", "who", "when", "count", "history")
_ASKING = (*_QUESTION, "asking", "stale", "undated", "due", "relay")
_FIRST_ASKS = ("may", "be", "will", "must", "detail", "progress", "doing")
_TELLS = (":", "=", "->", "→")  # between what is told of and what is told
_MOST = CHOICES + 2  # actions among which to choose: somebody who reports knows which one it is


def reported_update(parts: Parts, read: Read) -> tuple[ReportedUpdate, tuple[str, ...]] | None:
    """The status report in a text, with the codes among which to choose; None where the text is no report.

    The note (after a colon, a reason or a second clause) is kept as it was typed and not read any further.
    """
    s = parts[0]
    if not _may_report(s):
        return None
    for at in breaks(s):
        head = read(at.around(s.text))
        if (report := _report(head)) and (report.status or head[0].has("set")):
            note = s.text[at.start : at.stop]
            tail = read(note)[0]
            if is_note(s, at, head[0], tail):
                return with_note(report, note, tail), _choices(head)
    report = _report(parts)
    return (report, _choices(parts)) if report else None


def _may_report(s: Sentence) -> bool:
    if any(m.start == 0 for sign in _QUESTION for m in s.signs.get(sign, ())):
        return False
    told = s.has("set") or told_statuses(s) or is_set_off(s) or is_dated(s)
    return bool(told) and (not s.asks or _is_request(s))


def _report(parts: Parts) -> ReportedUpdate | None:
    s, slots, _ = parts
    codes = _codes(parts)
    imperative = _is_imperative(s)
    if len(codes) > _MOST or not (imperative or _is_statement(s)):
        return None
    if not (codes or _is_order_for_many(parts) or _is_told_of_all(parts)) or _has_ready(parts):
        return None
    ahead = s.has("will") or _lies_ahead(slots.period, s.today)
    status = status_of(s, ahead) or (Status.DELAYED if is_set_off(s) and not denies(s) else None)
    if status is None and not imperative and not (denies(s) or is_dated(s)):
        return None
    if not imperative and _is_to_come(parts, status, ahead):
        return None
    single = tuple(slots.codes) or codes if len(codes) == 1 or slots.codes or not _choices(parts) else ()
    places = () if "municipality" in slots.every else tuple(slots.municipalities)
    expected = expected_date(s) if status is not Status.FINISHED or s.has("expected") else None
    return ReportedUpdate(single, status, places, expected)


def _codes(parts: Parts) -> tuple[str, ...]:
    """The actions that it tells of."""
    s, slots, target = parts
    if slots.codes:
        return tuple(slots.codes)
    if target.sure and (slots.aliases or len(target.words) > 1 or _tells_of_one(s, target)):
        return target.codes
    return target.of_party if _names_party_as_action(s) else ()


def _names_party_as_action(s: Sentence) -> bool:
    """*HALT is klaar*: a party stands for its action, but not in *HALT, te laat* or *de politie is te laat*."""
    led = any(m.start and s.words[m.start - 1].token.word in s.grammar.articles for m, _ in s.names("party"))
    return s.has("be", "will") and not led


def _is_order_for_many(parts: Parts) -> bool:
    """*Zet alles van zorg op afgerond*: an order whose actions are none or many; which ones stays open."""
    s, slots, target = parts
    ordered = is_explicit(s) and (s.has("set") or _is_imperative(s)) and not (slots.unknown_codes or _asks(s))
    return ordered and not (target.codes or beside(s, "unknown", "known", "generic"))


def _is_told_of_all(parts: Parts) -> bool:
    """*Alles van zorg is afgerond*: a statement about many actions; which ones stays open. With a time it asks."""
    s, slots, target = parts
    named = not slots.period and (slots.themes or slots.topics or slots.sections or slots.people)
    if s.following(0) not in s.grammar.every or not named or s.has("pronoun", "overdue", *_QUESTION):
        return False
    ends = {m.end for sign in ("be", "will") for m in s.signs.get(sign, ())}
    told = any(at in ends for at, _ in told_statuses(s))
    return told and not (target.codes or beside(s, "unknown", "known", "generic"))


def _has_ready(parts: Parts) -> bool:
    """*De pilot heeft de koffie klaar*: what is ready is a thing of its own, of which somebody tells."""
    s, _, target = parts
    left, leads = set(left_over(s, target)), s.grammar.articles | s.grammar.some
    for at, _ in told_statuses(s)[:1]:
        owner = next((i for i in range(at - 1, -1, -1) if s.following(i) in s.grammar.owns), at)
        return any(i in left and s.following(i - 1) in leads for i in range(owner + 1, at))
    return False


def _tells_of_one(s: Sentence, target: Target) -> bool:
    """*De training is klaar*: a noun that several actions have, and how it stands; nothing else is said."""
    first = s.following(0) in s.grammar.articles and min(target.words) == 1
    only = not (s.has("outside") or beside(s, "unknown", "generic"))
    return first and len(target.codes) > 1 and bool(told_statuses(s)) and only


def _choices(parts: Parts) -> tuple[str, ...]:
    """The codes among which to choose, where the words fit several actions (not when several are named)."""
    _, slots, target = parts
    if slots.codes or len(target.codes) < 2:
        return ()
    named = [codes for _, codes in slots.aliases]
    return () if len(named) > 1 and all(len(codes) == 1 for codes in named) else target.codes


def _is_imperative(s: Sentence) -> bool:
    starts = any(m.start <= 2 for m in s.signs.get("set", ())) or _is_request(s)
    return starts and not s.has(*_QUESTION)


def _is_request(s: Sentence) -> bool:
    """*Kun je … op afgerond zetten?*: a report, however politely it asks."""
    polite = any(m.start <= 1 for sign in ("polite", "may") for m in s.signs.get(sign, ()))
    if s.at("set") == 0 and is_explicit(s):
        return True  # *zet u DIG-02 op loopt?*
    return polite and (is_explicit(s) or (s.has("set") and bool(told_statuses(s))))


def _is_statement(s: Sentence) -> bool:
    """No question word, no verb in front, nothing that asks."""
    if _asks(s) or (s.has("updated") and not told_statuses(s)):
        return False
    told = any(mark in s.text for mark in _TELLS) or is_explicit(s)
    telling = {m for m, _ in s.names("reported")}  # *volgens planning* tells too
    if s.has("must") or not (told or telling.issuperset(s.signs.get("progress", ()))):
        return False
    no_verb = {"progress": told, "doing": told, "will": is_dated(s)}  # *wordt Q2 2027* asks nothing
    first = [sign for sign in _FIRST_ASKS if not no_verb.get(sign)]
    actor = s.words[0].token.word in s.grammar.have and s.following(1) not in s.grammar.subjects
    return not any(m.start == 0 and not actor for sign in first for m in s.signs.get(sign, ())) and not _verb_first(s)


def _asks(s: Sentence) -> bool:
    """Whether something asks: *all* and *we zijn er* are no lists in a report, and *ligt stil* is how it stands."""
    told = {m.start for kind in ("status", "reported") for m, _ in s.names(kind)}
    lists = [m.start for m in s.signs.get("list", ()) if s.following(m.start) not in s.grammar.every]
    if lists == [1] and s.following(0) in s.grammar.subjects:
        lists = []
    asking = [m.start for sign in _ASKING for m in s.signs.get(sign, ())]
    return not told.issuperset(asking + lists)


def _verb_first(s: Sentence) -> bool:
    """*Loopt de flyer …* asks; *loopt* alone among the verbs of statuses can stand in front, and *bezig* is no verb."""
    if 0 in s.parted or _asks_behind(s):
        return True
    if s.following(0) in s.grammar.subjects:
        return False  # *we pakken de flyer op*
    return s.at("busy") != 0 and any(
        m.start == 0 and m.end < len(s.words) and s.words[m.end].kind == "stop" for m in s.signs.get("active", ())
    )


def _asks_behind(s: Sentence) -> bool:
    """*De flyer, is die klaar*, *Feniks, loopt dat nog*: a verb and a pronoun behind a comma."""
    pronouns = {m.start for m in s.signs.get("pronoun", ())}
    verbs = (m for sign in ("be", "active") for m in s.signs.get(sign, ()) if m.start and m.end in pronouns)
    return any(s.text[s.words[m.start - 1].end] == "," for m in verbs)


def _is_to_come(parts: Parts, status: Status | None, ahead: bool) -> bool:
    """*Is in maart klaar*, *pak ik volgende week op*: says what will be, not how it stands."""
    s, slots, _ = parts
    if status is Status.RUNNING:
        return _lies_ahead(slots.period, s.today) and announced_date(s) is None and not is_explicit(s)
    return status is Status.FINISHED and ahead


def _lies_ahead(period: Period | None, today: date) -> bool:
    return period is not None and period.start is not None and period.start > today
