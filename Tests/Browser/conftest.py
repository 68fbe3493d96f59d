"""A site over a short synthetic demonstration, and a browser before it."""

import json
import os
import pathlib
import re
import subprocess

import pytest
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
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
    served = subprocess.Popen(
        [TANDEM, "serve", "--demo", "--data", str(folder), "--port", "0"],
        stderr=subprocess.PIPE, text=True, cwd=ROOT)
    for line in served.stderr:
        if found := re.search(r"http://\S+:\d+", line):
            break
    else:
        raise RuntimeError("the site did not start")
    yield found[0].rstrip(".")
    served.terminate()
    served.wait()


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
def sign_in(demonstration):
    _, accounts = demonstration

    def sign_in(page, role, site=None):
        account = next(found for (held, place), found in accounts.items() if held == role and (site is None or place == site))
        page.goto("/sign-in")
        page.locator("[name=account]").fill(account["account"])
        page.locator("[name=password]").fill(account["password"])
        page.locator("main form button[type=submit]").click()
        if page.url.rstrip("/").endswith("/role") or "/role?" in page.url:
            page.locator("form", has=page.locator(f"[name=role][value={role}]")).locator("button").first.click()
        return account

    return sign_in
