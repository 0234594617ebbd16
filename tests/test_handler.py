"""What the bot does with what arrives, over real HTTP, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from bot.turns import Outcome, Turn
from tests.activities import BOT, activity, execute, in_channel, installed, message, submit
from tests.connector import Misbehaviour, running_connector
from tests.rig import Bot, running_bot, running_world
from uvp.errors import DatabaseUnavailable
from uvp.storage.store import Store


@pytest.fixture
async def bot(store: Store) -> AsyncIterator[Bot]:
    async with running_world(store) as made:
        yield made


def url(bot: Bot) -> str:
    return bot.connector.url


async def test_a_question_is_answered_with_a_card_and_the_same_in_words(bot: Bot) -> None:
    await bot.say(message("wat is te laat", url(bot)))
    (sent,) = bot.connector.messages
    assert "OND-01" in sent.words
    assert sent.card is not None
    assert "OND-01" in str(sent.card)


async def test_an_answer_is_a_reply_in_the_conversation_it_was_asked_in(bot: Bot) -> None:
    asked = message("wat is te laat", url(bot))
    await bot.say(asked)
    (sent,) = bot.connector.messages
    assert (sent.conversation, sent.activity_id) == (asked["conversation"]["id"], asked["id"])
    assert sent.body["recipient"]["id"] == asked["from"]["id"]


async def test_an_answer_in_a_channel_stays_in_its_thread(bot: Bot) -> None:
    await bot.say(in_channel("wat is te laat", url(bot), thread="17"))
    (sent,) = bot.connector.messages
    assert sent.conversation == "19:iv@thread.tacv2;messageid=17"
    assert "OND-01" in sent.words


MENTIONED = {"type": "mention", "text": "<at>UVP</at>", "mentioned": {"id": BOT, "name": "UVP"}}
WRITTEN = [
    "<at>UVP</at> wat is te laat",
    "<at>UVP</at>&nbsp;wat is te laat",
    "wat is\u00a0te laat <at>UVP</at>",
    "<at>UVP</at><at>UVP</at> wat is te laat",
    "<at>UVP</at>\r\n\r\nwat is  te laat\n",
    "  wat <at>is</at> te laat",
    '<at id="0">UVP</at> wat is te laat',
]


@pytest.mark.parametrize("text", WRITTEN)
async def test_mentions_and_markup_do_not_stand_between_the_words(bot: Bot, text: str) -> None:
    entities = [MENTIONED, {"type": "mention", "text": '<at id="0">UVP</at>', "mentioned": {"id": BOT}}]
    assert "OND-01" in await bot.say(message(text, url(bot), entities=entities))


async def test_a_follow_up_refers_to_the_question_before_it(bot: Bot) -> None:
    await bot.say(message("wat is te laat", url(bot)))
    assert "OND-01" in await bot.say(message("en nu", url(bot)))


async def test_everybody_in_a_channel_has_a_conversation_of_their_own(bot: Bot) -> None:
    await bot.say(in_channel("wat is te laat", url(bot), who=1))
    assert "OND-01" not in await bot.say(in_channel("en nu", url(bot), who=2))
    assert "OND-01" in await bot.say(in_channel("en nu", url(bot), who=1, thread="18"))


async def test_what_was_asked_is_forgotten_after_a_day(bot: Bot) -> None:
    await bot.say(message("wat is te laat", url(bot)))
    bot.clock.move(hours=23)
    assert "OND-01" in await bot.say(message("en nu", url(bot)))
    bot.clock.move(hours=25)
    assert "OND-01" not in await bot.say(message("en nu", url(bot)))


async def test_a_restart_forgets_nothing(store: Store) -> None:
    async with running_connector() as connector:
        async with running_bot(store, connector) as first:
            await first.say(message("wat is te laat", connector.url))
        async with running_bot(store, connector) as second:
            assert "OND-01" in await second.say(message("en nu", connector.url))


async def test_an_activity_sent_again_is_answered_once(bot: Bot) -> None:
    asked = message("wat is te laat", url(bot))
    assert await bot.say(asked)
    assert await bot.say(asked) == ""


async def test_an_activity_sent_to_two_processes_at_once_is_answered_once(store: Store) -> None:
    async with AsyncExitStack() as stack:
        connector = await stack.enter_async_context(running_connector())
        bots = [await stack.enter_async_context(running_bot(store, connector)) for _ in range(2)]
        for number in range(10):
            asked = message("wat is te laat", connector.url, who=number)
            await asyncio.gather(*(bot.post(asked) for bot in bots))
        assert len(connector.messages) == 10


async def test_messages_without_an_id_cannot_be_told_apart_and_are_all_answered(bot: Bot) -> None:
    asked = message("wat is te laat", url(bot), id=None)
    assert await bot.say(asked)
    assert await bot.say(asked)


async def test_turns_of_one_person_are_handled_in_the_order_in_which_they_came(bot: Bot) -> None:
    bot.connector.plan.append(Misbehaviour(delay=0.2))
    first = asyncio.create_task(bot.post(message("wat is te laat", url(bot))))
    await asyncio.sleep(0.05)
    await bot.post(message("alles", url(bot)))
    await first
    assert ["OND-02" in call.words for call in bot.connector.messages] == [False, True]


async def test_a_slow_answer_to_one_does_not_hold_up_another(bot: Bot) -> None:
    bot.connector.plan.append(Misbehaviour(delay=5))
    slow = asyncio.create_task(bot.post(message("wat is te laat", url(bot), who=1)))
    await asyncio.sleep(0.05)
    await bot.post(message("wat is te laat", url(bot), who=2))
    assert not slow.done()
    slow.cancel()


async def test_two_processes_that_change_a_conversation_at_once_lose_nothing(store: Store) -> None:
    """The one that comes second decides anew, on what the first one left."""
    meeting = asyncio.Barrier(2)

    async def count(turn: Turn) -> Outcome:
        if meeting.n_waiting < 2 and not meeting.broken and not turn.state.get("count"):
            await meeting.wait()
        number = turn.state.get("count", 0) + 1
        return Outcome(str(number), state={**turn.state, "count": number})

    async with AsyncExitStack() as stack:
        connector = await stack.enter_async_context(running_connector())
        bots = [
            await stack.enter_async_context(running_bot(store, connector, verbs={"count": count})) for _ in range(2)
        ]
        await asyncio.gather(*(bot.post(submit({"do": "count"}, connector.url)) for bot in bots))
        assert sorted(call.words for call in connector.messages) == ["1", "2"]


NONSENSE = [
    "\U0001f600\U0001f389",
    "مرحبا ما هو المتأخر",
    "\u202eetaal et si taw",
    "x",
    "?" * 300,
    "a\x00b",
    "\ufeff",
    "\u200b",
]


@pytest.mark.parametrize("text", NONSENSE)
async def test_whatever_is_said_gets_a_sensible_reply_and_the_next_message_works(bot: Bot, text: str) -> None:
    assert await bot.say(message(text, url(bot)))
    assert "OND-01" in await bot.say(message("wat is te laat", url(bot)))


@pytest.mark.parametrize("text", [None, "", "   ", "<at>UVP</at>", "&nbsp;"])
async def test_saying_nothing_gets_what_the_bot_can_do(bot: Bot, text: str | None) -> None:
    await bot.say(message(text, url(bot), entities=[MENTIONED]))
    assert bot.connector.messages[-1].card is not None


async def test_a_very_long_message_is_told_so(bot: Bot) -> None:
    assert "4000" in await bot.say(message("wat is te laat " * 1000, url(bot)))


async def test_being_added_is_answered_with_a_welcome_and_buttons_that_ask(bot: Bot) -> None:
    await bot.say(installed(url(bot)))
    (sent,) = bot.connector.messages
    assert sent.words
    assert "'do': 'ask'" in str(sent.card)


async def test_the_welcome_is_in_the_language_of_the_client(bot: Bot) -> None:
    dutch = await bot.say(installed(url(bot), who=1))
    english = await bot.say(installed(url(bot), who=2, locale="en-GB"))
    assert dutch
    assert english
    assert dutch != english


async def test_one_installation_gets_one_welcome_however_often_it_is_told(bot: Bot) -> None:
    assert await bot.say(installed(url(bot)))
    assert await bot.say(activity("installationUpdate", url(bot), action="add")) == ""


async def test_installing_again_after_removal_gets_a_new_welcome(bot: Bot) -> None:
    await bot.say(installed(url(bot)))
    await bot.say(activity("installationUpdate", url(bot), action="remove"))
    assert await bot.say(installed(url(bot)))


IGNORED: dict[str, dict[str, Any]] = {
    "another bot": {"kind": "message", "text": "wat is te laat", "from": {"id": "28:other", "name": "Bot"}},
    "an edit": {"kind": "messageUpdate", "text": "wat is te laat"},
    "a deletion": {"kind": "messageDelete"},
    "a reaction": {"kind": "messageReaction", "reactionsAdded": [{"type": "like"}]},
    "typing": {"kind": "typing"},
    "somebody else who joins": {"kind": "conversationUpdate", "membersAdded": [{"id": "29:other"}]},
    "a renamed channel": {"kind": "conversationUpdate", "channelData": {"eventType": "channelRenamed"}},
    "an event": {"kind": "event", "name": "application/vnd.microsoft.meetingStart"},
    "the end": {"kind": "endOfConversation"},
    "something new": {"kind": "hologram"},
}


@pytest.mark.parametrize("given", IGNORED.values(), ids=IGNORED.keys())
async def test_what_asks_for_nothing_gets_nothing(bot: Bot, given: dict[str, Any]) -> None:
    assert await bot.say(activity(service_url=url(bot), **given)) == ""


async def test_a_pressed_question_is_asked_as_if_typed(bot: Bot) -> None:
    assert "OND-01" in await bot.say(submit({"do": "ask", "text": "wat is te laat"}, url(bot)))
    assert "OND-01" in await bot.say(message("en nu", url(bot)))


async def test_an_executed_question_is_answered_by_a_message_and_a_line_at_the_card(bot: Bot) -> None:
    status, answer = await bot.post(execute({"do": "ask", "text": "wat is te laat"}, url(bot)))
    assert (status, answer["statusCode"], answer["type"]) == (200, 200, "application/vnd.microsoft.activity.message")
    assert isinstance(answer["value"], str)
    assert "OND-01" in bot.connector.messages[0].words


async def test_an_executed_question_that_is_sent_again_is_answered_once(bot: Bot) -> None:
    pressed = execute({"do": "ask", "text": "wat is te laat"}, url(bot))
    for _ in range(2):
        status, answer = await bot.post(pressed)
        assert (status, answer["statusCode"]) == (200, 200)
    assert len(bot.connector.messages) == 1


async def test_an_executed_verb_that_replaces_its_card_answers_with_the_card(store: Store) -> None:
    async def turn_over(_: Turn) -> Outcome:
        return Outcome("de achterkant", {"type": "AdaptiveCard", "body": []}, replace=True)

    async with running_world(store, verbs={"turn": turn_over}) as bot:
        _, answer = await bot.post(execute({"do": "turn"}, url(bot)))
        assert (answer["type"], answer["value"]["type"]) == ("application/vnd.microsoft.card.adaptive", "AdaptiveCard")
        assert bot.connector.messages == []
        await bot.say(submit({"do": "turn"}, url(bot)))
        (sent,) = bot.connector.messages
        assert (sent.method, sent.activity_id) == ("PUT", "card-1")


async def test_a_verb_may_stand_in_the_verb_of_the_action_alone(store: Store) -> None:
    async def ping(_: Turn) -> Outcome:
        return Outcome("pong")

    async with running_world(store, verbs={"ping": ping}) as bot:
        value = {"action": {"type": "Action.Execute", "verb": "ping", "data": {"field": "x"}}}
        _, answer = await bot.post(execute({}, url(bot), value=value))
        assert answer["value"] == "pong"


UNREADABLE = [
    {"do": "unknown"},
    {"do": "ask"},
    {"do": "ask", "text": 5},
    {"do": ["ask"]},
    {"do": "page", "q": "?"},
    {"x": 1},
]


@pytest.mark.parametrize("data", UNREADABLE, ids=str)
async def test_a_button_that_is_not_ours_gets_a_word_about_it(bot: Bot, data: dict[str, object]) -> None:
    status, answer = await bot.post(execute(data, url(bot)))
    assert (status, answer["statusCode"]) == (200, 200)
    assert "knop" in answer["value"]
    assert "knop" in await bot.say(submit(data, url(bot)))


MALFORMED: list[object] = [
    None,
    "x",
    5,
    [],
    {},
    {"action": None},
    {"action": "x"},
    {"action": {}},
    {"action": {"data": [1]}},
]


@pytest.mark.parametrize("value", MALFORMED, ids=str)
async def test_a_malformed_press_is_answered_400_as_the_protocol_has_it(bot: Bot, value: object) -> None:
    status, answer = await bot.post(execute(None, url(bot), value=value))
    assert (status, answer["statusCode"], answer["type"]) == (400, 400, "application/vnd.microsoft.error")


@pytest.mark.parametrize(
    "name", ["task/fetch", "composeExtension/query", "application/search", "signin/verifyState", None]
)
async def test_an_invoke_that_is_not_offered_is_answered_501(bot: Bot, name: str | None) -> None:
    status, _ = await bot.post(activity("invoke", url(bot), name=name, value={}))
    assert status == 501


async def test_a_turn_that_fails_says_sorry_with_a_number_that_stands_in_the_log(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    said = await bot.say(message("stuk", url(bot)))
    (record,) = [r for r in caplog.records if r.message == "turn failed"]
    assert "Sorry" in said
    assert record.__dict__["reference"] in said
    assert record.exc_info is not None
    assert "stuk" not in record.getMessage()


async def test_sorry_is_said_in_the_language_of_the_client(bot: Bot) -> None:
    assert "administrator" in await bot.say(message("stuk", url(bot), locale="en-US"))


async def test_a_press_that_fails_says_sorry_at_the_card(store: Store) -> None:
    async def fail(_: Turn) -> Outcome:
        raise RuntimeError

    async with running_world(store, verbs={"fail": fail}) as bot:
        status, answer = await bot.post(execute({"do": "fail"}, url(bot)))
        assert (status, answer["statusCode"]) == (200, 200)
        assert "Sorry" in answer["value"]


async def test_a_database_that_cannot_be_used_is_said_so_and_the_message_counts_when_it_comes_again(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def locked(*_: object, **__: object) -> None:
        raise DatabaseUnavailable("locked")

    asked = message("wat is te laat", url(bot))
    with monkeypatch.context() as broken:
        broken.setattr(bot.state, "finish_turn", locked)
        assert "gegevens" in await bot.say(asked)
    assert "OND-01" in await bot.say(asked)


@pytest.mark.parametrize("status", [403, 404, 429, 500, 503])
async def test_an_answer_that_is_not_delivered_makes_teams_send_again_and_is_then_delivered(
    bot: Bot, status: int
) -> None:
    bot.connector.plan.append(Misbehaviour(status=status, code="ServiceError"))
    asked = message("wat is te laat", url(bot))
    answered, _ = await bot.post(asked)
    assert answered == 502
    assert "OND-01" in await bot.say(asked)


async def test_an_answer_that_is_too_big_for_teams_is_said_so_in_a_sentence(bot: Bot) -> None:
    bot.connector.plan.append(Misbehaviour(status=413))
    assert "Sorry" in await bot.say(message("wat is te laat", url(bot)))


async def test_a_fast_answer_shows_no_typing(bot: Bot) -> None:
    await bot.say(message("wat is te laat", url(bot)))
    assert [call.body["type"] for call in bot.connector.calls] == ["message"]


@pytest.mark.parametrize(("place", "sent"), [("personal", ["typing", "message"]), ("channel", ["message"])])
async def test_a_slow_answer_shows_typing_first_but_not_in_a_channel(store: Store, place: str, sent: list[str]) -> None:
    async def think(_: Turn) -> Outcome:
        await asyncio.sleep(0.9)
        return Outcome("klaar")

    async with running_world(store, verbs={"think": think}) as bot:
        conversation = {"conversationType": place, "id": "19:iv@thread.tacv2;messageid=17", "isGroup": True}
        await bot.say(submit({"do": "think"}, url(bot), conversation=conversation))
        assert [call.body["type"] for call in bot.connector.calls] == sent


async def test_where_a_channel_can_be_reached_is_kept_with_the_newest_address(bot: Bot) -> None:
    await bot.say(in_channel("wat is te laat", url(bot), who=3))
    (kept,) = (await bot.state.references()).values()
    assert (kept["conversation"], kept["team"]) == ("19:iv@thread.tacv2", "19:general@thread.tacv2")
    assert (kept["service_url"], kept["bot"], kept["person"]) == (url(bot), BOT, None)


async def test_where_a_person_can_be_reached_is_kept_and_forgotten_when_the_bot_is_removed(bot: Bot) -> None:
    await bot.say(installed(url(bot), who=4))
    (kept,) = (await bot.state.references()).values()
    assert kept["object_id"] == "11111111-2222-3333-4444-000000000004"
    await bot.say(activity("installationUpdate", url(bot), who=4, action="remove"))
    assert await bot.state.references() == {}
