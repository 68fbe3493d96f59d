"""A site over a short synthetic demonstration, for the tests that use it from outside."""

import json
import os
import pathlib
import re
import subprocess
import time

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[1]
TANDEM = os.environ.get("TANDEM", str(ROOT / ".build/debug/tandem"))
DAYS = os.environ.get("TANDEM_DEMO_DAYS", "40")


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory):
    """A folder with the demonstration, and its accounts by role."""
    folder = tmp_path_factory.mktemp("site") / "demo"
    built = subprocess.run(
        [TANDEM, "demo", "--data", str(folder), "--days", DAYS, "--format", "json"],
        check=True, capture_output=True, text=True, cwd=ROOT)
    accounts = json.loads(built.stdout)["accounts"]
    return folder, {(account["role"], account["site"]): account for account in accounts}


@pytest.fixture(scope="session")
def address(demonstration):
    """Where the site is."""
    folder, _ = demonstration
    # What it says goes into a file: a pipe that nobody reads would stop it.
    said = folder.parent / "said.txt"
    with said.open("w") as output:
        served = subprocess.Popen(
            [TANDEM, "serve", "--demo", "--data", str(folder), "--port", "0"], stderr=output, cwd=ROOT)
    for _ in range(600):
        if found := re.search(r"http://\S+:\d+", said.read_text()):
            break
        if served.poll() is not None:
            break
        time.sleep(0.1)
    if not found:
        raise RuntimeError(f"the site did not start: {said.read_text()}")
    yield found[0].rstrip(".")
    served.terminate()
    served.wait()


@pytest.fixture(scope="session")
def account_of(demonstration):
    """An account of a role, at a site where one is named."""
    _, accounts = demonstration

    def account_of(role, site=None):
        return next(
            found for (held, place), found in accounts.items() if held == role and (site is None or place == site))

    return account_of
