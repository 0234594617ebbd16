"""Settings from the environment (prefix ``UVP_``); see ``docs/settings.md`` for what an administrator fills in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from uvp.errors import UvpError

AppType = Literal["SingleTenant", "UserAssignedMSI", "MultiTenant"]
Names = Annotated[tuple[str, ...], NoDecode]

DEFAULT_DATABASE = "sqlite+aiosqlite:///var/uvp.db"
METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
SERVICE_HOSTS = ("smba.trafficmanager.net", ".botframework.com", ".teams.microsoft.com", ".teams.microsoft.us")


@dataclass(eq=False)
class SettingsInvalid(UvpError):
    """The settings contradict each other or lack something."""

    reason: str

    def __str__(self) -> str:
        return self.reason


class Settings(BaseSettings):
    """What the administrator sets. Without ``app_id`` the bot runs in local mode, on loopback only, unauthenticated.

    Lists are separated by commas. ``service_hosts`` are the hosts that the bot may send to: a name, or a suffix that
    starts with a dot.
    """

    model_config = SettingsConfigDict(env_prefix="UVP_", extra="ignore", frozen=True)

    database_url: str = DEFAULT_DATABASE
    host: str = "127.0.0.1"
    port: int = 3978
    app_id: str | None = None
    app_type: AppType = "SingleTenant"
    tenant: str | None = None
    secret: SecretStr | None = None
    certificate: Path | None = None
    certificate_thumbprint: str | None = None
    allowed_tenants: Names = ()
    coordinators: Names = ()
    metadata_url: str = METADATA_URL
    service_hosts: Names = SERVICE_HOSTS
    body_limit: int = 256 * 1024
    keep_unknown_texts: bool = False

    @field_validator("allowed_tenants", "coordinators", "service_hosts", mode="before")
    @classmethod
    def split(cls, value: Any) -> Any:
        """A text separated by commas becomes a tuple."""
        return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value

    @field_validator("app_id", "tenant", "secret", "certificate", "certificate_thumbprint", mode="before")
    @classmethod
    def empty_is_absent(cls, value: Any) -> Any:
        """An empty variable counts as not set: an empty app id must not look like a configured one."""
        return (value.strip() or None) if isinstance(value, str) else value

    @model_validator(mode="after")
    def check(self) -> Self:
        """Refuses what would be unsafe or could not work."""
        if self.local:
            if not is_loopback(self.host):
                raise ValueError(f"without UVP_APP_ID the bot listens on loopback only, not on {self.host!r}")
            return self
        if self.app_type != "MultiTenant" and not self.tenant:
            raise ValueError(f"UVP_TENANT is needed with app type {self.app_type}")
        if self.app_type != "UserAssignedMSI" and not self.secret and not self.certificate:
            raise ValueError("UVP_SECRET or UVP_CERTIFICATE is needed with UVP_APP_ID")
        if self.certificate and not self.certificate_thumbprint:
            raise ValueError("UVP_CERTIFICATE_THUMBPRINT is needed with UVP_CERTIFICATE")
        if not self.tenants:
            raise ValueError("UVP_ALLOWED_TENANTS is needed with app type MultiTenant")
        return self

    @property
    def local(self) -> bool:
        """Whether the bot runs without authentication, on this machine only."""
        return self.app_id is None

    @property
    def tenants(self) -> frozenset[str]:
        """Whose people may use the bot; in local mode empty means everybody."""
        own = (self.tenant,) if self.tenant and not self.allowed_tenants else ()
        return frozenset((*self.allowed_tenants, *own))


def load_settings(**given: Any) -> Settings:
    """The settings from the environment, overridden by what is given and not None. Raises SettingsInvalid."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise SettingsInvalid("; ".join(map(_reason, error.errors()))) from None


@lru_cache(maxsize=256)
def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _reason(error: Any) -> str:
    where = "UVP_" + "_".join(map(str, error["loc"])).upper() + ": " if error["loc"] else ""
    return where + str(error["msg"]).removeprefix("Value error, ")
