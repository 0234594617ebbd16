"""Commands about digests and what is delivered."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from uvp.commands.options import Workplace, database, today_option
from uvp.delivery.listing import outbox_lines
from uvp.digest.commandline import digest_lines, send_lines
from uvp.digest.week import NotAWeek, Week
from uvp.updates import local_day


class WeekOption(click.ParamType[Week]):
    """An ISO week as 2026-W48."""

    name = "week"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Week:
        """The week, or a usage error."""
        if isinstance(value, Week):
            return value
        try:
            return Week.parse(value)
        except NotAWeek as error:
            self.fail(str(error), param, ctx)


@click.command()
@click.option("--week", type=WeekOption(), metavar="2026-W48", help="Which week, as it was; default: this one.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for scripts.")
@click.option("--send", is_flag=True, help="Give it to every place that has it switched on; the running bot delivers.")
@database
@today_option
@click.pass_obj
def digest(desk: Workplace, week: Week | None, as_json: bool, send: bool, db: str | None, today: date | None) -> None:
    """Show the weekly digest, or with --send let it go out where it has not yet arrived."""
    now = desk.now(today)
    wanted = week or Week.of(local_day(now))
    if send:
        outcome = desk.run(db, lambda store: send_lines(desk.subscriptions(store), desk.outbox(store), wanted, now))
    else:
        wording = desk.digest_wording()
        outcome = desk.run(db, lambda store: digest_lines(store.snapshot, wording, wanted, as_json))
    click.echo("\n".join(outcome))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a message, for scripts.")
@click.option("--all", "everything", is_flag=True, help="Also what has arrived.")
@click.option("--again", type=int, metavar="ID", help="Post this one again, whether or not it has arrived.")
@click.option("--arrived", type=int, metavar="ID", help="This unknown one has arrived.")
@database
@today_option
@click.pass_obj
def outbox(
    desk: Workplace,
    as_json: bool,
    everything: bool,
    again: int | None,
    arrived: int | None,
    db: str | None,
    today: date | None,
) -> None:
    """Show what is to be delivered and what did not arrive, or decide about one message."""
    now = desk.now(today)
    shown = desk.run(db, lambda store: outbox_lines(desk.outbox(store), now, again, arrived, as_json, everything))
    click.echo("\n".join(shown))
