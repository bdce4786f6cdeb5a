"""From an empty virtual environment to the first JSON: the commands, their seconds, the megabytes.

    python bench/install.py [WHAT]              (default: this checkout; else what pip installs: a wheel, a name)

The seconds of the first two steps are those of this machine and of this network; pip's cache is not used.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from common import tell
from drawn import write

from ocrcli.specimens.odd_pages import single_line

HERE = Path(__file__).resolve().parent.parent
MEGABYTE = 1 << 20


def size(folder: Path) -> float:
    """Megabytes of all files below a folder; links are not followed."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file()) / MEGABYTE


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", default=str(HERE), metavar="WHAT")
    asked = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        picture = write(single_line(1).picture, folder / "line.png")
        python, ocrcli = folder / "venv/bin/python", folder / "venv/bin/ocrcli"
        cache = {"OCRCLI_CACHE": str(folder / "cache"), "PATH": "/usr/bin:/bin", "HOME": name}
        steps = {
            "python -m venv venv": [sys.executable, "-m", "venv", str(folder / "venv")],
            "venv/bin/pip install ocrcli": [str(python), "-m", "pip", "install", "--no-cache-dir", "-q", asked.what],
            "venv/bin/ocrcli general line.png": [str(ocrcli), "general", str(picture)],
            "… the second time": [str(ocrcli), "general", str(picture)],
        }
        rows = []
        for shown, command in steps.items():
            start = time.perf_counter()
            environment = cache if command[0] == str(ocrcli) else None
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment, text=True)
            rows.append((shown, f"{time.perf_counter() - start:.1f}", f"{size(folder):.0f}"))
        text = json.loads(done.stdout)["text"]
    tell(f"Installing, to the first JSON (it says: {text})", ("command", "s", "MB on the disk so far"), rows)


if __name__ == "__main__":
    main()
