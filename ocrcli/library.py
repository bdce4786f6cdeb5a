"""ocrcli as a library: the same way through the code as the command, without the command."""

from __future__ import annotations
