"""What the Bot Framework SDK asks of its surroundings, answered with our own connector and checks.

``CloudAdapterBase`` builds two msrest clients and an MSAL cache for each turn and fetches tokens and keys on the event
loop. These classes stand at its public extension points instead.
"""

# ruff: noqa: ARG002 -- the signatures are the SDK's

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botbuilder.schema import Activity, ConversationResourceResponse, ResourceResponse
from botframework.connector.auth import (
    AuthenticateRequestResult,
    AuthenticationConstants,
    BotFrameworkAuthentication,
    ClaimsIdentity,
    ConnectorFactory,
    UserTokenClient,
)

from bot.connector import Connector


class SignInNotOffered(Exception):
    """The bot signs nobody in; people are known by what Teams says of them."""


class Conversations:
    """The part of the SDK's connector client that its adapter calls, for one service address."""

    def __init__(self, connector: Connector, service_url: str) -> None:
        self._connector = connector
        self._url = service_url

    @property
    def conversations(self) -> Conversations:
        """The SDK looks for the operations under this name."""
        return self

    async def reply_to_activity(self, conversation_id: str, activity_id: str, activity: Activity) -> ResourceResponse:
        """Posts a reply. Raises ConnectorError."""
        return _sent(await self._connector.send(self._url, conversation_id, activity, activity_id))

    async def send_to_conversation(self, conversation_id: str, activity: Activity) -> ResourceResponse:
        """Posts at the end of a conversation. Raises ConnectorError."""
        return _sent(await self._connector.send(self._url, conversation_id, activity))

    async def update_activity(self, conversation_id: str, activity_id: str, activity: Activity) -> ResourceResponse:
        """Replaces a message. Raises ConnectorError."""
        return _sent(await self._connector.update(self._url, conversation_id, activity_id, activity))

    async def delete_activity(self, conversation_id: str, activity_id: str) -> None:
        """Takes a message away. Raises ConnectorError."""
        await self._connector.delete(self._url, conversation_id, activity_id)

    async def create_conversation(self, parameters: Any) -> ConversationResourceResponse:
        """Starts a conversation. Raises ConnectorError."""
        created = await self._connector.create(self._url, parameters)
        return ConversationResourceResponse(
            id=created.conversation_id, activity_id=created.activity_id, service_url=self._url
        )


def _sent(activity_id: str | None) -> ResourceResponse:
    return ResourceResponse(id=activity_id or "")


class Connectors(ConnectorFactory):  # type: ignore[misc]  # the SDK has no types
    """Gives the SDK its connector clients; a client holds nothing but the address."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def create(self, service_url: str, audience: str) -> Conversations:
        """The operations at an address."""
        return Conversations(self._connector, service_url)


class NoSignIn(UserTokenClient):  # type: ignore[misc]  # the SDK has no types
    """Stands where the SDK wants a client for tokens of users. Every call raises SignInNotOffered."""

    async def _refuse(self, *args: Any, **named: Any) -> Any:
        raise SignInNotOffered

    get_user_token = get_sign_in_resource = sign_out_user = _refuse
    get_token_status = get_aad_tokens = exchange_token = _refuse


class Authentication(BotFrameworkAuthentication):  # type: ignore[misc]  # the SDK has no types
    """Hands the SDK identities that the gate has checked, one connector factory and one stub."""

    def __init__(self, connector: Connector) -> None:
        self._connectors = Connectors(connector)
        self._no_sign_in = NoSignIn()

    def admitted(self, claims: Mapping[str, Any]) -> AuthenticateRequestResult:
        """What the SDK takes in place of its own check; without claims the sender is anonymous."""
        result = AuthenticateRequestResult()
        kind = None if claims else AuthenticationConstants.ANONYMOUS_AUTH_TYPE
        result.claims_identity = ClaimsIdentity(claims, True, kind)
        result.audience = AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE
        result.connector_factory = self._connectors
        return result

    async def authenticate_request(self, activity: Activity, auth_header: str) -> AuthenticateRequestResult:
        """Refuses: requests come in by the gate only. Raises PermissionError."""
        raise PermissionError("requests are checked before they reach the SDK")

    async def authenticate_streaming_request(
        self, auth_header: str, channel_id_header: str
    ) -> AuthenticateRequestResult:
        """Refuses: streaming is not offered. Raises PermissionError."""
        raise PermissionError("streaming is not offered")

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> Connectors:
        """The one factory."""
        return self._connectors

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> NoSignIn:
        """The one stub."""
        return self._no_sign_in
