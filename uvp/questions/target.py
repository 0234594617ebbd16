"""Which action or term a sentence is about, beside the names it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from uvp.questions.actions import ActionIndex
from uvp.questions.lexicon import Lexicon
from uvp.questions.phrases import Match, covered
from uvp.questions.sentence import Sentence
from uvp.questions.slots import Alias, Slots

CHOICES = 6  # more actions than this are not offered as a choice


@dataclass(frozen=True, slots=True)
class Target:
    """Actions that fit equally well and the words that point at them.

    ``sure`` says that the words name an action (by its title or the words people use for it), ``distinct`` that this
    is no word of everyday language, ``general`` that the words say little, ``introduced`` that a preposition leads to
    them, ``partly`` that they only occur inside longer words. ``words`` are indexes of the words used; ``text`` is what
    to search for when a list is asked. ``of_party`` is the action that the name of a party stands for where nothing
    else does (*HALT is klaar*).
    """

    codes: tuple[str, ...] = ()
    words: frozenset[int] = frozenset()
    sure: bool = False
    text: str = ""
    distinct: bool = False
    general: bool = False
    introduced: bool = False
    of_party: tuple[str, ...] = ()
    partly: bool = False


def find_target(s: Sentence, slots: Slots, index: ActionIndex, lexicon: Lexicon) -> Target:
    """The actions that the words of a sentence point at, within the themes that it names."""
    target = _find(s, slots, index)
    if not target.codes:
        return target
    words = sorted(target.words)
    several, word = len(words) > 1, s.words[words[0]].token.word
    distinct = several or not lexicon.is_common(word)
    sure = target.sure and (several or not lexicon.is_of_party(word))  # *Zuid* names no action
    general = all(s.words[i].kind == "generic" for i in words)
    first = next((i for i in range(words[0] - 1, -1, -1) if s.words[i].token.word not in lexicon.connectors), -1)
    leads = {s.words[i].token.word for i in range(max(first, 0), words[0])}
    introduced = not leads.isdisjoint(lexicon.prepositions)
    return replace(target, sure=sure, distinct=distinct, general=general, introduced=introduced)


def _find(s: Sentence, slots: Slots, index: ActionIndex) -> Target:
    rest = s.of_kind("known", "generic")
    rest = sorted({*rest, *_also_names(s, bool(rest))})
    groups = [(m, codes) for m, codes in slots.aliases if not _is_theme(s, m.start)]
    if groups:
        return _by_alias(s, slots, groups, rest, index)
    if slots.topic_matches:
        return _by_topic(s, slots.topic_matches, index)
    parties = sorted(covered(m for m, _ in s.names("party")))
    if not rest:
        return (
            _of_office(s, index)
            or _of_lone_party(s, slots, index)
            or Target(of_party=_single(index, [s.words[i].key for i in parties]))
        )
    if not any(s.words[i].kind in ("known", "sign") for i in rest) and (
        slots.filters_something or not s.has("action", "thing", "list", "doing", "we", "plan")
    ):
        return Target()  # words that say little are searched for only where they are all there is
    if parties and (one := _single(index, [s.words[i].key for i in (*rest, *parties)])):
        return Target(one, frozenset((*rest, *parties)), True, " ".join(s.words[i].token.word for i in rest))
    found = index.find([s.words[i].key for i in rest], slots.themes)
    used = frozenset(i for i in rest if s.words[i].key in found.explained)
    text = " ".join(s.words[i].token.word for i in sorted(used))
    telling = any(s.words[i].kind != "generic" for i in used)
    return Target(found.codes, used, telling and (found.strongly or len(used) > 1), text, partly=found.partly)


def _single(index: ActionIndex, stems: Sequence[str]) -> tuple[str, ...]:
    """The only action that all the words point at."""
    found = index.find(stems)
    return found.codes if found.strongly and len(found.codes) == 1 and found.explained.issuperset(stems) else ()


def _of_lone_party(s: Sentence, slots: Slots, index: ActionIndex) -> Target | None:
    """*HALT wanneer*, *wie VNON*: a party and a word that asks, and nothing else, stand for its only action."""
    used = sorted(covered(m for m, _ in s.names("party")))
    asks = s.has("when", "asks_who") and not set(s.signs) - {"when", "who", "asks_who", "be"}
    led = any(s.following(i) in s.grammar.articles for i in s.of_kind("stop"))
    if not asks or led or len(slots.partners) != 1 or len(used) + len(s.of_kind("sign", "stop")) < len(s.words):
        return None
    one = index.only_with(slots.partners[0])
    return Target(one, frozenset(used), True, " ".join(s.words[i].token.word for i in used)) if one else None


def _of_office(s: Sentence, index: ActionIndex) -> Target | None:
    """*Een adviseur voor radicalisering*: the only action that has both an office and what names a theme."""
    offices = {m.start for m in s.signs.get("role", ())}
    used = offices | covered(m for m, _ in s.names("theme"))
    one = _single(index, [s.words[i].key for i in sorted(used)]) if offices and len(used) > len(offices) else ()
    return Target(one, frozenset(used), True, " ".join(s.words[i].token.word for i in sorted(used))) if one else None


def _by_alias(s: Sentence, slots: Slots, groups: Sequence[Alias], rest: Sequence[int], index: ActionIndex) -> Target:
    used = frozenset(covered(m for m, _ in groups))
    text = " ".join(s.words[i].token.word for i in sorted(used))
    common = set(groups[0][1]).intersection(*(codes for _, codes in groups[1:]))
    if not common and all(len(codes) == 1 for _, codes in groups):
        return Target(tuple(dict.fromkeys(codes[0] for _, codes in groups)), used, True, text)
    codes = [c for c in groups[0][1] if c in common] or list(dict.fromkeys(c for _, g in groups for c in g))
    if slots.themes and (inside := [c for c in codes if c.partition("-")[0] in slots.themes]):
        codes = inside
    if rest:
        narrowed = index.find([s.words[i].key for i in (*used, *rest)], among=codes)
        helped = {i for i in rest if s.words[i].key in narrowed.explained}
        if helped:
            codes, used = list(narrowed.codes), used | helped
            text = " ".join(s.words[i].token.word for i in sorted(used))
    return Target(tuple(codes), used, True, text)


def _by_topic(s: Sentence, matches: Sequence[Match], index: ActionIndex) -> Target:
    """What to search for where topics of portfolio holders are named: a topic is narrower than its theme."""
    spans = [range(m.start, m.end) for m in matches]
    codes = [code for span in spans for code in index.find([s.words[i].key for i in span]).codes]
    used = [i for span in spans for i in span]
    return Target(tuple(dict.fromkeys(codes)), frozenset(used), False, " ".join(s.words[i].token.word for i in used))


def _also_names(s: Sentence, among_others: bool) -> list[int]:
    """Words with a meaning of their own that also occur in what actions are called: *rapport*, *burgemeesters*.

    A title or office counts among other words of the plan only (*training voor burgemeesters*).
    """
    signs = ("title", "role", "report") if among_others else ("report",)
    named = [m.start for sign in signs for m in s.signs.get(sign, ()) if m.end - m.start == 1]
    return [*named, *(m.start for m in s.signs.get("title", ()) if _is_for(s, m))]


def _is_for(s: Sentence, title: Match) -> bool:
    """*Acties voor burgemeesters*: whom the actions are for, and not somebody's."""
    at = title.start - 1 - (s.following(title.start - 1) in s.grammar.articles)
    for_them = any(m.end == at for m in s.signs.get("action", ())) and s.following(at) in s.grammar.by
    return for_them and not (title.end < len(s.words) and s.words[title.end].kind == "name")


def _is_theme(s: Sentence, at: int) -> bool:
    """Whether the word also names a theme, which is then what people mean."""
    return any(m.start == at for m, _ in s.names("theme"))
