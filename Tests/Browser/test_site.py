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


def test_a_question_mark_opens_the_list_of_keys_and_escape_closes_it(page, sign_in):
    sign_in(page, "coordinator")
    page.goto("/")
    keys = page.locator("#keys")
    assert not keys.is_visible()
    page.keyboard.press("?")
    assert keys.is_visible()
    assert "Participants" in keys.inner_text() and keys.locator("kbd").count() > 6
    page.keyboard.press("Escape")
    assert not keys.is_visible()
    page.locator("footer button").click()
    assert keys.is_visible()
    keys.locator("button").click()
    assert not keys.is_visible()


def test_only_what_scrolls_is_a_stop_of_the_tab_key(page, sign_in):
    sign_in(page, "principalInvestigator")
    page.goto(f"/participants/{FIRST.number}/safety")
    page.wait_for_function("""() => [...document.querySelectorAll('main [role=region]')].every(region =>
        region.checkVisibility() && (region.tabIndex === 0) ===
        (region.scrollWidth > region.clientWidth || region.scrollHeight > region.clientHeight) || !region.checkVisibility())""")


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
    with page.expect_response(lambda answer: answer.url.endswith("/items")):
        page.context.set_offline(False)
    page.goto(path)
    assert page.locator(f"[name='{name}']").input_value() == "typed without a connection"


def test_a_gate_says_line_by_line_what_is_true_and_what_to_do(page, sign_in):
    sign_in(page, "principalInvestigator")
    number = participant(page, "enrolled")
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
    "/", "/participants", "/sign-in", "/act", "/about", "/practice", "/account/second-factor",
    "/participants/{number}", "/participants/{number}/documents", "/participants/{number}/identity",
    "/participants/{number}/infusion", "/participants/{number}/gates/infusion",
    "/participants/{number}/forms/SCR/1/vitalSigns/1", "/participants/{number}", "/participants/{number}/timeline",
    "/participants/{number}/product", "/participants/{number}/safety", "/participants/{number}/safety/values",
    "/participants/{number}/response", "/participants/{number}/documents", "/participants/{number}/way", "/screening",
    "/screening/{number}", "/safety", "/safety/events", "/safety/courses", "/queries", "/product", "/study",
    "/study/criteria", "/study/schedule", "/study/forms", "/study/changes", "/help",
])
def test_on_a_phone_nothing_is_wider_than_the_screen(page, sign_in, path):
    page.set_viewport_size(PHONE)
    sign_in(page, "nurse", "01")
    page.goto(path.format(number=FIRST.number))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_public_page_keeps_what_a_visitor_ticks_to_itself(page):
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    page.goto("/about", wait_until="networkidle")
    sent.clear()
    check = page.locator("#check")
    check.locator("[name=check-illness][value=sle]").check()
    assert check.locator("[data-question]:visible").count() < check.locator("[data-question]").count()
    for question in check.locator("[data-question]:visible").all():
        question.locator("[value=no]").check()
    assert check.locator("[data-point]:visible").count() > 0
    assert "Talk to the site." in check.inner_text()
    assert "eligible" not in check.inner_text()
    assert sent == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.reload()
    assert check.locator("input:checked").count() == 0


