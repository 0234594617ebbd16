"""Settings: what an administrator sets, what is refused, and how that is said."""

from __future__ import annotations

from typing import Any

import pytest

from bot.settings import Settings, SettingsInvalid, load_settings

AZURE: dict[str, Any] = {"app_id": "app", "tenant": "one", "secret": "hidden"}


def test_without_an_app_id_the_bot_is_local_and_needs_nothing() -> None:
    settings = load_settings()
    assert settings.local
    assert settings.database_url == "sqlite+aiosqlite:///var/uvp.db"
    assert settings.host == "127.0.0.1"


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UVP_DATABASE_URL", "postgresql://x/y")
    monkeypatch.setenv("UVP_COORDINATORS", "a, b,,c ")
    monkeypatch.setenv("UVP_PORT", "8080")
    settings = load_settings()
    assert (settings.database_url, settings.port) == ("postgresql://x/y", 8080)
    assert settings.coordinators == ("a", "b", "c")


def test_what_is_given_counts_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UVP_PORT", "8080")
    assert load_settings(port=9090, host=None).port == 9090


def test_an_empty_app_id_is_none_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UVP_APP_ID", "  ")
    assert load_settings().local


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.2"])
def test_local_mode_listens_on_this_machine(host: str) -> None:
    assert load_settings(host=host).host == host


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "example.org", ""])
def test_local_mode_refuses_to_be_reached_from_elsewhere(host: str) -> None:
    with pytest.raises(SettingsInvalid, match="loopback"):
        load_settings(host=host)


def test_with_an_app_id_any_host_is_fine() -> None:
    assert load_settings(host="0.0.0.0", **AZURE).host == "0.0.0.0"


GOOD: list[dict[str, Any]] = [
    AZURE,
    {"app_id": "app", "tenant": "one", "certificate": "key.pem", "certificate_thumbprint": "AB:CD"},
    {"app_id": "app", "tenant": "one", "app_type": "UserAssignedMSI"},
    {"app_id": "app", "secret": "hidden", "app_type": "MultiTenant", "allowed_tenants": "one"},
]


@pytest.mark.parametrize("given", GOOD, ids=range(len(GOOD)))
def test_what_azure_needs_is_enough(given: dict[str, Any]) -> None:
    assert load_settings(**given).tenants == {"one"}


INCOMPLETE: dict[str, dict[str, Any]] = {
    "UVP_TENANT": {"app_id": "app", "secret": "hidden"},
    "UVP_SECRET": {"app_id": "app", "tenant": "one"},
    "UVP_CERTIFICATE_THUMBPRINT": {"app_id": "app", "tenant": "one", "certificate": "key.pem"},
    "UVP_ALLOWED_TENANTS": {"app_id": "app", "secret": "hidden", "app_type": "MultiTenant"},
    "UVP_APP_TYPE": {**AZURE, "app_type": "Federated"},
    "UVP_PORT": {"port": "many"},
}


@pytest.mark.parametrize(("name", "given"), INCOMPLETE.items(), ids=INCOMPLETE.keys())
def test_what_is_missing_or_wrong_is_named_in_one_line(name: str, given: dict[str, Any]) -> None:
    with pytest.raises(SettingsInvalid, match=name) as refused:
        load_settings(**given)
    assert "\n" not in str(refused.value)
    assert "hidden" not in str(refused.value)


def test_a_secret_is_not_shown() -> None:
    assert "hidden" not in repr(Settings(**AZURE))


def test_allowed_tenants_replace_the_own_one() -> None:
    assert load_settings(**AZURE, allowed_tenants="two,three").tenants == {"two", "three"}
