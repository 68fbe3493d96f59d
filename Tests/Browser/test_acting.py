"""Recording an act: what is chosen and picked, who acts along, what comes next with the cells, and what is printed, on a phone."""

import pytest
from story import FIRST
from test_site import PHONE, participant


def test_whom_an_act_is_about_comes_first(page, sign_in):
    sign_in(page, "coordinator", "01")
    page.goto("/act/participant-visit")
    assert page.locator("main form select").count() == 1
    page.locator("[name=participant]").select_option(FIRST.number)
    page.locator("main form button[type=submit]").click()
    assert page.locator("[name=participant]").input_value() == FIRST.number
    assert page.locator("select[name=visit] option").count() > 10


def test_two_people_are_asked_for_from_the_start_and_a_moment_is_picked(page, sign_in):
    sign_in(page, "nurse", "01")
    page.goto(f"/act/product-check-person?participant={FIRST.number}")
    second = page.get_by_label("Second person")
    assert second.is_visible() and second.evaluate("field => field.required")
    assert second.locator("option").count() > 2
    page.locator("summary", has_text="When, why, and entered late").click()
    picked = page.locator("[name=happenedAt]")
    assert picked.get_attribute("type") == "datetime-local"
    assert "Asia/Shanghai" in page.locator("#f-happenedAt-help").inner_text()


def test_a_fault_leads_to_its_field(page, sign_in):
    sign_in(page, "nurse", "01")
    page.goto(f"/act/participant-lose?participant={FIRST.number}")
    # As a browser does that knows no required fields.
    page.locator("main form").evaluate("form => { form.noValidate = true }")
    page.locator("main form button[type=submit]").click()
    page.locator("#faults a").first.click()
    assert page.url.endswith("#f-lastContact")
    field = page.locator("#f-lastContact")
    assert field.get_attribute("aria-invalid") == "true"
    assert "This is missing." in page.locator("#" + field.get_attribute("aria-describedby").split()[-1]).inner_text()


def test_what_was_typed_into_an_act_is_kept_until_its_answer_is_there(page, sign_in):
    sign_in(page, "coordinator", "01")
    path = f"/act/participant-deviation-open?participant={FIRST.number}"
    page.goto(path)
    what = page.locator("main [name=what]")
    what.fill("The dose was given two hours late")
    # As a browser does that knows no required fields: the answer says what is missing.
    page.locator("main form").evaluate("form => { form.noValidate = true }")
    page.context.set_offline(True)
    page.locator("main form button[type=submit]").click()
    page.wait_for_timeout(1500)
    assert page.locator("main").count() == 0
    page.context.set_offline(False)
    page.goto(path)
    assert what.input_value() == "The dose was given two hours late"
    page.locator("main form").evaluate("form => { form.noValidate = true }")
    page.locator("main form button[type=submit]").click()
    page.locator("#faults").wait_for()
    page.goto(path)
    assert what.input_value() == ""


def test_an_act_whose_answer_was_lost_is_recorded_once(page, sign_in):
    sign_in(page, "coordinator", "01")
    path = f"/act/participant-deviation-open?participant={FIRST.number}"
    page.goto(path)
    page.locator("main [name=kind]").select_option("other")
    what = page.locator("main [name=what]")
    what.fill("The tubes were labelled after the blood was drawn")
    recorded = []

    def lose(route):
        # The server takes it; the connection drops before its answer is there.
        headers = {**route.request.headers, "sec-fetch-site": "same-origin"}
        recorded.append(route.fetch(headers=headers, max_redirects=0, timeout=0).headers["location"])
        route.abort("connectionreset")

    page.route("**/act/participant-deviation-open", lose)
    page.locator("main form button[type=submit]").click()
    page.locator("main").wait_for(state="detached")
    page.unroute("**/act/participant-deviation-open")
    page.goto(path)
    assert what.input_value() == "The tubes were labelled after the blood was drawn"
    page.locator("main form button[type=submit]").click()
    page.locator("main").get_by_text("This is in the record for good.").wait_for()
    # It leads to what the first came to, and what comes next is something else.
    assert page.url.endswith(recorded[0])
    page.wait_for_load_state()
    page.goto(path)
    assert what.input_value() == ""
    assert page.locator("main [name=_once]").input_value() not in recorded[0]


def test_changing_the_language_leaves_the_form_of_an_act_as_it_is(page, sign_in):
    sign_in(page, "coordinator", "01")
    page.goto(f"/act/participant-deviation-open?participant={FIRST.number}")
    page.locator("main [name=what]").fill("The dose was given two hours late")
    page.locator("form.look [lang=zh-Hans]").click()
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert page.locator("main [name=participant]").input_value() == FIRST.number
    assert page.locator("main [name=what]").input_value() == "The dose was given two hours late"


def test_the_cells_say_first_what_comes_next_and_who_does_it(page, sign_in):
    sign_in(page, "coordinator")
    number = participant(page, "enrolled")
    page.goto(f"/participants/{number}/product")
    following = page.locator("#next")
    assert "Done by:" in following.inner_text()
    assert following.locator("a").count() > 0
    # Nothing is collected: nothing is made or filled.
    barred = page.locator("details", has_text="What cannot be done now, and why").first
    barred.locator("summary").first.click()
    assert "There is nothing now that this could be about." in barred.inner_text() or "is under way" in barred.inner_text()
    assert page.locator("main a", has_text="Fill a bag").count() == 0


@pytest.mark.parametrize("path", [
    "/participants/{number}/infusion/sheet", "/study/forms/vitalSigns/print", "/study/forms/adverseEvent/print",
    "/participants/{number}/forms/SCR/1/vitalSigns/1/print", "/act/product-step?participant={number}",
])
def test_what_is_printed_and_recorded_fits_a_phone(page, sign_in, path):
    sign_in(page, "nurse", "01")
    page.set_viewport_size(PHONE)
    page.goto(path.format(number=FIRST.number))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
