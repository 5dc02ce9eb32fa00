"""PDF: the words of each page, column by column."""

from __future__ import annotations
