"""The set-up: one list of dependencies, a lock of hashes without addresses."""

import re
import tomllib

from conftest import ROOT

CONDA_NAMES = {"python-duckdb": "duckdb", "pandera-pandas": "pandera[pandas]"}


def test_conda_users_get_the_same_dependencies():
    """environment.yml lists exactly the dependencies of pyproject.toml, with the same bounds."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = re.findall(r"^  - (\S+)$", (ROOT / "environment.yml").read_text(), flags=re.MULTILINE)
    listed = {line for line in lines if ">=" in line}
    wanted = {*project["dependencies"], f"python{project['requires-python']}"}
    named = {re.sub(r"^[^>]+", lambda m: CONDA_NAMES.get(m[0], m[0]), line) for line in listed}
    assert named == wanted


def test_the_lock_has_a_hash_for_each_package_and_no_address():
    """Every locked package carries hashes; nothing in the lock says where it comes from."""
    text = (ROOT / "requirements.lock").read_text()
    packages = re.split(r"\n(?=[a-z])", text.strip())
    assert [p.split()[0] for p in packages if "--hash=sha256:" not in p] == []
    assert "://" not in text
    assert "--index" not in text


def test_every_dependency_has_its_reason():
    """CONTRIBUTING.md says of every direct dependency why it is there."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [d for group in project["optional-dependencies"].values() for d in group]
    names = {re.match(r"[a-z0-9-]+", d)[0] for d in [*project["dependencies"], *extras]}
    reasons = (ROOT / "CONTRIBUTING.md").read_text()
    assert sorted(name for name in names if f"`{name}`" not in reasons) == []
