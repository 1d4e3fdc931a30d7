"""
The one script of every page, and how a page's policy names it.

It sorts and searches tables and keeps the reader's place when the language is changed.  It is
constant: nothing of a study is put into it, so its checksum tells it from any other script.
"""

import base64
import hashlib

from studylib.project import PACKAGE

PATH = PACKAGE / "report" / "template" / "page.js"
SCRIPT = PATH.read_text(encoding="utf-8").strip()
SOURCE = "sha256-" + base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode("ascii")
