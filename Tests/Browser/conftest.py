"""A browser before the site."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright
from served import Served
from walking import Clock, Person

# A debug build on a busy machine answers late; nothing waits longer than it must.
PATIENCE = 120_000


class Screens:
    """The screens before a site, and what their browsers complained of."""

    def __init__(self, demonstration, address, browser):
        self.demonstration = demonstration
        self.address = address
        self.browser = browser
        self.contexts = []
        self.complaints = []

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


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(demonstration, address, browser):
    """A page of a new visitor; what the browser complains of fails the test."""
    screens = Screens(demonstration, address, browser)
    yield screens.new_page()
    assert screens.leave() == []


@pytest.fixture(scope="session")
def sessions():
    """The cookies of whoever has signed in: nobody may sign in as often in a minute as the tests would."""
    return {}


@pytest.fixture
def sign_in(account_of, sessions):
    def sign_in(page, role, site=None):
        account = account_of(role, site)
        page.context.add_cookies(sessions.get((role, site), []))
        page.goto("/")
        if "/sign-in" in page.url:
            page.locator("[name=account]").fill(account["account"])
            page.locator("[name=password]").fill(account["password"])
            page.locator("main form button[type=submit]").click()
            if page.url.rstrip("/").endswith("/role") or "/role?" in page.url:
                page.locator("form", has=page.locator(f"[name=role][value={role}]")).locator("button").first.click()
            sessions[role, site] = page.context.cookies()
        return account

    return sign_in


@pytest.fixture
def stage(demonstrations, browser, tmp_path):
    """Screens before a site of the test's own, in the time of the story, as it stands on a day."""
    begun = []

    def stage(days):
        demonstration = demonstrations(days)
        folder = tmp_path / f"day-{days}"
        shutil.copytree(demonstration.folder, folder)
        site = Served(folder, "--story-time")
        screens = Screens(demonstration, site.address, browser)
        begun.append((site, screens))
        return screens

    yield stage
    complaints = [complaint for _, screens in begun for complaint in screens.leave()]
    for site, _ in begun:
        site.stop()
    assert complaints == []
