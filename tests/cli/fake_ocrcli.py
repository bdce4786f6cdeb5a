"""The real command over a fake service: inputs are scripts, as tests/batch/batch_fakes.py tells.

Workers import this file again (multiprocessing's spawn), and read with the fake session instead of the real one.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.batch import batch_fakes

batch_fakes.register()

if __name__ == "__mp_main__":
    import ocrcli.pipeline

    ocrcli.pipeline.Session = batch_fakes.FakeSession  # type: ignore[assignment, misc]

if __name__ == "__main__":
    from ocrcli.cli.app import main

    main()
