"""Follow-ups: a text that changes only what it names of the question before it.

A question that stands on its own starts afresh; a fragment, a pronoun, an ordinal or a word such as *en*, *ook*,
*alleen* or *nee* at the start refers back.
"""

from __future__ import annotations

from dataclasses import fields, replace

from uvp.plan import Plan
from uvp.question import Filters, Intent, Question, ReportedUpdate, Select, Show
from uvp.questions.actions import ActionIndex
from uvp.questions.changing import ABOUT_ONE, Turn, changed, names_actions, names_other
from uvp.questions.meaning import is_open, select_of, show_of
from uvp.questions.sentence import Sentence
from uvp.questions.target import CHOICES
from uvp.questions.update import Parts, Read, reported_update
from uvp.questions.weighing import left_over

_OPENERS = ("and", "also", "only", "correct", "except")
_FILLERS = frozenset({"doing", "list", "and", "make", "correct", "thanks", "polite", "also", "yet"})
_LISTING = frozenset(
    {
        "list",
        "what",
        "which",
        "pronoun",
        "and",
        "be",
        "every_one",
        "yet",
        "make",
        "polite",
        "doubtful",
        "only",
        "holder",
    }
)
_VERBS = frozenset({"active", "must", "be", "will", "starting", "ongoing", "finished", "due"})
_SHORT = 4  # words: a question this short without a noun of its own refers back
_OWN = ("we", "must", "mine", "list")  # a sentence with these says of itself what it is about
_STANDALONE = ("action", "list", "plan", "foreign", "outside", "help", "digest", "report", "greeting", "thanks")


def follow_up(turn: Turn, plan: Plan, index: ActionIndex, read: Read) -> Question | None:
    """The question that a follow-up makes of the one before it; None for a text that stands on its own.

    ``read`` takes a part of the text apart.
    """
    if turn.s.has("foreign", "to_bot") or _of_office(turn):
        return None
    if repeated := _repeated(turn):
        return repeated
    if turn.before.intent not in (Intent.ASK, Intent.UPDATE):
        return None
    if reported := _reported(turn, read):
        return reported
    if chosen := _chosen(turn, index):
        return chosen
    if turn.before.intent is not Intent.ASK:
        return None
    if of_holder := _of_holder(turn, plan):
        return of_holder
    if listed := _listed(turn):
        return listed
    if not _refers_back(turn):
        return None
    return changed(turn, plan)


def _of_office(turn: Turn) -> bool:
    """*Wie is daar burgemeester*, *wie is de wethouder*: an office, where nothing but places was spoken of."""
    filters = turn.before.filters
    held = filters.themes or filters.codes or filters.people or filters.sections or filters.text or turn.before.choices
    return turn.s.has("asks_who") and (turn.s.has("role") or (turn.s.has("title") and not held))


def _puts(s: Sentence) -> bool:
    """*Zet op afgerond*: which action goes without saying."""
    return s.has("set") and any(True for _ in s.names("status"))


def _repeated(turn: Turn) -> Question | None:
    """*Terug* and *opnieuw*: the question before the last, or the last one again."""
    s, slots = turn.s, turn.slots
    named = slots.filters_something or slots.period or slots.every
    if len(s.words) > _SHORT + 1 or named or s.of_kind("unknown", "known"):
        return None
    if not set(s.signs) - {"back", "again", "pronoun", "and", "correct", "be", "list", "already"}:
        target = turn.context.previous if s.has("back") else turn.before if s.has("again") else None
        if target is not None:
            return replace(target, text=turn.base.text, reading=turn.base.reading, inherited=_said(target))
    return None


def _listed(turn: Turn) -> Question | None:
    """*Laat maar zien*, *welke zijn dat?*: the actions of the answer before, which counted them or told of them."""
    s, slots, before = turn.s, turn.slots, turn.before
    if slots.filters_something or slots.period or slots.every or turn.target.codes or left_over(s, turn.target):
        return None
    counted = before.show is Show.COUNT and len(s.words) < _SHORT  # *hoeveel …? welke dan?*
    which = s.has("what") and (s.has("pronoun") or counted) and not s.has("detail")
    if before.choices or set(s.signs) - _LISTING or not (s.has("list") or which):
        return None
    show = before.show if before.show in ABOUT_ONE else Show.ACTIONS
    base = turn.base
    return replace(
        before, show=show, text=base.text, language=base.language, reading=base.reading, inherited=_said(before)[1:]
    )


