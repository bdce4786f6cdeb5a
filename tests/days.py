"""The day on which all tests read: what a document says about dates depends on it."""

from __future__ import annotations

from datetime import date

TODAY = date(2026, 7, 1)
