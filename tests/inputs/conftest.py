from __future__ import annotations

from hypothesis import settings

# Decoders take their time on a busy machine; that alone is no fault.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
