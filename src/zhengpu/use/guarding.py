"""Who may come in: the token, the sites whose pages may ask, the names of the server."""

from __future__ import annotations

import binascii
import hmac
from base64 import b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse

from zhengpu.use.protocol import SAFE

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come in."""

    token: str | None = None
    """What must be shown: as a bearer token, or as the password of basic auth."""
    origins: tuple[str, ...] = ()
    """Other sites whose pages may ask (CORS); `*` for all."""
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]", "::1")
    """The names by which the server may be called; `*` for any. Else a page of
    any site could reach it by a name that leads here (DNS rebinding)."""


class Guard:
    """Lets in who shows the token."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self.app, self.token = app, token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http" and not self._admits(dict(scope["headers"])):
            challenge = 'Basic realm="zhengpu", charset="UTF-8", Bearer'
            refused = PlainTextResponse(
                "401\n", 401, {"WWW-Authenticate": challenge, **SAFE}
            )
            await refused(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _admits(self, headers: dict[bytes, bytes]) -> bool:
        kind, _, shown = headers.get(b"authorization", b"").partition(b" ")
        if kind.lower() == b"basic":
            try:
                shown = b64decode(shown, validate=True).partition(b":")[2]
            except binascii.Error:
                return False
        # takes as long for a token that is nearly right
        return hmac.compare_digest(shown.strip(), self.token)
