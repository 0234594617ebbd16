"""What picks from a list: an ordinal over the last answer, or one of the actions that were offered."""

from __future__ import annotations

from dataclasses import replace

from uvp.question import Filters, Intent, Question, ReportedUpdate, Show
from uvp.questions.actions import ActionIndex
from uvp.questions.meaning import show_of
from uvp.questions.sentence import Sentence
from uvp.questions.turn import ABOUT_ONE, Turn, names_actions, names_other
from uvp.questions.weighing import left_over


def chosen_of(turn: Turn, index: ActionIndex) -> Question | None:
    """*De tweede*, or the one of the choices that the text names."""
    s = turn.s
    if (some := _first_few(turn)) and not names_other(turn):
        return replace(
            turn.before,
            text=turn.base.text,
            reading=turn.base.reading,
            language=turn.base.language,
            show=Show.ACTIONS,
            choices=(),
            filters=replace(turn.before.filters, codes=some),
            inherited=("select",),
        )
    if not (turn.slots.period or left_over(s, turn.target) or s.of_kind("generic")) and (codes := counted(turn)):
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


def counted(turn: Turn) -> tuple[str, ...]:
    """The codes that ordinals (*de tweede*, *2*) mean among the choices or in the last list."""
    s = turn.s
    offered = turn.before.choices or turn.context.listed or turn.context.codes
    ordinals = [value for match, value in s.names("ordinal") if not _is_adjective(s, match.end)]
    first = s.following(0)
    told = s.following(1) in s.grammar.put_to or any(m.start == 1 for m in s.signs.get("be", ()))
    if first.isdigit() and len(first) < 3 and (len(s.words) == 1 or told):
        ordinals = [int(first)]
    if names_actions(turn):
        return ()
    return tuple(offered[n - 1 if n > 0 else n] for n in ordinals if -len(offered) <= n <= len(offered) and n)


def _first_few(turn: Turn) -> tuple[str, ...]:
    """*De eerste drie*, *the last 2*: that many from one end of the list."""
    offered = turn.before.choices or turn.context.listed or turn.context.codes
    for match, value in turn.s.names("ordinal"):
        said = turn.s.following(match.end)
        number = int(said) if said.isdigit() and len(said) < 3 else int(turn.lexicon.numbers.get(said, 0))
        if value in (1, -1) and number > 1 and turn.before.intent is Intent.ASK:
            return offered[:number] if value == 1 else offered[-number:]
    return ()


def _is_adjective(s: Sentence, at: int) -> bool:
    """Whether an ordinal that ends here says which update or start is meant, not which action (*de laatste update*)."""
    return any(m.start == at for sign in ("updated", "history", "starting") for m in s.signs.get(sign, ()))


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
