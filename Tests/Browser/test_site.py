"""The main jobs of the site, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from story import FIRST

PHONE = {"width": 390, "height": 844}


def participant(page, status):
    """The first participant of a status."""
    page.goto(f"/participants?status={status}")
    return page.locator("main tbody th a").first.inner_text()


def test_a_stranger_learns_neither_which_accounts_exist_nor_what_was_wrong(page):
    page.goto("/participants")
    assert "/sign-in" in page.url
    page.locator("[name=account]").fill("nobody")
    page.locator("[name=password]").fill("nothing at all")
    page.locator("main form button[type=submit]").click()
    assert "Name, password or code do not fit." in page.locator("[role=alert]").inner_text()


def test_a_coordinator_sees_today_and_comes_back_to_where_they_meant_to_go(page, sign_in):
    sign_in(page, "coordinator")
    page.goto("/")
    assert page.locator("h1").inner_text() == "Today"
    assert page.locator(".synthetic").is_visible()
    assert page.locator("nav.places a[aria-current]").inner_text() == "Today"


def test_the_keyboard_alone_leads_to_the_participants(page, sign_in):
    sign_in(page, "coordinator")
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/participants")


def test_an_answer_is_saved_as_it_is_left_and_a_correction_asks_for_its_reason(page, sign_in):
    sign_in(page, "coordinator")
    number = participant(page, "enrolled")
    page.goto(f"/participants/{number}")
    page.locator("a", has_text="Add: Medical history").click()
    path = page.url
    field = page.locator("main [data-item]:not([hidden]) input[type=text]").first
    name = field.get_attribute("name")
    with page.expect_response(lambda answer: answer.url.endswith("/items")):
        field.fill("first words")
        field.press("Tab")
    page.goto(path)
    assert page.locator(f"[name='{name}']").input_value() == "first words"
    page.locator(f"[name='{name}']").fill("other words")
    with page.expect_response(lambda answer: answer.url.endswith("/items")) as refused:
        page.locator(f"[name='{name}']").press("Tab")
    assert refused.value.status == 422
    page.locator("[name=correction]").fill("The source says so")
    page.locator("main form.sheet button[type=submit]").click()
    assert "saved=1" in page.url
    page.goto(path.split("?")[0] + "/history")
    assert page.locator("tbody tr").count() == 2
    assert "The source says so" in page.locator("tbody").inner_text()


def test_a_lost_connection_loses_nothing_that_was_typed(page, sign_in):
    sign_in(page, "coordinator")
    number = participant(page, "enrolled")
    page.goto(f"/participants/{number}")
    page.locator("a", has_text="Add: Medical history").click()
    path = page.url
    field = page.locator("main [data-item]:not([hidden]) input[type=text]").first
    name = field.get_attribute("name")
    page.context.set_offline(True)
    field.fill("typed without a connection")
    field.press("Tab")
    page.locator(".item.unsaved").wait_for()
    page.context.set_offline(False)
    with page.expect_response(lambda answer: answer.url.endswith("/items")):
        page.evaluate("dispatchEvent(new Event('online'))")
    page.goto(path)
    assert page.locator(f"[name='{name}']").input_value() == "typed without a connection"


def test_a_gate_says_line_by_line_what_is_true_and_what_to_do(page, sign_in):
    sign_in(page, "principalInvestigator")
    page.goto("/participants")
    number = page.locator("main tbody th a").first.inner_text()
    page.goto(f"/participants/{number}/gates/infusion")
    assert page.locator("ol.gate > li").count() >= 10
    assert "The gate is closed." in page.locator("main").inner_text()
    assert page.locator("ol.gate .is-true, ol.gate .is-false, ol.gate .is-unknown").count() >= 10


def test_a_refused_act_says_why_and_what_to_do_and_keeps_what_was_typed(page, sign_in):
    sign_in(page, "coordinator")
    number = participant(page, "enrolled")
    page.goto(f"/act/participant-screen?participant={number}")
    page.locator("main form button[type=submit]").click()
    assert "Screening begins after consent" in page.locator("[role=alert]").inner_text()
    assert page.locator("[name=participant]").input_value() == number


def test_a_role_that_may_not_is_told_so(page, sign_in):
    sign_in(page, "monitor")
    answer = page.goto("/act/participant-consent")
    assert answer.status == 403


def test_the_site_speaks_chinese(page, sign_in):
    sign_in(page, "coordinator")
    page.goto("/")
    page.locator("button[value='zh-Hans']").click()
    assert page.locator("h1").inner_text() == "今日"
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    page.goto("/participants")
    assert page.locator("h1").inner_text() == "受试者"


@pytest.mark.parametrize("path", [
    "/", "/participants", "/sign-in", "/act", "/participants/{number}/infusion",
    "/participants/{number}/gates/infusion", "/participants/{number}/forms/SCR/1/vitalSigns/1",
])
def test_on_a_phone_nothing_is_wider_than_the_screen(page, sign_in, path):
    page.set_viewport_size(PHONE)
    sign_in(page, "nurse", "01")
    page.goto(path.format(number=FIRST.number))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def pages_of(page):
    number = participant(page, "enrolled")
    form = f"/participants/{number}/forms/log/1/medicalHistory/1"
    places = [link.get_attribute("href") for link in page.locator("nav.places a").all()]
    return places + [
        f"/participants/{number}/product", f"/participants/{number}/infusion", f"/participants/{number}/safety",
        f"/participants/{number}/response", f"/participants/{number}/timeline", f"/screening/{number}",
        f"/participants/{number}/visits/SCR/1", "/sign-in", "/account", "/account/password", "/act", "/act/participant-consent", f"/participants/{number}",
        f"/participants/{number}/way", f"/participants/{number}/gates/infusion", form, form + "/history",
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(page, sign_in, theme):
    sign_in(page, "principalInvestigator")
    page.context.add_cookies([{"name": "theme", "value": theme, "url": page.url}])
    found = {}
    for path in pages_of(page):
        page.goto(path)
        violations = Axe().run(page).response["violations"]
        if violations:
            found[path] = [(violation["id"], violation["nodes"][0]["html"][:200]) for violation in violations]
    assert found == {}


def test_every_page_is_light(page, sign_in):
    sign_in(page, "principalInvestigator")
    heavy = {}
    for path in pages_of(page):
        size = len(page.goto(path).body())
        if size > 100_000:
            heavy[path] = size
    assert heavy == {}
