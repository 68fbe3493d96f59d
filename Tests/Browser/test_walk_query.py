"""A monitor asks about an answer, the site corrects it, and the history tells both."""

from story import FIRST

FORM = "SCR/1/vitalSigns/1"


def test_walk_a_query_leads_to_a_correction_that_the_history_shows(stage):
    site = stage(44)
    monitor, coordinator = site.person("monitor", "01"), site.person("coordinator", "01", scripts=False)
    page = f"/participants/{FIRST.number}/forms/{FORM}"

    # The monitor compares with the source, and asks at the form.
    monitor.go(page)
    monitor.follow("Raise a query")
    monitor.fill_in({"items": "VSORRES_HR", "text": "The ward's chart says 88. Please compare with the source."})
    monitor.done()

    # The site finds it at the form, corrects the answer with its reason, and answers.
    coordinator.go(page)
    asked = coordinator.page.locator("main ul.tasks > li", has_text="The ward's chart says 88.")
    query = asked.locator(".badge").first.inner_text().split()[0]
    before = coordinator.page.locator("main [name='v.VSORRES_HR']").input_value()
    coordinator.records(FIRST.number, FORM, {"VSORRES_HR": "88"}, correction="Misread from the chart.")
    coordinator.go(page)
    asked.get_by_role("link", name="Answer", exact=True).click()
    coordinator.fill("text", "Corrected; the chart is right.")
    coordinator.done()

    # The history has both answers, with who and why; the monitor closes the query.
    monitor.go(page + "/history")
    pulse = monitor.page.locator("#VSORRES_HR tbody tr")
    assert pulse.count() == 2
    newest, earlier = pulse.all_inner_texts()
    assert "88" in newest and "Misread from the chart." in newest and coordinator.account in newest
    assert before in earlier
    monitor.does("query-close", {
        "participant": FIRST.number, "query": query, "text": "Seen at the site."})
    coordinator.go(page)
    assert asked.count() == 0
