"""Day 0 to Day 28: a cytokine release of grade 4, its clock and question, the hold, and how it is lifted."""

from story import FIRST, bedside, label_of, ready_for_infusion, taken_out

RELEASE = {
    "CRSANTIPYR": "true", "CRSHYPOT": "true", "CRSVASOP": "2", "CRSVASOPRESSIN": "false",
    "CRSOXYGEN": "high-flow-nasal-cannula", "CRSGRADE": "4", "CRSTREAT": "Tocilizumab, dexamethasone, noradrenaline",
}
NOT_RELATED = dict.fromkeys(["AEREL_LD", "AEREL_LEUK", "AEREL_BRIDG", "AEREL_PROC", "AEREL_DIS"], "NOT RELATED")
NO_OTHER_CRITERION = dict.fromkeys(["AESDTH", "AESDISAB", "AESCONG", "AESMIE"], "false")
FEVER = {
    "VSORRES_SYSBP": "78", "VSORRES_DIABP": "44", "VSORRES_HR": "128", "VSORRES_TEMP": "39.6", "VSORRES_RESP": "28",
    "VSORRES_OXYSAT": "90", "VSOXYSUP": "high-flow-nasal-cannula",
}


def test_walk_a_release_of_grade_4_holds_the_study_until_board_and_safety_officer_lift_it(stage):
    site = stage(83)
    clock = site.clock()
    clock.forward("2024-08-26T07:45")
    nurse = site.person("nurse", "01", scripts=False)
    physician = site.person("subInvestigator", "01", scripts=False)
    principal, officer = site.person("principalInvestigator", "01"), site.person("safetyOfficer")
    patient = f"/participants/{FIRST.number}"

    # Day 0.
    ready_for_infusion(nurse, physician, "2024-08-26")
    bag = label_of(nurse, FIRST.number, "L1-B1")
    nurse.does("product-step", taken_out(bag))
    bedside(nurse, physician, bag)

    # Day 2: fever, two vasopressors, high-flow oxygen. The grade is proposed from what was measured.
    clock.forward("2024-08-28T18:00")
    nurse.records(FIRST.number, "D2/1/vitalSigns/1", {"VSDTC": "2024-08-28T17:20", **FEVER})
    physician.records(FIRST.number, "D2/1/crs/1", {"CEDTC": "2024-08-28T17:30", **RELEASE})
    physician.go(f"{patient}/safety")
    assert "CRS" in physician.reads()

    # It is a serious adverse event: the clock of 24 hours runs, and a DLT question is open.
    physician.records(FIRST.number, "log/1/adverseEvent/1", {
        "AETERM": "Cytokine release syndrome", "AEDECOD": "Cytokine release syndrome", "AESTDTC": "2024-08-28",
        "AETOXGR": "4", "AEPROPOSED": "PROPOSED CONFIRMED", "AEAWAREDTC": "2024-08-28T17:30", "AESER": "true",
        "AEREL_PROD": "RELATED", **NOT_RELATED, "AESI": "CRS", "AEACN": "NOT APPLICABLE", "AECONTRT": "true",
        "AEOUT": "NOT RECOVERED/NOT RESOLVED", "AENARR": "Shock on Day 2; two vasopressors."})
    physician.records(FIRST.number, "log/1/adverseEvent/1", {
        "AESLIFE": "true", "AESHOSP": "true", **NO_OTHER_CRITERION})
    physician.go(patient)
    assert "Report due" in physician.reads()
    officer.go("/safety")
    assert "Reports due (1)" in officer.reads()
    question = officer.number(rf"\b(\d+)\s+{FIRST.number}")

    # The site tells the sponsor; the clock stops.
    physician.records(FIRST.number, "log/1/sae/1", {
        "SAEAENO": "1", "SAEVERS": "FIRST", "SAEVERNO": "1", "SAEDTC": "2024-08-28T17:50",
        "SAEAWARE": "2024-08-28T17:30", "SAESENT": "2024-08-28T17:55", "SAEDIAG": "Cytokine release syndrome",
        "SAENARR": "Shock on Day 2; two vasopressors.", "SAERELPROD": "RELATED", "SAERELLD": "NOT RELATED"})
    officer.go("/safety")
    assert "Reports due (0)" in officer.reads()

    # The principal investigator answers, the safety officer confirms.
    principal.does("study-answer-dlt", {
        "question": question, "participant": FIRST.number, "basis": "meetsDefinition"})
    officer.does("study-confirm-dlt", {"question": question})

    # Day 10: it was not down to grade 2 within 7 days. The rule fires by itself and holds everything.
    clock.forward("2024-09-05T09:00")
    officer.go("/safety")
    assert "not down to grade 2 within 7 days" in officer.reads()
    hold = officer.number(r"(?i)safety hold (\d+):")
    officer.act("study-accept-lift", {"hold": hold, "approvalFile": "Opinion of the ethics committee."})
    assert "The board decides first" in officer.refused()

    # The board decides, at one screen; then the safety officer accepts.
    clock.forward("2024-09-10T13:00")
    members = [site.person("safetyBoard", number=number) for number in range(2)]
    chair, other = members
    accounts = [member.account for member in members]
    chair.act("study-decide-lift", {
        "hold": hold, "minutesFile": "Minutes of 10 September 2024: the event was treated late; go on.",
        **{f"ballot.vote.{account}": "inFavor" for account in accounts},
        **{f"ballot.interest.{account}": "none" for account in accounts}}, together=[other])
    chair.done(other)
    officer.does("study-accept-lift", {"hold": hold, "approvalFile": "Opinion of the ethics committee."})
    officer.go("/safety")
    assert f"Safety hold {hold}:" not in officer.reads()

    # Day 28: seen, and the window of toxicity is closed.
    clock.forward("2024-09-23T10:00")
    nurse.does("participant-visit", {"participant": FIRST.number, "visit": "D28", "assessed": "true"})
    nurse.go(f"{patient}/way")
    assert "Visit D28 took place, with assessment of toxicity." in nurse.reads()
    officer.go("/safety")
    assert "evaluable, with a DLT" in officer.reads()
