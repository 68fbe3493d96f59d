"""Pages that show the study as it stands: one feed for all tabs, and what somebody works in is left alone."""

from playwright.sync_api import expect
from story import FIRST
from test_site import participant

CHANGED = "event: position\ndata: 1 *\n\nevent: position\ndata: 2 *\n\nevent: here\ndata: {now}\n\n"


def test_ten_tabs_ask_for_one_stream(page, sign_in):
    sign_in(page, "coordinator")
    asked = []
    page.context.on("request", lambda request: asked.append(request) if request.url.endswith("/changes") else None)
    for _ in range(10):
        page.context.new_page().goto("/participants")
    assert page.context.pages[-1].locator("h1").inner_text() == "Participants"
    assert len(asked) <= 2


def test_a_server_that_hangs_is_told_at_the_top_and_a_gate_counts_as_closed(page, sign_in):
    sign_in(page, "principalInvestigator")
    number = participant(page, "enrolled")
    page.route("**/changes", lambda route: None)
    page.clock.install()
    page.goto(f"/participants/{number}/gates/infusion")
    expect(page.locator("#connection")).to_be_empty()
    page.clock.fast_forward(30_000)
    expect(page.locator("#connection")).to_contain_text("There is no connection")
    expect(page.locator("main")).to_contain_text("the gate counts as closed")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(page.locator("#connection")).to_be_in_viewport()
    page.unroute_all(behavior="ignoreErrors")


def fetched_anew(page, path):
    """Opens a page that is told of a change at once, and fetches itself anew."""
    page.route("**/changes", lambda route: route.fulfill(body=CHANGED.format(now=0), content_type="text/event-stream"))
    return page.expect_response(lambda answer: answer.url.endswith(path) and answer.request.resource_type == "fetch")


def test_what_is_typed_stays_when_the_page_is_fetched_anew(page, sign_in):
    sign_in(page, "principalInvestigator")
    with fetched_anew(page, "/queries"):
        page.goto("/queries")
        page.locator("main [name=participant]").fill("01-0001")
    page.wait_for_timeout(2000)
    assert page.locator("main [name=participant]").input_value() == "01-0001"
    page.unroute_all(behavior="ignoreErrors")


def test_what_is_opened_stays_open_when_the_page_is_fetched_anew(page, sign_in):
    sign_in(page, "principalInvestigator")
    path = f"/participants/{participant(page, 'enrolled')}"
    with fetched_anew(page, path):
        page.goto(path)
        page.locator("main details summary").last.click()
    page.wait_for_timeout(2000)
    assert page.locator("main details").last.get_attribute("open") is not None
    page.unroute_all(behavior="ignoreErrors")


def test_too_often_is_waited_for_and_shown_to_nobody(page, sign_in):
    sign_in(page, "coordinator")
    page.goto("/participants")
    page.route("**/participants", lambda route: route.fulfill(status=429, headers={"Retry-After": "1"}, body="Too often")
               if route.request.resource_type == "fetch" else route.continue_())
    page.route("**/changes", lambda route: route.fulfill(body=CHANGED.format(now=0), content_type="text/event-stream"))
    with page.expect_response(lambda answer: answer.status == 429):
        page.goto("/participants")
    page.wait_for_timeout(500)
    assert page.locator("h1").inner_text() == "Participants"
    page.unroute_all(behavior="ignoreErrors")


def test_the_administrators_accounts_are_connected(page, sign_in):
    sign_in(page, "administrator")
    with page.expect_response(lambda answer: answer.url.endswith("/changes")) as feed:
        page.goto("/accounts")
    assert feed.value.status == 200
    page.wait_for_timeout(1000)
    expect(page.locator("#connection")).to_be_empty()


def test_time_is_counted_down_by_the_servers_clock(page, sign_in):
    sign_in(page, "coordinator")
    page.clock.install(time="2001-01-01T00:00:00Z")
    page.goto("/")
    left = page.locator("time[data-left]")
    assert all("9" * 4 not in time.get_attribute("data-left") for time in left.all())
    assert not any(int(time.get_attribute("data-left").split(" d")[0]) > 3000
                   for time in left.all() if " d" in time.get_attribute("data-left"))


def test_what_can_be_recorded_is_in_the_menu_and_screening_begins_there(page, sign_in):
    sign_in(page, "coordinator")
    page.goto("/screening")
    assert page.locator("nav.places a", has_text="What I can record").count() == 1
    assert page.locator(".heading a", has_text="New candidate").count() == 1
    assert page.locator(".heading a", has_text="Upload a record").count() == 1


def test_a_record_that_is_no_record_is_not_taken_where_it_was_dropped(page, sign_in):
    sign_in(page, "coordinator")
    number = participant(page, "enrolled")
    page.goto(f"/screening/{number}")
    zone = page.locator("form[data-drop]")
    zone.locator("input[type=file]").set_input_files(
        {"name": "record.json", "mimeType": "application/json", "buffer": b"{"})
    expect(zone.locator("[role=status]")).to_contain_text("Nothing was taken")
    assert page.url.endswith(f"/screening/{number}")


def test_a_visit_is_chosen_from_the_schedule(page, sign_in):
    sign_in(page, "coordinator")
    page.goto(f"/act/participant-visit?participant={FIRST.number}")
    assert page.locator("select[name=visit] option[value=D28]").count() == 1
