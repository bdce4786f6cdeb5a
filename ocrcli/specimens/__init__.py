"""The press: pages and documents drawn from their declaration, with invented people and known truth, spoilt by seed.

It serves the samples, the tests, `ocrcli eval` and `bench/`. Every picture and every value comes from a seed: the same
seed gives the same picture and the same truth. Figures measured on drawn pictures flatter; say beside them that they
are drawn, and with which font (`Truth.fonts`).
"""
