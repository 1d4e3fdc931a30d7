"""What is loaded so that notebooks can be read, and no more."""

import subprocess
import sys


def test_notebooks_are_read_without_a_parser_of_addresses():
    """What reads them loads without it, and validates; who asks for it later finds it."""
    code = """
import sys
from studylib.runs.workers import light
light.load()
import nbformat
print("lark" in sys.modules, "rfc3987_syntax" in sys.modules)
try:
    nbformat.validate({"cells": [{"cell_type": "code"}], "metadata": {}, "nbformat": 4,
                       "nbformat_minor": 5})
except nbformat.ValidationError as error:
    print("refused")
import rfc3987_syntax
light.load()
print("lark" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "refused", "True"]
