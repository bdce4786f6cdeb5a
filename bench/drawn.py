"""Drawn pages as files, made beside the process that is measured."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random

import cv2

from ocrcli.page import Pixels
from ocrcli.specimens.pages import article, columns, form, mixed


def write(picture: Pixels, path: Path) -> Path:
    """Saves a picture (BGR) as PNG."""
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), picture)
    return path


def draw_page(folder: Path, seed: int) -> Path:
    """One page of ordinary print; its kind and size depend on the seed."""
    dpi = Random(seed).randint(100, 170)
    specimen = (article, columns, form, mixed)[seed % 4](seed, dpi=dpi)
    return write(specimen.picture, folder / f"page-{seed:04d}.png")


def draw_pages(folder: Path, count: int) -> list[Path]:
    """Pages 0 to count - 1, drawn in a process of its own, so that the caller's memory holds nothing of it."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return list(pool.map(partial(draw_page, folder), range(count)))
