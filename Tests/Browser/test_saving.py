"""A form of the casebook that is saved item by item loses nothing, and says "Saved." of what is saved alone."""

from playwright.sync_api import expect
from story import FIRST
from test_site import participant


def new_row(page, title):
    """The next free row of a log of somebody who is enrolled; its fields of one line."""
    number = participant(page, "enrolled")
    page.goto(f"/participants/{number}")
    page.locator("a", has_text=f"Add: {title}").click()
    return [field.get_attribute("name") for field in page.locator("main [data-item]:not([hidden]) input[type=text]").all()]


def enter(page, name, text):
    page.locator(f"[name='{name}']").fill(text)
    with page.expect_response(lambda answer: answer.url.endswith("/items")) as answered:
        page.locator(f"[name='{name}']").press("Tab")
    return answered.value.status


def item(page, name):
    return page.locator(f"[data-item='{name.removeprefix('v.')}']")


def state(page):
    return page.locator("[data-saved]")


def test_what_is_refused_is_not_called_saved_by_what_is_saved_after_it(page, sign_in):
    sign_in(page, "coordinator")
    first, second = new_row(page, "Medical history")[:2]
    assert enter(page, first, "as it was") == 200
    expect(state(page)).to_have_text("Saved.")
    assert enter(page, first, "as it is now") == 422
    enter(page, second, "2020-03")
    expect(state(page)).to_contain_text("Not saved (1)")
    assert item(page, first).locator("[data-fault]").inner_text()
    # The reason is asked where the answer is corrected, sends it once more, and is used up.
    reason = item(page, first).locator("[data-reason]")
    reason.fill("The chart says so")
    with page.expect_response(lambda answer: answer.url.endswith("/items")) as answered:
        reason.press("Tab")
    assert answered.value.status == 200
    expect(reason).to_have_count(0)
    expect(state(page)).to_have_text("Saved.")
    page.reload()
    assert page.locator(f"[name='{first}']").input_value() == "as it is now"


def test_what_a_check_warns_of_says_at_once_how_it_is_confirmed(page, sign_in):
    sign_in(page, "coordinator")
    page.goto(f"/participants/{participant(page, 'enrolled')}/forms/SCR/1/vitalSigns/9")
    name = "v.VSORRES_SYSBP"
    assert enter(page, name, "190") == 200
    way = item(page, name).locator("[data-fault] a")
    expect(way).to_contain_text("answer query")
    way.click()
    page.wait_for_url("**#query-*")
    number = page.url.split("#")[1]
    expect(page.locator(f"#{number}")).to_be_visible()
    # The page says so too, and what is saved meanwhile leaves it, with whoever is on it.
    expect(way).to_have_attribute("href", f"#{number}")
    page.locator("[name='v.VSORRES_HR']").fill("76")
    with page.expect_response(lambda answer: answer.url.endswith("/items")):
        way.focus()
    expect(state(page)).to_have_text("Saved.")
    expect(way).to_be_focused()


def test_a_medicine_chosen_by_its_code_is_named_beside_it(page, sign_in):
    sign_in(page, "coordinator")
    new_row(page, "Concomitant medication")
    code, title = page.locator("#medicines-CMTRT option").first.evaluate("option => [option.value, option.text]")
    assert enter(page, "v.CMTRT", code) == 200
    named = item(page, "v.CMTRT").locator("[data-named]")
    expect(named).to_have_text(title)
    page.reload()
    expect(named).to_have_text(f"{title} ({code})")


def test_a_text_of_several_lines_that_is_saved_is_no_correction_of_itself(page, sign_in):
    sign_in(page, "subInvestigator", "01")
    new_row(page, "Adverse event")
    text = page.locator("main [data-item]:not([hidden]) textarea").first
    text.fill("Line one\nLine two")
    with page.expect_response(lambda answer: answer.url.endswith("/items")) as answered:
        text.press("Tab")
    assert answered.value.status == 200
    expect(state(page)).to_have_text("Saved.")
    # The script sends the ends of lines as they are in the page, a form as CRLF.
    page.locator("main form.sheet button[type=submit]").click()
    page.wait_for_url("**saved=1*")
    assert text.input_value() == "Line one\nLine two"


