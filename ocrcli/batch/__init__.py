"""Many inputs × one service: workers, order, time limits, progress, an end that loses nothing."""

DEFAULT_TIMEOUT = 300.0  # seconds an input
DEFAULT_MEMORY = 1792  # MB a worker; a machine of 4 GB holds two, and what else runs there
