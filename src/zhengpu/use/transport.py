"""Requests to a triple store: credentials, retries, errors that say what is wrong."""

from __future__ import annotations

import http.client
import time
from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPRedirectHandler,
    OpenerDirector,
    Request,
    build_opener,
)

from zhengpu.errors import StoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

TRIES: Final = 5
"""How often a request is made until it is given up."""
PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""The statuses after which it may well work a little later."""
LONGEST_WAIT: Final = 30.0


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who we are; `secret` is a password or a bearer token."""

    scheme: Literal["basic", "digest", "bearer"]
    secret: str = field(repr=False)
    user: str = ""


class _NoRedirects(HTTPRedirectHandler):
    """What is sent goes where it was meant to go, and so do the credentials."""

    def redirect_request(self, *_: object) -> None:  # type: ignore[explicit-override]
        """Do not follow."""


class _Digest(HTTPDigestAuthHandler):
    """Digest authentication that closes the answer which asked for it."""

    def http_error_401(self, req: Any, fp: Any, *rest: Any) -> Any:  # type: ignore[explicit-override]  # noqa: ANN401 - as urllib has it
        """Ask again, with the digest."""
        try:
            answer = super().http_error_401(req, fp, *rest)
        except HTTPError:
            fp.close()
            raise
        if answer is not None:
            fp.close()
        return answer


class Transport:
    """Makes requests to one store."""

    def __init__(
        self, credentials: Credentials | None = None, timeout: float = 120
    ) -> None:
        self.credentials, self.timeout = credentials, timeout

    def send(
        self,
        method: str,
        url: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> bytes:
        """The body of the answer to a request.

        A request that fails for a passing reason is made again; so only send
        what may be done twice.

        Raises:
            UsageError: The address is no http(s) address, or holds a password.
            StoreError: The store cannot be reached or refuses.
        """
        check_address(url)
        wait = 0.5
        for attempt in range(1, TRIES + 1):
            # digest counts its own tries, so that each attempt has a new opener
            opener = self._opener(url)
            request = Request(  # noqa: S310 - the scheme is checked above
                url, body, {**(headers or {}), **self._header()}, method=method
            )
            try:
                with opener.open(request, timeout=self.timeout) as answer:
                    content: bytes = answer.read()
                    return content
            except HTTPError as error:
                with error:
                    # some versions of Python have a text where there was no answer
                    said = bytes(error.read(500) or b"").decode("utf-8", "replace")
                failure = _refusal(error, url, said)
                if error.code not in PASSING or attempt == TRIES:
                    raise failure from error
                asked = error.headers.get("Retry-After", "")
                wait = max(wait, float(asked) if asked.isdecimal() else 0.0)
            except (URLError, http.client.HTTPException, OSError, ValueError) as error:
                reason = getattr(error, "reason", error)
                failure = StoreError("store-unreachable", url=url, detail=reason)
                if attempt == TRIES:
                    raise failure from error
            time.sleep(min(wait, LONGEST_WAIT))
            wait *= 2
        raise AssertionError(TRIES)

    def _header(self) -> dict[str, str]:
        who = self.credentials
        if who is None or who.scheme == "digest":
            return {}
        if who.scheme == "bearer":
            return {"Authorization": f"Bearer {who.secret}"}
        pair = b64encode(f"{who.user}:{who.secret}".encode()).decode()
        return {"Authorization": f"Basic {pair}"}

    def _opener(self, url: str) -> OpenerDirector:
        who = self.credentials
        if who is None or who.scheme != "digest":
            return build_opener(_NoRedirects)
        passwords = HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, url, who.user, who.secret)
        return build_opener(_NoRedirects, _Digest(passwords))


def check_address(url: str) -> None:
    """Refuse what is no address of a store.

    Raises:
        UsageError: It is no http(s) address, or a password is part of it.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError("bad-address", url=url) from error
    if parts.scheme not in {"http", "https"} or not host:
        raise UsageError("bad-address", url=url)
    if parts.username is not None or parts.password is not None:
        raise UsageError("address-with-password", host=host)


def is_local(url: str) -> bool:
    """Whether an address is one of this machine."""
    host = urlsplit(url).hostname or ""
    return host in {"localhost", "::1"} or host.startswith("127.")


def _refusal(error: HTTPError, url: str, said: str) -> StoreError:
    words = " ".join(said.split())[:200] or error.reason
    code = "store-unauthorized" if error.code in {401, 403} else "store-refused"
    return StoreError(code, url=url, status=error.code, detail=words)
