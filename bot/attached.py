"""What came with a message beside its words: files and the addresses behind words, as links."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from botbuilder.schema import Activity

MOST = 5
LONGEST = 500
HTML_LIMIT = 50_000


def links(activity: Activity, text: str) -> tuple[str, ...]:
    """Addresses of files and of links in a message that its ``text`` does not show; the first few, none very long."""
    found = dict.fromkeys(a for a in _addresses(activity) if _is_address(a) and a not in text)
    return tuple(found)[:MOST]


def _addresses(activity: Activity) -> Iterator[str]:
    for attachment in activity.attachments or ():
        if attachment.content_type == "text/html" and isinstance(attachment.content, str):
            # Teams sends the message once more as HTML, and only there stands where a word links to.
            reader = _Anchors()
            reader.feed(attachment.content[:HTML_LIMIT])
            yield from reader.found
        elif isinstance(attachment.content_url, str) and not (attachment.content_type or "").startswith("image/"):
            # The address of a picture in a message opens for the bot alone.
            yield attachment.content_url.replace(" ", "%20")


def _is_address(address: str) -> bool:
    whole = address.isprintable() and not any(c.isspace() for c in address)
    return address.lower().startswith(("https://", "http://")) and len(address) <= LONGEST and whole


class _Anchors(HTMLParser):
    """Collects where links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps the address of an anchor."""
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]