def _said(question: Question) -> tuple[str, ...]:
    """The names of what a question says beside the defaults."""
    named = [f.name for f in fields(Filters) if getattr(question.filters, f.name)]
    return ("show", "select", *named)


def _chosen(turn: Turn, index: ActionIndex) -> Question | None:
    """*De tweede*, or the one of the choices that the text names."""
    s = turn.s
    if not (turn.slots.period or left_over(s, turn.target) or s.of_kind("generic")) and (codes := _counted(turn)):
        return _picked(turn, codes)
    if not turn.before.choices:
        return None
    if s.has("every_one") and turn.before.intent is Intent.ASK and not names_other(turn):
        return replace(turn.base, intent=Intent.ASK, filters=Filters(codes=turn.before.choices), inherited=("codes",))
    if turn.slots.codes:
        named = [c for c in turn.slots.codes if c in turn.before.choices]
    else:
        rest = [s.words[i].key for i in sorted({*s.of_kind("known", "generic"), *turn.target.words})]
        narrowed = turn.fragment and not s.of_kind("unknown")
        named = list(index.find(rest, among=turn.before.choices).codes) if rest and narrowed else []
        if 1 < len(named) < len(turn.before.choices):
            return replace(turn.before, text=turn.base.text, reading=turn.base.reading, choices=tuple(named))
    return _picked(turn, tuple(named)) if len(named) == 1 or (named and turn.slots.codes) else None


def _counted(turn: Turn) -> tuple[str, ...]:
    """The codes that ordinals (*de tweede*, *2*) mean among the choices or in the last list."""
    s = turn.s
    offered = turn.before.choices or turn.context.listed or turn.context.codes
    ordinals = [value for match, value in s.names("ordinal") if not _is_adjective(s, match.end)]
    first = s.following(0)
    if first.isdigit() and len(first) < 3 and (len(s.words) == 1 or any(m.start == 1 for m in s.signs.get("be", ()))):
        ordinals = [int(first)]
    if names_actions(turn):
        return ()
    return tuple(offered[n - 1 if n > 0 else n] for n in ordinals if -len(offered) <= n <= len(offered) and n)


def _is_adjective(s: Sentence, at: int) -> bool:
    """Whether an ordinal that ends here says which update or start is meant, not which action (*de laatste update*)."""
    return any(m.start == at for sign in ("updated", "history", "starting") for m in s.signs.get(sign, ()))


def _of_holder(turn: Turn, plan: Plan) -> Question | None:
    """*Welke acties heeft zij*: those of who holds what the question before asked about."""
    s, before = turn.s, turn.before
    if before.show is not Show.WHO or not s.has("holder") or not s.has("action", "thing", "doing", "count", "what"):
        return None
    themes = [t for t in plan.themes if t.code in before.filters.themes]
    people: list[str | None] = [h.person for t in themes for h in t.holders if h.topic in (before.topics or (None,))]
    for action in (plan.by_code[code] for code in before.filters.codes):
        people.append(action.holder or plan.theme_by_code[action.theme].holder)
    named = tuple(dict.fromkeys(p for p in people if p))
    if not named or names_other(turn):
        return None
    show = Show.COUNT if s.has("count") else Show.ACTIONS
    select = select_of(s, None)
    if select in (None, Select.ACTIVE):
        select = Select.ALL
    return replace(
        turn.base, intent=Intent.ASK, show=show, select=select, filters=Filters(people=named), inherited=("people",)
    )


def _reported(turn: Turn, read: Read) -> Question | None:
    """*Die is klaar in Druten*, *de derde is klaar*: a status report about an action of the answer before."""
    if turn.slots.codes or turn.target.codes:
        return None
    codes = _counted(turn)
    about = turn.before.filters.codes
    if not codes and turn.s.has("pronoun"):
        codes = about or turn.context.codes
    elif not codes and len(about) == 1 and (turn.slots.municipalities or turn.slots.period or _puts(turn.s)):
        codes = about  # *afgerond in Druten*, *vertraagd tot Q2*: told of the action that was looked at
    if not codes or len(codes) > CHOICES:
        return None

    def read_about(text: str) -> Parts:
        s, slots, target = read(text)
        slots.codes = slots.codes or list(codes)
        return s, slots, target

    report = reported_update(read_about(turn.s.text), read_about)
    if report is None:
        return None
    update, choices = report
    if len(codes) > 1 and not _counted(turn):
        update, choices = replace(update, codes=()), codes  # *that one is finished*: which of those listed?
    return replace(turn.base, intent=Intent.UPDATE, update=update, choices=choices, inherited=("codes",))


