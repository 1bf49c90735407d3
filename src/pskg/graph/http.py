"""Requests to a SPARQL server, with credentials from the environment.

``PSKG_USER`` and ``PSKG_PASSWORD`` answer a server that asks for Basic or Digest, ``PSKG_TOKEN``
is sent as a bearer token. A password is sent only to a server that asked for one, nothing of it
ever stands in a message, and nothing follows a redirect: a write that became a read on its way
would look like one that was done.

Made of ``urllib``, which SPARQLWrapper uses as well: that does not speak the Graph Store Protocol,
and Digest only by changing ``urllib`` for the whole process. All that requests or httpx would bring
is Digest.
"""

from __future__ import annotations

import base64
import http.client
import os
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import IO, Any

__all__ = ["PASSWORD", "TOKEN", "USER", "Connection", "Credentials", "NoAnswerError", "Reply"]

#: The names of the environment variables that hold credentials.
USER, PASSWORD, TOKEN = "PSKG_USER", "PSKG_PASSWORD", "PSKG_TOKEN"


class NoAnswerError(Exception):
    """A request that no answer came to. ``late`` where the time was up."""

    def __init__(self, what: str, *, late: bool = False) -> None:
        super().__init__(what)
        self.late = late


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks. Empty where the server is open to all; not shown when printed.

    >>> Credentials("dba", "secret")
    Credentials()
    """

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls) -> Credentials:
        """The credentials of the environment; empty without."""
        user, password, token = (os.environ.get(name, "") for name in (USER, PASSWORD, TOKEN))
        return cls(user, password, token)

    def __bool__(self) -> bool:
        return bool(self.user or self.token)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered."""

    status: int
    reason: str
    headers: Message
    body: bytes

    @property
    def ok(self) -> bool:
        """Whether the request was carried out."""
        return 200 <= self.status < 300

    @property
    def words(self) -> str:
        """The status, and the first words of what the server says about it, on one line.

        >>> Reply(500, "Server Error", Message(), b"Out of memory\\nat 0x7f").words
        '500 Server Error: Out of memory at 0x7f'
        """
        text = self.body[:2000].decode(errors="replace")
        if "<html" in text.lower():
            text = ""
        line = " ".join(re.sub(r"[\x00-\x1f]", " ", text).split())
        said = line if len(line) <= 160 else line[:159] + "…"
        place = self.headers.get("location")
        if 300 <= self.status < 400 and place:
            said = f"it has moved to {place}"
        return f"{self.status} {self.reason}".strip() + (f": {said}" if said else "")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class Connection:
    """Sends requests, and answers a server that asks who sends them.

    The answer to one request goes with the next ones at once: a server that asks again each time
    closes the line on a long body (Virtuoso does).
    """

    def __init__(self, credentials: Credentials | None = None, *, timeout: float = 60) -> None:
        self.credentials = Credentials.from_environment() if credentials is None else credentials
        self.timeout = timeout
        self._opener = urllib.request.build_opener(_NoRedirect())
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        self._digest = urllib.request.HTTPDigestAuthHandler(passwords)
        self._passwords = passwords
        #: What each address asked for: the words behind Digest, or none for Basic.
        self._asked: dict[str, Mapping[str, str] | None] = {}

    @property
    def remedy(self) -> str:
        """What to do where a server lets one not in."""
        if self.credentials:
            return f"check {USER} and {PASSWORD}, or {TOKEN}, and what they may do there"
        return f"set {USER} and {PASSWORD}, or {TOKEN}, in the environment"

    def standing_headers(self, url: str) -> dict[str, str]:
        """What says who asks in every request alike: a token, or Basic once it was asked for."""
        if self.credentials.token or self._asked.get(url.partition("?")[0], {}) is None:
            request = urllib.request.Request(url)
            return {"Authorization": str(self._authorization(request, url.partition("?")[0]))}
        return {}

    def send(
        self, method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] = {}
    ) -> Reply:
        """Send one request. Every status is an answer. Raises NoAnswerError where none came."""
        place = url.partition("?")[0]
        if self.credentials.user and place not in self._asked and len(body or b"") > 1_000:
            # What is long goes on its way only when it is known who may send it.
            self._learn(place, self._send("HEAD", url, None, {}))
        reply = self._send(method, url, body, headers)
        if reply.status == 401 and self._learn(place, reply):
            reply = self._send(method, url, body, headers)
        return reply

    def _learn(self, place: str, reply: Reply) -> bool:
        """Take note of what a server asks for; whether there is an answer to it."""
        if not self.credentials.user or reply.status != 401:
            return False
        offers = reply.headers.get_all("www-authenticate") or []
        words = next(filter(None, map(_digest_words, offers)), None)
        if words:
            self._passwords.add_password(
                None, place, self.credentials.user, self.credentials.password
            )
            self._asked[place] = words
            return True
        if any(offer.lower().startswith("basic") for offer in offers):
            known = place in self._asked
            self._asked[place] = None
            return not known
        return False

    def _authorization(self, request: urllib.request.Request, place: str) -> str | None:
        if self.credentials.token:
            return f"Bearer {self.credentials.token}"
        if place not in self._asked:
            return None
        words = self._asked[place]
        if words is None:
            pair = f"{self.credentials.user}:{self.credentials.password}".encode()
            return f"Basic {base64.b64encode(pair).decode()}"
        answer = self._digest.get_authorization(request, words)
        return f"Digest {answer}" if answer else None

    def _send(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Reply:
        request = urllib.request.Request(url, data=body, method=method)
        request.add_header("User-Agent", "pskg")
        for name, value in headers.items():
            request.add_header(name, value)
        authorization = self._authorization(request, url.partition("?")[0])
        if authorization:
            request.add_unredirected_header("Authorization", authorization)
        try:
            try:
                with self._opener.open(request, timeout=self.timeout) as response:
                    return _read(response, response.status, response.reason, response.headers)
            except urllib.error.HTTPError as error:
                with error:
                    return _read(error, error.code, str(error.reason), error.headers)
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError):
                raise NoAnswerError(f"no answer within {self.timeout:g} s", late=True) from None
            text = " ".join(str(reason).split()) or type(reason).__name__
            raise NoAnswerError(f"nothing answers there ({text[:160]})") from None


def _digest_words(offer: str) -> dict[str, str] | None:
    """What a server says of the Digest that it asks for; None where it is none that we know.

    >>> _digest_words('Digest realm="SPARQL", nonce="b1b0", qop="auth", algorithm="MD5"')
    {'realm': 'SPARQL', 'nonce': 'b1b0', 'qop': 'auth', 'algorithm': 'MD5'}
    >>> _digest_words('Digest realm="SPARQL", nonce="b1b0", algorithm="SHA-512-256"')
    """
    scheme, _, rest = offer.partition(" ")
    if scheme.lower() != "digest":
        return None
    try:
        words = urllib.request.parse_keqv_list(urllib.request.parse_http_list(rest))
    except (ValueError, IndexError):
        return None
    known = words.get("algorithm", "MD5").upper() in ("MD5", "SHA")
    auth = "auth" in words.get("qop", "auth").split(",")
    return words if known and auth and "nonce" in words and "realm" in words else None


def _read(stream: IO[bytes] | Any, status: int, reason: str, headers: Message) -> Reply:
    return Reply(status, reason or "", headers, stream.read())
