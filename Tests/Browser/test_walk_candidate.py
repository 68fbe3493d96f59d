"""From a hospital's record to enrollment."""

import re

from candidate import record
from story import number_in

LVEF, IGRA = {"10230-1"}, {"45323-3", "igra"}


def test_walk_a_candidate_lacks_two_results_and_is_enrolled_when_they_are_there(stage):
    site = stage(44)
    clock = site.clock()
    clock.forward("2024-07-18T09:00")
    coordinator = clock.person
    investigator = site.person("principalInvestigator", "01")
    bundle, born = record("01-sle-base.json", "2024-07-18", without=LVEF | IGRA, local="Ejection fraction")

    # Who it is, and what the hospital knows: the file is dropped as it came.
    number = number_in(
        coordinator.does("participant-register", {
            "site": "01", "cohort": "sle", "name": "Gao Lanying", "birthDate": born, "sexAtBirth": "female"}),
        r"\b(01-\d{4})\b")
    page = f"/screening/{number}"
    coordinator.go(page)
    coordinator.follow("Import a record")
    coordinator.fill("source", "hospitalRecord")
    coordinator.drop("file", {"name": "record.json", "mimeType": "application/fhir+json", "buffer": bundle})
    coordinator.done()

    # The verdict says what is missing, and what to obtain.
    coordinator.go(page)
    said = coordinator.reads()
    assert "? undetermined" in said
    assert "INC-5.5" in said and "EXC-12" in said
    # What to order stands by kind of work, by name and unit, with the criterion that it would decide; no ids of the dictionary.
    order = coordinator.page.locator("#order")
    kinds = order.locator("h3").all_inner_texts()
    assert any("laboratory" in kind for kind in kinds) and any("chocardiography" in kind for kind in kinds), kinds
    order.locator("details").evaluate_all("all => all.forEach(part => { part.open = true })")
    said = order.inner_text()
    assert "interferon-gamma release assay" in said and "Left ventricular ejection fraction" in said and "in %" in said
    assert order.get_by_role("link", name="EXC-12").count() > 0
    for said_or_reason in (said, coordinator.page.locator("#criteria").inner_text()):
        assert not re.search(r"\b(igra|lvef)\b", said_or_reason), said_or_reason
    unread = coordinator.page.locator("#unrecognized")
    unread.locator("summary").click()
    assert "Ejection fraction" in unread.inner_text() and "L-4711" in unread.inner_text()
    coordinator.follow("Record the consent")
    coordinator.fill_in({
        "version": "1.0", "obtainedBy": "m.tan", "obtainedAs": "subInvestigator", "adult": "true",
        "copyGiven": "true"})
    coordinator.done()
    coordinator.go(page)
    coordinator.follow("Begin screening")
    coordinator.done()

    # The investigator cannot sign over what is unknown.
    investigator.go(page)
    investigator.follow("Sign that the candidate is eligible")
    assert "is undetermined" in investigator.refused()

    # What is missing is entered in the forms that ask for it.
    for form, answers in {
        "Echocardiogram": {"CVDTC": "2024-07-18", "CVORRES_LVEF": "61", "CVPEREFF": "false"},
        "Infection screening": {"LBDTC": "2024-07-18T08:10", "LBORRES_IGRA": "negative"},
    }.items():
        coordinator.go(page)
        coordinator.follow(f"Enter it: {form}")
        coordinator.saves(answers)

    # Now every criterion passes; the decision is signed on exactly these data.
    coordinator.go(page)
    assert "✓ eligible" in coordinator.reads()
    # The evidence opens the very item that it was entered in.
    coordinator.page.locator("#f-EXC-12 summary").first.click()
    coordinator.page.locator("#f-EXC-12").get_by_role("link", name="Infection screening").first.click()
    coordinator.page.wait_for_url("**#item-LBORRES_IGRA")
    assert coordinator.page.locator("#item-LBORRES_IGRA").is_visible()
    investigator.go(page)
    investigator.follow("Sign that the candidate is eligible")
    investigator.done()
    investigator.go(page)
    assert "comes out the same when computed anew" in investigator.reads()

    # A slot is taken.
    coordinator.go(f"/participants/{number}/gates/enrollment")
    assert "The gate is open." in coordinator.reads()
    assert "enrolled" in coordinator.does("participant-enroll", {"participant": number}).lower()
    coordinator.go(f"/participants/{number}")
    assert "enrolled" in coordinator.page.locator("main ol.steps [aria-current=step]").inner_text()
