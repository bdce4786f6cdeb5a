"""How well the services read: their records measured against pictures whose truth is known.

The form of the truth and every figure's definition: docs/eval.md.
"""