def _picked(turn: Turn, codes: tuple[str, ...]) -> Question:
    before, base = turn.before, turn.base
    if before.intent is Intent.UPDATE:
        update = replace(before.update or ReportedUpdate(), codes=codes)
        return replace(base, intent=Intent.UPDATE, update=update, inherited=("update",))
    said = show_of(turn.s)
    show = said or (before.show if before.choices else Show.DETAIL)
    if show not in (*ABOUT_ONE, Show.WHO):
        show = Show.DETAIL
    places = tuple(turn.slots.municipalities) or before.filters.municipalities
    filters = Filters(codes=codes, municipalities=places)
    inherited = ("show",) if before.choices and not said else ()
    return replace(base, intent=Intent.ASK, show=show, filters=filters, inherited=(*inherited, "codes"))


def _refers_back(turn: Turn) -> bool:
    s, slots = turn.s, turn.slots
    left = [*left_over(s, turn.target), *(i for i in s.of_kind("generic") if i not in turn.target.words)]
    named = slots.filters_something or slots.period is not None or bool(slots.every) or bool(turn.target.codes)
    told = select_of(s, slots.period) is not None or show_of(s) is not None
    opened = s.has("correct") or any(_opens(s, m.start, sign) for sign in _OPENERS for m in s.signs.get(sign, ()))
    if len(left) > 1 or (left and not (opened and named)) or _is_about_else(turn):
        return False
    if opened:
        asked_of = s.has("what") and (s.has("pronoun") or (slots.statuses and not names_actions(turn)))
        whole = turn.fragment or told or s.has("correct") or slots.every or asked_of
        return bool(named and whole) or ((told or is_open(s)) and not left)
    if s.has("same") or (s.has("among") and not (slots.codes or (turn.target.codes and turn.target.sure))):
        return named or told
    own = bool(slots.themes or slots.codes or slots.people or slots.partners or turn.target.codes or slots.topics)
    if s.has("pronoun") and not own and not s.has(*_STANDALONE):
        return named or told
    if slots.every and not told and not s.has("action", "list"):
        return True
    of_one = len(turn.before.filters.codes) == 1 and s.has("updated", "history", "partners", "excepted", "goals")
    if not own and not s.has("action", "plan") and (of_one or _which_of_them(s)):
        return True
    if s.has(*_STANDALONE):
        return False
    if not told and not s.has("what", "who", "count", "doing", "must"):
        return turn.fragment and (named or is_open(s))
    asks = s.has("what") or (s.has("define") and not s.has("deadline"))
    return told and (not named or (_narrows(turn) and not left)) and len(s.words) <= _SHORT and not asks


def _narrows(turn: Turn) -> bool:
    """*Dit jaar af*: which of those before, by a time and nothing else."""
    slots, s = turn.slots, turn.s
    others = slots.filters_something or turn.target.codes or s.has(*_OWN)
    return slots.period is not None and show_of(s) is None and not others


def _is_about_else(turn: Turn) -> bool:
    """*De was is klaar*: tells of a thing of its own."""
    s = turn.s
    phrase = bool(s.words) and s.words[0].token.word in turn.determiners and not s.has("pronoun", "among", "same")
    return (
        phrase and s.has("be", "will") and not (turn.target.codes or turn.slots.themes or s.has("action", "deadline"))
    )


def _opens(s: Sentence, at: int, sign: str) -> bool:
    """Whether a sign stands in front; *doe maar alleen …* does too, *and* only as the very first word."""
    if at <= 1 and (at == 0 or sign != "and"):
        return True
    before = {i for filler in _FILLERS for m in s.signs.get(filler, ()) for i in range(m.start, m.end)}
    return sign != "and" and all(i in before or s.words[i].kind == "stop" for i in range(at))


def _which_of_them(s: Sentence) -> bool:
    """*Welke lopen vertraging op*: which, and a verb where the noun would stand."""
    if s.at("which") != 0:
        return False
    following = [m for m in s.matches if m.start == 1]
    return any(
        e.kind in ("status", "reported") or (e.kind == "sign" and e.value in _VERBS)
        for m in following
        for e in m.entries
    )
