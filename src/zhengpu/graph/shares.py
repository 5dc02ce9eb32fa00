"""Shares: a build cut into parts of which each can be written alone.

What is said of a key lies in one share, chosen by the key alone, so that
shares can be folded by any process in any order. Facts lie with their subject,
words lie with their sentence: no triple comes from two shares.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import msgspec

from zhengpu.graph.merged import Merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SIZE: Final = 250_000
"""Bytes of reports for each share: 35,000 to 125,000 triples, sorted in at most
50 MB of memory."""
MOST: Final = 4_096
"""Shares at most; of larger collections each one is larger."""
FAST: Final = 1
"""Compression of what is read again soon."""


def shares_for(size: int) -> int:
    """How many shares a collection is cut into.

    Args:
        size: Of all its files, in bytes.

    >>> shares_for(100), shares_for(5_000_000), shares_for(10**12)
    (1, 21, 4096)
    """
    return min(MOST, 1 + size // SIZE)


def share_of(key: str, count: int) -> int:
    """The number of the share, from 0, that a key lies in."""
    return zlib.crc32(key.encode()) % count


def cut(merged: Merged, count: int) -> Mapping[int, Merged]:
    """What a build says, by shares; its findings are left out.

    Args:
        merged: A build, or what one file says.
        count: How many shares there are.
    """
    held: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for name, key in _KEYS.items():
        for record in getattr(merged, name):
            held[share_of(getattr(record, key), count)][name].append(record)
    return {
        share: Merged(**{name: tuple(records) for name, records in lists.items()})
        for share, lists in held.items()
    }


_KEYS: Final = {
    "things": "key",
    "claims": "subject",
    "figures": "subject",
    "quotes": "key",
    "reports": "key",
    "sources": "sha256",
    "passages": "quote",
}
"""The lists of a build, each with the field that chooses the share."""


def packed(pieces: Iterable[Merged]) -> bytes:
    """Pieces of a share as bytes."""
    return zlib.compress(_ENCODER.encode(list(pieces)), FAST)


def unpacked(content: bytes) -> list[Merged]:
    """The pieces that `packed` was given."""
    return _DECODER.decode(zlib.decompress(content))


_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(list[Merged])