def test_without_scripts_the_public_page_is_whole(browser, address):
    context = browser.new_context(base_url=address, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto("/about")
    assert page.locator("[data-question]:visible").count() == page.locator("[data-question]").count() > 20
    assert page.locator("h2").count() >= 6
    context.close()


def test_a_form_sent_after_the_session_ended_is_there_again_without_scripts(browser, address, account_of):
    account = account_of("administrator")
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()

    def give_credentials():
        page.locator("[name=account]").fill(account["account"])
        page.locator("[name=password]").fill(account["password"])
        page.locator("main form button[type=submit]").click()

    page.goto("/sign-in?next=/act/account-create")
    give_credentials()
    page.goto("/act/account-create")
    page.locator("[name=name]").fill("Nora Quist")
    page.locator("[name=account]").fill("nora.quist")
    context.clear_cookies()
    page.locator("main form button[type=submit]").click()
    assert "what you typed is not lost" in page.locator("main").inner_text()
    give_credentials()
    page.locator("main form button[type=submit]").click()
    assert page.locator("[name=name]").input_value() == "Nora Quist"
    context.close()


def test_a_nurse_practises_and_finds_a_bag_of_somebody_else(page, sign_in):
    sign_in(page, "nurse")
    page.goto("/practice")
    page.locator("[name=case][value=bagOfAnother]").check()
    page.locator("main form button[type=submit]").click()
    assert "PRACTICE" in page.locator("main [role=alert]").first.inner_text()
    card = lambda title: page.locator(".card", has=page.locator("h3", has_text=title)).locator("dd").all_inner_texts()
    name, born, number = card("Wristband")
    label = card("Label of the bag")[2]
    for field, value in [("documentName", name), ("documentBirthDate", born), ("wristbandName", name),
                         ("wristband", number), ("wristbandBirthDate", born)]:
        page.locator(f"[name={field}]").fill(value)
    page.locator("form:has([value=checkPerson]) button").click()
    page.locator("form:has([value=thaw]) [name=label]").fill(label)
    page.locator("form:has([value=thaw]) button").click()
    assert "You found what did not fit" in page.locator("main").inner_text()


def test_a_monitor_verifies_beside_the_source(page, sign_in):
    sign_in(page, "monitor")
    number = participant(page, "enrolled")
    page.goto(f"/participants/{number}/forms/once/1/demographics/1/verify")
    page.locator("[name=items]").first.check()
    page.locator("[name=source]").fill("identity card")
    page.locator("main form.stack button[type=submit]").click()
    assert "saved=1" in page.url
    assert page.locator(".badge.done", has_text="verified").count() >= 1


def test_an_export_is_handed_out_and_recorded(page, sign_in):
    sign_in(page, "statistician")
    page.goto("/exports")
    with page.expect_download() as handed:
        page.locator("#screening-log button").click()
    assert handed.value.suggested_filename == "screening-log.csv"
    page.goto("/audit?kind=study")
    assert "The screening log was exported" in page.locator("main").inner_text()


def test_what_an_amendment_changed_is_marked_word_by_word(page, sign_in):
    sign_in(page, "principalInvestigator")
    page.goto("/study/changes")
    changes = page.locator("table .diff")
    assert changes.locator("del").count() > 0 and changes.locator("ins").count() > 0
    for mark, line in (("del", "line-through"), ("ins", "underline")):
        shown = changes.locator(mark).first.evaluate("mark => getComputedStyle(mark).textDecorationLine")
        assert line in shown, mark


def test_a_criterion_leads_to_its_sentence_in_the_protocols_text_and_back(page, sign_in):
    sign_in(page, "coordinator")
    page.goto("/study/criteria?kind=exclusion")
    page.locator("#f-EXC-12").get_by_role("link", name="In the protocol's text").click()
    page.wait_for_url("**/study/source?*#EXC-12")
    assert "interferon-gamma release assay" in page.locator("p:has(#EXC-12)").inner_text()
    page.locator("#EXC-12").click()
    page.wait_for_url("**/study/criteria?*kind=exclusion#f-EXC-12")


def test_the_heads_of_the_screening_matrix_stay_while_it_scrolls(page, sign_in):
    sign_in(page, "coordinator")
    page.set_viewport_size({"width": 700, "height": 500})
    page.goto("/screening?who=all")
    grid = page.locator(".grid")
    # A short demonstration has one candidate, a study has many.
    grid.evaluate("""grid => { for (const row of grid.querySelectorAll("tr"))
      for (let copies = 0; copies < 12; copies++) row.append(row.lastElementChild.cloneNode(true)); }""")
    kept = """grid => { grid.scrollTo(300, 400);
      const [box, head, first] = [grid, grid.querySelector("thead th:last-child"), grid.querySelector("tbody th")].map(e => e.getBoundingClientRect());
      return [grid.scrollTop, head.top - box.top, grid.scrollLeft, first.left - box.left]; }"""
    down, top, across, left = grid.evaluate(kept)
    assert down > 100 and abs(top) < 3 and across > 50 and abs(left) < 3
    # Nor does a head that somebody comes to with the keyboard lie under the first column; printed, nothing stays in place.
    page.set_viewport_size({"width": 800, "height": 500})
    under = """grid => { const link = grid.querySelector("thead th:nth-child(2) a");
      grid.scrollTo(2000, 0);
      link.focus();
      return grid.querySelector("tbody th").getBoundingClientRect().right - link.getBoundingClientRect().left; }"""
    assert grid.evaluate(under) < 1
    page.emulate_media(media="print")
    places = """grid => ["tbody th", "thead th:first-child", "thead th:last-child"]
      .map(found => getComputedStyle(grid.querySelector(found)).position)"""
    assert set(grid.evaluate(places)) == {"static"}


def test_the_audit_trail_is_shown_as_of_a_moment_of_the_sites_clocks(page, sign_in):
    sign_in(page, "coordinator")
    page.goto("/audit")
    first = page.locator("main ol.ladder > li").first
    latest = first.inner_text()
    page.locator("[name=asof]").fill("2024-12-01T12:00")
    page.locator("form.filter button").click()
    assert "Events as the trail stood on 1 Dec 2024 12:00" in page.locator("main").inner_text()
    assert first.inner_text() != latest
    assert page.locator("[name=asof]").input_value() == "2024-12-01T12:00"


def test_the_history_of_an_item_is_one_keystroke_away(page, sign_in):
    sign_in(page, "coordinator", "01")
    page.goto(f"/participants/{FIRST.number}/forms/SCR/1/vitalSigns/1")
    item = page.locator("main [data-item]:not([hidden]):has(input[type=text])").first
    name = item.get_attribute("data-item")
    item.locator("input[type=text]").first.press("Alt+h")
    page.wait_for_url(f"**/vitalSigns/1/history#{name}")


def pages_of(page):
    number = participant(page, "enrolled")
    form = f"/participants/{number}/forms/log/1/medicalHistory/1"
    places = [link.get_attribute("href") for link in page.locator("nav.places a").all()]
    return places + [
        f"/participants/{number}/product", f"/participants/{number}/infusion", f"/participants/{number}/safety",
        f"/participants/{number}/documents", f"/participants/{number}/response", f"/participants/{number}/timeline", f"/screening/{number}",
        f"/participants/{number}/visits/SCR/1", "/sign-in", "/about", "/recover", "/practice", "/account", "/account/second-factor", "/account/password", "/act", "/act/participant-consent", f"/participants/{number}",
        f"/participants/{number}/way", f"/participants/{number}/gates/infusion", form, form + "/history", form + "/print", "/study/forms/vitalSigns/print", "/study/source", "/study/changes",
        f"/participants/{number}/identity", f"/participants/{number}/infusion/sheet", f"/participants/{number}/casebook/print",
        f"/participants/{number}/safety/values", f"/participants/{number}/safety/grades", "/safety/events", "/safety/courses",
        "/study/criteria", "/study/schedule", "/study/forms", "/study/forms/vitalSigns", "/study/provisional", "/audit/1",
    ]


def complaints_of_axe(page, paths):
    """What axe finds, by page."""
    found = {}
    for path in paths:
        assert page.goto(path).ok, path
        violations = Axe().run(page).response["violations"]
        if violations:
            found[path] = [(violation["id"], violation["nodes"][0]["html"][:200]) for violation in violations]
    return found


@pytest.mark.parametrize("language, theme", [("en", "light"), ("en", "dark"), ("zh-Hans", "light")])
def test_axe_finds_nothing_on_any_page(page, sign_in, language, theme):
    sign_in(page, "principalInvestigator")
    page.context.add_cookies([
        {"name": "language", "value": language, "url": page.url}, {"name": "theme", "value": theme, "url": page.url}])
    assert complaints_of_axe(page, pages_of(page)) == {}
    assert page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_axe_finds_nothing_where_a_monitor_verifies(page, sign_in, language):
    sign_in(page, "monitor", "01")
    page.context.add_cookies([{"name": "language", "value": language, "url": page.url}])
    form = f"/participants/{FIRST.number}/forms/SCR/1/vitalSigns/1"
    assert complaints_of_axe(page, [form, form + "/verify"]) == {}


def test_every_page_is_light(page, sign_in):
    sign_in(page, "principalInvestigator")
    heavy = {}
    for path in pages_of(page):
        # As it is sent: text is compressed.
        size = page.goto(path).request.sizes()["responseBodySize"]
        if size > 100_000:
            heavy[path] = size
    assert heavy == {}
