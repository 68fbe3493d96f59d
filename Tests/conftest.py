"""A site over a short synthetic demonstration, for the tests that use it from outside."""

import os
import pathlib
import shutil

import pytest
from served import DAYS, Demonstration, Served


@pytest.fixture(scope="session")
def demonstrations(tmp_path_factory):
    """The demonstration as it stands on a day of its story; each is built once.

    TANDEM_DEMOS names a folder in which they are kept from one run to the next.
    """
    kept = os.environ.get("TANDEM_DEMOS")
    shelf = pathlib.Path(kept) if kept else tmp_path_factory.mktemp("demonstrations")
    return lambda days: Demonstration(shelf, days)


@pytest.fixture(scope="session")
def demonstration(demonstrations):
    return demonstrations(DAYS)


@pytest.fixture(scope="session")
def address(demonstration, tmp_path_factory):
    """Where the site is, by the machine's clock."""
    folder = tmp_path_factory.mktemp("site") / "demo"
    shutil.copytree(demonstration.folder, folder)
    served = Served(folder, "--no-story-time")
    yield served.address
    served.stop()


@pytest.fixture(scope="session")
def account_of(demonstration):
    """An account of a role, at a site where one is named."""
    return demonstration.account
