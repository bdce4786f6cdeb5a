"""Many inputs × one service: workers, order, time limits, progress, an end that loses nothing."""

DEFAULT_TIMEOUT = 300.0  # seconds an input
