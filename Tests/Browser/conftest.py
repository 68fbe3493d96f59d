"""A browser before the site."""

import os

import pytest
from playwright.sync_api import sync_playwright


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser, address):
    """A page of a new visitor; what the browser complains of fails the test."""
    context = browser.new_context(base_url=address, locale="en-GB")
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    # A refused form answers 422 and the first sign-in of a test may answer 401; the browser tells both as errors of loading.
    complaints = [text for text in complaints if "Failed to load resource" not in text]
    assert complaints == []


@pytest.fixture
def sign_in(account_of):
    def sign_in(page, role, site=None):
        account = account_of(role, site)
        page.goto("/sign-in")
        page.locator("[name=account]").fill(account["account"])
        page.locator("[name=password]").fill(account["password"])
        page.locator("main form button[type=submit]").click()
        if page.url.rstrip("/").endswith("/role") or "/role?" in page.url:
            page.locator("form", has=page.locator(f"[name=role][value={role}]")).locator("button").first.click()
        return account

    return sign_in
