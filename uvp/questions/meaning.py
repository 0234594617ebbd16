"""What a sentence asks for: which actions it selects and in which shape they are shown.

Rules go from the more to the less specific; the first that holds wins. Signs are those of ``questions.yaml``.
"""

from __future__ import annotations

from datetime import date

from uvp.period import Period
from uvp.question import STALE_WEEKS, Select, Show
from uvp.questions.negation import is_negated
from uvp.questions.phrases import Match
from uvp.questions.sentence import Sentence
from uvp.updates import Status

OPEN = (Status.UNKNOWN, Status.NOT_STARTED, Status.RUNNING, Status.DELAYED)
"""*Not finished* means not closed: one of these statuses."""
_NEAR = 4  # words between *not* and what it denies


def select_of(s: Sentence, period: Period | None) -> Select | None:
    """The actions that are meant; None where the sentence does not say."""
    ongoing = [m for m in s.signs.get("ongoing", ()) if not is_negated(s, m.start)]
    if ongoing and s.has("undated") and not _listed_after(s, "undated", ongoing):
        return Select.ONGOING  # *geen einde, want doorlopend*
    for sign, select in (
        ("undated", Select.UNDATED),
        ("stale", Select.STALE),
        ("overdue", Select.OVERDUE),
    ):
        if s.has(sign):
            return select
    if s.has("finished") and s.has("will") and not s.has("must", "due", "deadline"):
        if _recurs(s):
            return None  # *wat wordt jaarlijks uitgevoerd*
        if _is_being_done(s, period):
            return Select.ACTIVE
    if s.has("finish", "finished", "finishing"):
        if (s.has("had") and s.has("must")) or (s.has("ought") and s.has("already")):
            return Select.OVERDUE
        return _finishing(s, period)
    if s.has("updated") and not (s.has("starting") and _only(s, "updated", "new")):
        return Select.UPDATED
    if s.has("starting"):
        return Select.STARTING
    if ongoing:
        return Select.ONGOING
    if s.has("had") and s.has("must"):
        return Select.OVERDUE
    return _to_do(s, period)


def _listed_after(s: Sentence, sign: str, others: list[Match]) -> bool:
    """Whether one of the others goes on an enumeration that a sign begins (*zonder einddatum of doorlopend*)."""
    first = min(m.start for m in others)
    between = range(max((m.end for m in s.signs[sign] if m.start < first), default=first), first)
    return any(s.words[i].token.word in s.grammar.and_or for i in between)


def _only(s: Sentence, sign: str, other: str) -> bool:
    """Whether every phrase of a sign is one of another sign too."""
    return all(m in s.signs.get(other, ()) for m in s.signs[sign])


def _recurs(s: Sentence) -> bool:
    """Whether it says how often and not when."""
    return bool(s.periods) and all(found.recurrence and not found.period for _, _, found in s.periods)


def _is_being_done(s: Sentence, period: Period | None) -> bool:
    """*Wat wordt er (nu) gedaan*: what is done at present, not what will be or has been finished."""
    now = s.by_now or period is None
    return now and s.has("performed") and len(s.signs["will"]) == 1 and not s.has("when", "open", "not")


def _finishing(s: Sentence, period: Period | None) -> Select | None:
    """*Af* and *klaar* look ahead (due) or back (done): modal verbs, negations and the period tell which."""
    past = period is not None and period.before(s.today)
    ahead = _ahead(period, s.today)
    if is_open(s):
        if past:
            return Select.OVERDUE
        return Select.DUE if s.has("must", "due", "deadline", "finishing") else None
    if period is not None and period.start is None and period.end is not None and period.end <= s.today:
        return (Select.OVERDUE if s.by_now else Select.DUE) if s.has("must") else Select.DONE
    if s.has("finishing") and s.has("past") and not s.has("must"):
        return Select.DONE
    if s.has("finishing", "must", "will", "due", "deadline"):
        return Select.DUE
    if s.has("finished"):
        return Select.DUE if ahead and not s.has("already") else Select.DONE
    if s.has("be", "already", "detail", "who"):
        return Select.DUE if ahead and not s.has("already") else Select.DONE
    # Bare words: *klaar* alone tells what is, *af* and any word with a time still to come what must be.
    return Select.DONE if past or (period is None and not _says(s, "finish", s.grammar.off)) else Select.DUE


def _says(s: Sentence, sign: str, words: frozenset[str]) -> bool:
    return any(s.words[m.start].token.word in words for m in s.signs.get(sign, ()))


def _ahead(period: Period | None, today: date) -> bool:
    """Whether a period lies ahead: it starts later, or is a deadline still to come."""
    if period is None:
        return False
    if period.start is None:
        return period.end is not None and period.end > today
    return period.start > today


def is_open(s: Sentence) -> bool:
    """Whether it says *not finished*."""
    if s.has("open"):
        return True
    return any(
        0 <= done.start - denial.end <= near and (denying == "not" or _are_small(s, denial.end, done.start))
        for denying, near in (("not", _NEAR), ("except", 1))
        for denial in s.signs.get(denying, ())
        for sign in ("finish", "finished", "finishing")
        for done in s.signs.get(sign, ())
    )


def _are_small(s: Sentence, start: int, end: int) -> bool:
    return all(s.words[i].kind == "stop" for i in range(start, end))


def _to_do(s: Sentence, period: Period | None) -> Select | None:
    if s.has("must") and s.by_now and period is not None and period.start is None:
        return Select.OVERDUE
    if s.has("due", "deadline") or (s.has("must") and (s.has("doing", "yet") or period is not None)):
        return Select.DUE
    if s.has("yet") and s.has("list", "thing") and period is not None and not s.has("planned"):
        return Select.DUE  # *nog iets voor morgen?*
    if s.has("open"):
        return None
    if s.has("excepted"):
        return None
    if s.has("active") and not any(status is Status.RUNNING for _, status in s.names("status")):
        return Select.ACTIVE
    if s.has("doing") and s.has("what", "detail"):
        return Select.ACTIVE
    return Select.ALL if s.has("planned") else None


def show_of(s: Sentence) -> Show | None:
    """The shape that is asked for; None where the sentence does not say."""
    if s.has("count") and s.has("overdue"):
        return Show.COUNT  # *hoeveel deadlines zijn verlopen* is about no course of things
    for sign, show in (
        ("history", Show.HISTORY),
        ("count", Show.COUNT),
        ("who", Show.WHO),
        ("when", Show.WHEN),
        ("progress", Show.PROGRESS),
        ("detail", Show.DETAIL),
    ):
        if s.has(sign):
            return show
    return None


def stale_weeks(s: Sentence, period: Period | None) -> int:
    """For how many weeks nothing was heard: the length up to today of the period that is named."""
    if s.duration:
        return max(1, round(s.duration / 7))
    if period is None or period.start is None or period.start >= s.today:
        return STALE_WEEKS
    return max(1, round((s.today - period.start).days / 7))
