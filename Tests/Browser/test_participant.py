"""A participant's pages: the casebook at a glance, who it is, what was decided then."""

import re

from playwright.sync_api import expect
from story import FIRST
from test_site import participant


def test_the_casebook_is_one_stop_of_the_tab_key_and_arrows_walk_through_it(page, sign_in):
    sign_in(page, "principalInvestigator", "01")
    page.goto(f"/participants/{FIRST.number}")
    grid = page.get_by_role("region", name="Forms by visit")
    assert grid.locator("td a").count() > 50
    assert grid.locator("a[tabindex='0']").count() == 1
    grid.locator("a[tabindex='0']").focus()
    row = "document.activeElement.closest('tr').rowIndex"
    first = page.evaluate(row)
    page.keyboard.press("ArrowDown")
    assert page.evaluate(row) > first
    page.keyboard.press("ArrowRight")
    assert grid.locator("a[tabindex='0']").count() == 1
    focused = page.locator("a:focus")
    assert re.fullmatch(r".+, .+: (not started|incomplete|complete|not done).*", focused.get_attribute("aria-label"))
    focused.press("Enter")
    page.wait_for_url(f"**/participants/{FIRST.number}/forms/**")


def test_without_scripts_every_form_of_the_casebook_is_a_stop(page, sign_in, browser, address):
    sign_in(page, "principalInvestigator", "01")
    context = browser.new_context(base_url=address, java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(f"/participants/{FIRST.number}")
    assert plain.locator(".casegrid td a").count() > 50
    assert plain.locator(".casegrid a[tabindex]").count() == 0
    context.close()


def test_the_grid_scrolls_by_itself_and_keeps_its_headers(page, sign_in):
    sign_in(page, "nurse", "01")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/participants/{FIRST.number}")
    grid = page.locator(".casegrid")
    grid.evaluate("grid => grid.scrollTo(grid.scrollWidth, grid.scrollHeight)")
    box = grid.bounding_box()
    corner = grid.locator("thead th").first.bounding_box()
    assert abs(corner["x"] - box["x"]) < 3 and abs(corner["y"] - box["y"]) < 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_who_somebody_is_has_a_page_of_its_own_and_reading_it_is_recorded(page, sign_in):
    sign_in(page, "coordinator", "01")
    page.goto(f"/participants/{FIRST.number}")
    page.get_by_role("link", name="Name and contact").click()
    assert page.locator("main dl.facts bdi").count() > 0
    page.get_by_role("link", name="Who has read it").click()
    expect(page.locator("main")).to_contain_text(FIRST.number)


def test_who_may_not_see_who_somebody_is_is_offered_no_way_to_it(page, sign_in):
    sign_in(page, "monitor")
    number = participant(page, "enrolled")
    page.goto(f"/participants/{number}")
    assert page.get_by_role("link", name="Name and contact").count() == 0
    assert page.goto(f"/participants/{number}/identity").status == 403


def test_documents_name_what_there_is_on_paper(page, sign_in):
    sign_in(page, "principalInvestigator", "01")
    page.goto(f"/participants/{FIRST.number}")
    page.get_by_role("navigation", name=re.compile("Pages about")).get_by_role("link", name="Documents").click()
    for section in ["Consents", "Signed forms", "Serious adverse events", "Labels"]:
        assert page.get_by_role("heading", name=section).count() == 1
    assert page.get_by_role("link", name="The whole casebook, with every change marked").count() == 1


def test_a_task_opens_what_it_is_about(page, sign_in):
    sign_in(page, "coordinator", "01")
    page.goto("/")
    task = page.locator("main ol.tasks > li", has=page.locator(".actions a")).first
    task.locator(".actions a").first.click()
    assert page.locator("h1").inner_text() != "Today"


def test_the_safety_officer_fills_in_their_own_judgment_and_the_site_only_reads_it(page, sign_in):
    path = f"/participants/{FIRST.number}/forms/log/1/saeAssessment/90"
    sign_in(page, "safetyOfficer")
    page.goto(path + "?v.SOAAENO=1")
    assert page.locator("[name='v.SOAAENO']").input_value() == "1"


def test_what_a_link_proposes_is_saved_with_the_first_item_that_is(page, sign_in):
    path = f"/participants/{FIRST.number}/forms/log/1/saeAssessment/91"
    sign_in(page, "safetyOfficer")
    page.goto(path + "?v.SOAAENO=99")
    page.locator("[name='v.SOAREF']").fill("2026-17")
    page.locator("[name='v.SOAREF']").press("Tab")
    expect(page.locator("[data-saved]")).to_have_text("Saved.")
    page.goto(path)
    assert page.locator("[name='v.SOAAENO']").input_value() == "99"


def test_the_site_does_not_fill_in_the_judgment_of_the_safety_officer(page, sign_in):
    sign_in(page, "principalInvestigator", "01")
    page.goto(f"/participants/{FIRST.number}/forms/log/1/saeAssessment/90")
    assert page.locator("main form.sheet").count() == 0
