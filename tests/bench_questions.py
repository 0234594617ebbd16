"""How long reading a question takes: ``python -m tests.bench_questions``.

Three tables: the corpora on the shipped plan beside dateparser's own search, hostile texts, and a plan of 10,000
actions. Times are of one core, the best of five for each sentence, so that other work on the machine does not count.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from time import perf_counter

from dateparser.search import search_dates

from tests.question_corpus import FAMILIES, cases, plan, reader
from uvp.language import question_data
from uvp.plan import Plan
from uvp.questions import Reader

TODAY = date(2026, 11, 24)
MANY = 10_000
HOSTILE = {
    "10,000 words": "welke actie is te laat bij zorg " * 1_500,
    "a million spaces": " " * 1_000_000 + "wat is te laat",
    "one word of 100,000 letters": "a" * 100_000,
    "10,000 unknown words": " ".join(f"xq{i}z" for i in range(10_000)),
    "100,000 brackets": "(" * 50_000 + ")" * 50_000,
    "a megabyte": "wat " * 250_000,
}


def milliseconds(work: Callable[[str], object], text: str, times: int = 5) -> float:
    """The best of so many times."""
    best = float("inf")
    for _ in range(times):
        start = perf_counter()
        work(text)
        best = min(best, perf_counter() - start)
    return best * 1000


def line(name: str, found: list[float]) -> str:
    """Median, 99th percentile and most, in milliseconds."""
    found.sort()
    return f"{name:32}{found[len(found) // 2]:10.3f}{found[int(len(found) * 0.99)]:10.3f}{found[-1]:10.3f}\n"


def big(shipped: Plan) -> Plan:
    """The plan with its actions repeated under other codes and titles until there are ``MANY``."""
    actions = list(shipped.actions)
    for number in range(MANY - len(actions)):
        action = shipped.actions[number % len(shipped.actions)]
        prefix = action.code.partition("-")[0]
        actions.append(replace(action, code=f"{prefix}-{number + 100}", title=f"{action.title} deel{number}", words=()))
    return replace(shipped, actions=tuple(actions))


def main() -> None:
    """Prints the tables."""
    said = [case.turns[0] for family in FAMILIES for case in cases(family)]
    sys.stdout.write(f"{len(said)} sentences, ms{'':16}{'median':>10}{'p99':>10}{'most':>10}\n")
    sys.stdout.write(line("reading", [milliseconds(lambda t: reader().read(t, TODAY), text) for text in said]))
    few = said[::20]
    dates = [milliseconds(lambda t: search_dates(t, languages=["nl", "en"]), text, 1) for text in few]
    sys.stdout.write(line(f"dateparser search (of {len(few)})", dates))
    for name, text in HOSTILE.items():
        sys.stdout.write(f"{name:32}{milliseconds(lambda t: reader().read(t, TODAY), text):10.3f}\n")
    start = perf_counter()
    many = Reader(question_data(), big(plan()))
    sys.stdout.write(f"{MANY} actions: built in {perf_counter() - start:.2f} s\n")
    sys.stdout.write(line("reading", [milliseconds(lambda t: many.read(t, TODAY), text, 2) for text in said]))


if __name__ == "__main__":
    main()
