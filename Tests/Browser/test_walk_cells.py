"""The cells' way from leukapheresis to the bedside, two people at one screen."""

from story import FIRST, INTACT, OTHER, bedside, label_of, ready_for_infusion, taken_out


def test_walk_cells_are_collected_packed_and_taken_over_by_the_laboratory(stage):
    site = stage(44)
    clock = site.clock()
    clock.forward("2024-07-18T07:40")
    coordinator, nurse, laboratory = clock.person, site.person("nurse", "01"), site.person("cellLaboratory")

    # The number of the collection is issued with its first labels.
    coordinator.go(f"/participants/{FIRST.number}/product")
    coordinator.follow("Print the first labels of 01-0001-C1")
    coordinator.fill("count", "4")
    coordinator.done()
    label = label_of(coordinator, FIRST.number, "C1")

    # Person and papers are tied together by two, each with their own password, at one screen.
    nurse.does("product-check-person", FIRST.papers("collection"), together=[coordinator])
    nurse.does("product-collect", {"participant": FIRST.number})

    # A label that was misread is asked for again, and nothing is recorded.
    collection = label.split()[-1]
    step = {
        "participant": FIRST.number, "step": "labelled", "material": collection, "place": "Apheresis unit, bed 2",
        **INTACT}
    nurse.act("product-step", {**step, "label": collection.replace("-C1-", "-C2-")}, together=[coordinator])
    assert "Read again." in nurse.refused()
    nurse.fill("label", label)
    nurse.done(coordinator)

    nurse.does("product-collected", {
        "participant": FIRST.number, "yield": "3200", "label": label, "place": "Apheresis unit, bed 2",
        **INTACT})
    coordinator.does("product-step", {
        **step, "step": "packed", "label": label, "least": "3", "largest": "5"})
    coordinator.does("product-step", {
        **step, "step": "pickedUp", "label": label, "otherParty": "Courier Lin, Cryoway"})

    clock.forward("2024-07-19T09:10")
    laboratory.does("product-step", {
        **step, "step": "receivedAtManufacturing", "label": label, "place": "Goods-in, room 1.04", "least": "3",
        "largest": "6", "otherParty": "Courier Lin, Cryoway"})
    laboratory.does("product-step", {**step, "step": "accepted", "label": label, "place": "Goods-in, room 1.04"})

    # The chain of custody tells all of it, in order.
    laboratory.go(f"/participants/{FIRST.number}/product")
    assert laboratory.page.locator("#custody ol.ladder > li strong").all_inner_texts() == [
        "Labels put on by two people at the chairside", "Collection completed", "Packed for transport",
        "Picked up by the courier", "Received at manufacturing", "Starting material accepted"]


def test_walk_a_wrong_label_at_the_bedside_stops_both_products(stage):
    site = stage(83)
    clock = site.clock()
    clock.forward("2024-08-26T07:45")
    nurse = site.person("nurse", "01", scripts=False)
    investigator, quality = site.person("subInvestigator", "01"), site.person("qualityAssurance")
    ready_for_infusion(nurse, investigator, "2024-08-26")

    # As the bag is taken out, a label of another participant is read.
    own = label_of(nurse, FIRST.number, "L1-B1")
    other = label_of(quality, OTHER, "L1")
    nurse.does("product-step", {**taken_out(own), "label": other})
    for participant in (FIRST.number, OTHER):
        quality.go(f"/participants/{participant}/product")
        assert "nothing of it is used" in quality.reads()
    nurse.go(f"/participants/{FIRST.number}/infusion")
    assert "The gate is closed." in nurse.reads()
    assert nurse.page.locator("main a.button", has_text="Thaw the bag").count() == 0

    # Quality assurance finds what happened, and lets both go on.
    for participant in (FIRST.number, OTHER):
        quality.go(f"/participants/{participant}/product")
        while quality.page.locator("main a", has_text="Decide on it").count():
            quality.follow("Decide on it")
            quality.fill_in({
                "disposition": "fitForUse",
                "reason": "The label lay on a sheet beside the tank; both were never out of their places."})
            quality.done()
            quality.go(f"/participants/{participant}/product")

    # Then the right label is read, and each verifies for themselves.
    nurse.does("product-step", taken_out(own))
    bedside(nurse, investigator, own)
    nurse.go(f"/participants/{FIRST.number}")
    assert "infused" in nurse.page.locator("main ol.steps [aria-current=step]").inner_text()
