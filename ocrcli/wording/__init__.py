"""What ocrcli says, in the words of people: warnings and checks by their codes, and sentences in Chinese.

Codes and English sentences are what records hold. Chinese ones are made from them by a catalogue (chinese.py), where
they are shown to people; a sentence that it lacks stays as it is.
"""

from __future__ import annotations

from ocrcli.wording.chinese import in_chinese as in_chinese
from ocrcli.wording.codes import CHECKS as CHECKS
from ocrcli.wording.codes import WARNINGS as WARNINGS
from ocrcli.wording.codes import Meaning as Meaning
from ocrcli.wording.codes import is_doubt as is_doubt
