"""Where the shipped files lie, and the few things a user may set."""

from __future__ import annotations

from pathlib import Path

BASE_IRI = "https://w3id.org/zhengpu/"
"""Ontology terms lie under `ontology#`, entities under `id/`."""

PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """The path of a top-level folder that the wheel carries.

    Args:
        name: `ontology` or `seeds`.

    Returns:
        The folder in the installed package, or in the checkout of an
        editable install.
    """
    installed = PACKAGE / "_shipped" / name
    return installed if installed.is_dir() else PACKAGE.parent.parent / name
