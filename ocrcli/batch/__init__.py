"""Many inputs × one service: workers, order, time limits, progress, an end that loses nothing."""
