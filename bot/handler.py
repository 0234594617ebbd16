"""What arrives and what is done about it."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace

from botbuilder.core import TurnContext

from bot.connector import ConnectorError, Rejected, TooLarge
from bot.incoming import Incoming, Kind, read
from bot.places import Places, place_key
from bot.replies import card_answer, malformed_answer, message_answer, reply, typing
from bot.talk import Talk
from bot.turns import Outcome, Turn, Turns
from bot.words import Words
from uvp.errors import DatabaseUnavailable

log = logging.getLogger(__name__)

TYPING_SECONDS = 0.7

Verb = Callable[[Turn], Awaitable[Outcome | None]]
"""What a button does, by the ``do`` of its data; None when the data is not what the verb's own buttons send."""

Joined = Callable[[Incoming], Awaitable[Outcome | None]]
"""What is done when the bot was installed somewhere; there may be something to say about it."""


class Handler:
    """Sends each activity where it belongs. ``verbs`` adds buttons to *ask* and *page*; ``joined`` is told where the
    bot was installed, and may have more to say there than the welcome; ``said`` hears messages before ``talk`` does.
    """

    def __init__(
        self,
        turns: Turns,
        talk: Talk,
        places: Places,
        words: Words,
        verbs: Mapping[str, Verb] | None = None,
        joined: Joined | None = None,
        said: Verb | None = None,
    ) -> None:
        self._turns = turns
        self._talk = talk
        self._places = places
        self._words = words
        self._verbs: Mapping[str, Verb] = {"ask": talk.ask, "page": talk.page, **(verbs or {})}
        self._joined = joined
        self._said: Verb = said or talk.said

    async def __call__(self, context: TurnContext, incoming: Incoming) -> None:
        """One turn. An invoke that is not dealt with here is answered 501 by the adapter."""
        match incoming.kind:
            case Kind.MESSAGE:
                await self._places.note(incoming)
                await self._say(context, incoming, self._said)
            case Kind.PRESS:
                await self._places.note(incoming)
                await self._say(context, incoming, self._pressed)
            case Kind.EXECUTE:
                await self._places.note(incoming)
                await self._execute(context, incoming)
            case Kind.INSTALLED:
                await self._install(context, incoming)
            case Kind.REMOVED:
                await self._places.forget(incoming)
                await self._turns.reopen(_welcome(incoming))
            case Kind.INVOKE | Kind.OTHER:
                pass

    async def failed(self, context: TurnContext, error: Exception) -> None:
        """The adapter's ``on_turn_error``: says sorry with a number that stands in the log beside the cause."""
        reference = secrets.token_hex(3).upper()
        activity = context.activity
        log.error(
            "turn failed",
            exc_info=error,
            extra={"reference": reference, "kind": activity.type, "activity": activity.id},
        )
        if isinstance(error, ConnectorError) and not isinstance(error, TooLarge | Rejected):
            # The way out is closed; Teams gets a failure and sends the activity again.
            raise error
        incoming = read(activity, None)
        name = "database" if isinstance(error, DatabaseUnavailable) else "error"
        text = self._words(incoming.language, name, reference=reference)
        await context.send_activity(message_answer(text) if incoming.kind is Kind.EXECUTE else reply(text))

    async def _say(self, context: TurnContext, incoming: Incoming, decide: Verb) -> None:
        async def deliver(outcome: Outcome) -> None:
            await _deliver(context, incoming, outcome)

        async with _typing(context, incoming):
            await self._turns.take(incoming, context, self._sure(decide), deliver)

    async def _execute(self, context: TurnContext, incoming: Incoming) -> None:
        """A press that is answered in its response: by the card in its place, or by a line and a new message."""
        if not incoming.data:
            await context.send_activity(malformed_answer(self._words(incoming.language, "malformed")))
            return

        async def deliver(outcome: Outcome) -> None:
            if outcome.replace and outcome.card is not None:
                if outcome.everybody:
                    await _show_everybody(context, outcome)
                await context.send_activity(card_answer(outcome.card))
            elif outcome.card is None:
                await context.send_activity(message_answer(outcome.text))
            else:
                await context.send_activity(reply(outcome.text, outcome.card))
                await context.send_activity(message_answer(self._words(incoming.language, "below")))

        if not await self._turns.take(incoming, context, self._sure(self._pressed), deliver):
            await context.send_activity(message_answer(self._words(incoming.language, "again")))

    async def _pressed(self, turn: Turn) -> Outcome | None:
        verb = self._verbs.get(str(turn.incoming.data.get("do")))
        return await verb(turn) if verb else None

    def _sure(self, decide: Verb) -> Callable[[Turn], Awaitable[Outcome]]:
        """A decision that always has an outcome: for a button of an old or foreign card, a word about that."""

        async def decided(turn: Turn) -> Outcome:
            outcome = await decide(turn)
            return outcome or Outcome(self._words(turn.incoming.language, "button"))

        return decided

    async def _install(self, context: TurnContext, incoming: Incoming) -> None:
        """Says hello once: Teams tells of an installation in two ways, and sometimes twice."""
        await self._places.note(incoming)
        more = await self._joined(incoming) if self._joined else None

        async def decide(_: Turn) -> Outcome:
            return self._talk.welcome(incoming.language)

        async def deliver(outcome: Outcome) -> None:
            for said in filter(None, (outcome, more)):
                await context.send_activity(reply(said.text, said.card))

        await self._turns.take(_welcome(incoming), context, decide, deliver)


def _welcome(incoming: Incoming) -> Incoming:
    """Stands for all activities that tell of the same installation."""
    return replace(incoming, id=f"welcome|{place_key(incoming)}")


async def _show_everybody(context: TurnContext, outcome: Outcome) -> None:
    """Replaces the pressed card in the conversation: the answer to a press is seen only by who pressed."""
    sent = reply(outcome.text, outcome.card)
    sent.id = context.activity.reply_to_id
    if not sent.id:
        return
    try:
        await context.update_activity(sent)
    except ConnectorError as error:
        # Who pressed gets the card all the same, and any button of the old one says what has happened since.
        log.warning("a card was not replaced for everybody", extra={"cause": str(error)})


async def _deliver(context: TurnContext, incoming: Incoming, outcome: Outcome) -> None:
    """A new message, or the pressed card replaced for everybody."""
    sent, pressed = reply(outcome.text, outcome.card), context.activity.reply_to_id
    if outcome.replace and incoming.kind is Kind.PRESS and pressed:
        sent.id = pressed
        await context.update_activity(sent)
    else:
        await context.send_activity(sent)
    if outcome.then is not None:
        await _deliver(context, incoming, outcome.then)


@asynccontextmanager
async def _typing(context: TurnContext, incoming: Incoming) -> AsyncIterator[None]:
    """Shows that an answer is coming when it takes longer than people wait without a sign."""
    if incoming.place == "channel":
        # Teams shows no such sign in a channel, and the Playground shows no answer any more once it got one there.
        yield
        return
    loop, tasks = asyncio.get_running_loop(), []

    def start() -> None:
        tasks.append(loop.create_task(_send_typing(context)))

    timer = loop.call_later(TYPING_SECONDS, start)
    try:
        yield
    finally:
        timer.cancel()
        for task in tasks:
            await task


async def _send_typing(context: TurnContext) -> None:
    try:
        await context.send_activity(typing())
    except ConnectorError as error:
        # A sign only; whether the answer itself can be sent shows when it is.
        log.info("typing was not delivered", extra={"cause": str(error)})