def test_what_could_not_be_sent_says_so_in_words_and_is_sent_by_itself(page, sign_in):
    sign_in(page, "coordinator")
    first = new_row(page, "Medical history")[0]
    page.route("**/items", lambda route: route.abort())
    page.locator(f"[name='{first}']").fill("typed in a lift")
    page.locator(f"[name='{first}']").press("Tab")
    expect(item(page, first)).to_contain_text("not sent yet")
    expect(state(page)).to_have_text("Not sent yet (1)")
    expect(page.locator("#connection")).to_contain_text("There is no connection")
    with page.expect_response(lambda answer: answer.url.endswith("/items")):
        page.unroute("**/items")
    expect(state(page)).to_have_text("Saved.")
    expect(page.locator("#connection")).to_be_empty()


def test_what_was_not_sent_before_the_page_was_loaded_anew_is_sent_then(page, sign_in):
    sign_in(page, "coordinator")
    page.on("dialog", lambda dialog: dialog.accept())
    first = new_row(page, "Medical history")[0]
    page.route("**/items", lambda route: route.abort())
    page.locator(f"[name='{first}']").fill("typed before")
    page.locator(f"[name='{first}']").press("Tab")
    expect(item(page, first)).to_contain_text("not sent yet")
    page.unroute("**/items")
    with page.expect_response(lambda answer: answer.url.endswith("/items")):
        page.reload()
    expect(state(page)).to_have_text("Saved.")


def test_an_answer_that_waits_is_told_on_every_page_and_leads_to_its_form(page, sign_in):
    sign_in(page, "coordinator")
    page.on("dialog", lambda dialog: dialog.accept())
    name = new_row(page, "Medical history")[0]
    page.route("**/items", lambda route: route.abort())
    page.locator(f"[name='{name}']").fill("typed on the way")
    page.locator(f"[name='{name}']").press("Tab")
    expect(item(page, name)).to_contain_text("not sent yet")
    page.goto("/")
    bar = page.locator("#connection")
    expect(bar).to_contain_text("Answers not sent yet: 1")
    page.unroute("**/items")
    with page.expect_response(lambda answer: answer.url.endswith("/items")):
        bar.locator("button").click()
    expect(state(page)).to_have_text("Saved.")
    expect(bar).to_be_empty()


def test_an_item_is_marked_as_to_be_answered_until_it_is(page, sign_in):
    sign_in(page, "coordinator")
    name = new_row(page, "Medical history")[0]
    mark = item(page, name).locator("[data-missing]")
    expect(mark).to_be_visible()
    assert enter(page, name, "as it was") == 200
    expect(mark).to_be_hidden()


def test_what_was_not_sent_is_sent_in_the_name_of_nobody_else(page, sign_in):
    site = sign_in(page, "coordinator")["site"]
    page.on("dialog", lambda dialog: dialog.accept())
    name = new_row(page, "Medical history")[0]
    path = page.url
    page.route("**/items", lambda route: route.abort())
    page.locator(f"[name='{name}']").fill("typed by the coordinator")
    page.locator(f"[name='{name}']").press("Tab")
    expect(item(page, name)).to_contain_text("not sent yet")
    # Somebody else signs in in the same tab.
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.unroute("**/items")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/items") else None)
    sign_in(page, "nurse", site)
    page.goto(path)
    expect(page.locator(f"[name='{name}']")).to_have_value("")
    assert sent == []
    # It waits for whoever typed it.
    page.context.clear_cookies()
    page.goto("/sign-in")
    sign_in(page, "coordinator")
    with page.expect_response(lambda answer: answer.url.endswith("/items")):
        page.goto(path)
    expect(page.locator(f"[name='{name}']")).to_have_value("typed by the coordinator")


def test_a_form_says_which_visit_and_which_row_it_is(page, sign_in):
    sign_in(page, "nurse", "01")
    for path in ["", "/history"]:
        page.goto(f"/participants/{FIRST.number}/forms/SCR/1/vitalSigns/1{path}")
        heading = page.locator("h1").inner_text()
        assert "Screening" in heading and "Vital signs" in heading
        assert "Screening" in page.locator("nav.trail").inner_text()
    assert "All times are of Asia/Shanghai." in page.locator("main").inner_text()
    new_row(page, "Medical history")
    assert page.locator("h1").inner_text().startswith("Medical history ")
