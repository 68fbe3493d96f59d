"""A site over a short synthetic demonstration, and a browser before it."""

import json
import os
import pathlib
import re
import shutil
import subprocess

import pytest
from playwright.sync_api import sync_playwright
from walking import Clock, Person

ROOT = pathlib.Path(__file__).resolve().parents[2]
TANDEM = os.environ.get("TANDEM", str(ROOT / ".build/debug/tandem"))
# A debug build on a busy machine answers late; nothing waits longer than it must.
PATIENCE = 120_000
DAYS = int(os.environ.get("TANDEM_DEMO_DAYS", "44"))


class Demonstration:
    """A folder with the demonstration as it stands on a day of its story, and its accounts."""

    def __init__(self, shelf, days):
        self.folder = shelf / f"day-{days}"
        told = shelf / f"day-{days}.json"
        if not told.exists():
            built = subprocess.run(
                [TANDEM, "demo", "--data", str(self.folder), "--days", str(days), "--format", "json"],
                check=True, capture_output=True, text=True, cwd=ROOT)
            told.write_text(built.stdout)
        self.accounts = json.loads(told.read_text())["accounts"]

    def account(self, role, site=None, number=0):
        """Somebody who holds a role, at a site where one is named."""
        held = [found for found in self.accounts if found["role"] == role and site in (None, found["site"])]
        return held[number]


class Site:
    """The site over a demonstration's folder, and the screens before it."""

    def __init__(self, demonstration, folder, browser, *options):
        self.demonstration = demonstration
        self.browser = browser
        self.contexts = []
        self.complaints = []
        self.process = subprocess.Popen(
            [TANDEM, "serve", "--demo", "--data", str(folder), "--port", "0", *options],
            stderr=subprocess.PIPE, text=True, cwd=ROOT)
        for line in self.process.stderr:
            if found := re.search(r"http://\S+:\d+", line):
                self.address = found[0].rstrip(".")
                return
        raise RuntimeError("the site did not start")

    def new_page(self, **options):
        """A page of a new visitor; what the browser complains of is kept."""
        context = self.browser.new_context(base_url=self.address, locale="en-GB", **options)
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: self.complain(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complain(str(error)))
        return page

    def complain(self, text):
        # A refused form answers 422 and a first sign-in may answer 401; the browser tells both as errors of loading.
        if "Failed to load resource" not in text:
            self.complaints.append(text)

    def person(self, role, site=None, number=0, scripts=True):
        """Somebody of a role, before a screen of their own."""
        return Person(self, self.demonstration.account(role, site, number), scripts)

    def clock(self):
        """The clock of the story, put forward by somebody at the first place."""
        return Clock(self.person("coordinator", "01"))

    def leave(self):
        """Closes all screens.

        Returns: what the browser complained of.
        """
        for context in self.contexts:
            context.close()
        complaints, self.contexts, self.complaints = self.complaints, [], []
        return complaints

    def stop(self):
        self.process.terminate()
        self.process.wait()


@pytest.fixture(scope="session")
def demonstrations(tmp_path_factory):
    """The demonstration as it stands on a day of its story; each is built once.

    TANDEM_DEMOS names a folder in which they are kept from one run to the next.
    """
    kept = os.environ.get("TANDEM_DEMOS")
    shelf = pathlib.Path(kept) if kept else tmp_path_factory.mktemp("demonstrations")
    return lambda days: Demonstration(shelf, days)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demonstration(demonstrations):
    return demonstrations(DAYS)


@pytest.fixture(scope="session")
def served(demonstration, tmp_path_factory, browser):
    """The site by the machine's clock, for all tests that need no day of their own."""
    folder = tmp_path_factory.mktemp("site") / "demo"
    shutil.copytree(demonstration.folder, folder)
    site = Site(demonstration, folder, browser)
    yield site
    site.stop()


@pytest.fixture
def page(served):
    yield served.new_page()
    assert served.leave() == []


@pytest.fixture
def sign_in(demonstration):
    def sign_in(page, role, site=None):
        account = demonstration.account(role, site)
        page.goto("/sign-in")
        page.locator("[name=account]").fill(account["account"])
        page.locator("[name=password]").fill(account["password"])
        page.locator("main form button[type=submit]").click()
        return account

    return sign_in


@pytest.fixture
def stage(demonstrations, browser, tmp_path):
    """A site of the test's own, in the time of the story, as it stands on a day."""
    sites = []

    def stage(days):
        demonstration = demonstrations(days)
        folder = tmp_path / f"day-{days}"
        shutil.copytree(demonstration.folder, folder)
        site = Site(demonstration, folder, browser, "--story-time")
        sites.append(site)
        return site

    yield stage
    complaints = [complaint for site in sites for complaint in site.leave()]
    for site in sites:
        site.stop()
    assert complaints == []
