"""What pages show of somebody who was infused two weeks ago."""

from playwright.sync_api import expect
from story import FIRST


def test_what_was_decided_and_measured_around_the_infusion(stage):
    person = stage(97).person("principalInvestigator", "01")
    page = person.page

    # The gate of an infusion that has been is no gate: it shows what was decided then.
    person.go(f"/participants/{FIRST.number}/gates/infusion")
    expect(page.locator("main")).to_contain_text("The gate was passed.")
    assert page.locator("ol.gate > li").count() >= 10
    assert page.locator("ol.gate > li:not(.is-true)").count() == 0
    page.get_by_role("link", name="As the ledger holds it").click()
    expect(page.locator("main")).to_contain_text("infusionStarted")

    # The weeks around Day 0 beside the whole way.
    person.go(f"/participants/{FIRST.number}/timeline")
    figures = page.locator("main figure")
    assert [figure.get_attribute("data-figure") for figure in figures.all()] == ["timeline-day-0", "timeline"]
    weeks, whole = (figure.locator("tbody tr").count() for figure in figures.all())
    assert 0 < weeks < whole

    # Courses show four weeks; a link leads to the whole study, and a filter stays there.
    def days():
        rows = page.locator("figure[data-figure=values] tbody tr")
        return [int(cell) for cell in rows.locator("td:nth-child(2)").all_text_contents()]

    person.go("/safety/courses")
    shown = days()
    assert shown and all(0 <= day <= 28 for day in shown)
    page.locator("main a", has_text="The whole study").click()
    assert "days=all" in page.url
    assert len(days()) > len(shown)
    page.locator("main form.filter button").click()
    assert "days=all" in page.url
