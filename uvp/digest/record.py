"""A digest as plain data, for scripts."""

from __future__ import annotations

from typing import Any

from uvp.digest.content import Digest
from uvp.updates import Update


def as_record(digest: Digest, text: str) -> dict[str, Any]:
    """What ``app.py digest --json`` prints; ``text`` is the digest in words."""
    return {
        "week": str(digest.week),
        "at": digest.at.isoformat(),
        "total": digest.total,
        "numbers": {n.name: {"now": n.now, "before": n.before, "change": n.change} for n in digest.numbers},
        "newly_overdue": list(digest.newly_overdue),
        "overdue": list(digest.overdue),
        "soon": list(digest.soon),
        "quarter": list(digest.quarter),
        "updated": [_update(update) for update in digest.updated],
        "stale": list(digest.stale),
        "cycles": [
            {
                "code": c.code,
                "recurrence": c.recurrence,
                "start": str(c.window.start),
                "end": str(c.window.end),
                "updated": c.updated and str(c.updated),
            }
            for c in digest.cycles
        ],
        "mentions": [{"name": m.person.name, "id": m.person.id, "codes": list(m.codes)} for m in digest.mentions],
        "quiet": digest.quiet,
        "text": text,
    }


def _update(update: Update) -> dict[str, Any]:
    return {
        "code": update.code,
        "status": str(update.status),
        "municipality": update.municipality,
        "by": update.by,
        "at": update.at.isoformat(),
        "note": update.note,
    }
