"""Whom the demonstration's story is about, and what several walks have in common."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Participant:
    """Somebody of the story, as papers and wristband say it."""

    number: str
    name: str
    born: str
    wristband: str

    def papers(self, place):
        """What two people read from document and wristband."""
        return {
            "participant": self.number, "at": place, "wristband": self.wristband, "nameOnDocument": self.name,
            "birthDateOnDocument": self.born, "nameOnWristband": self.name, "birthDateOnWristband": self.born,
        }


# The first of the story (key A1), and whoever has cells at the laboratory on Day 0 of the first (key A2).
FIRST = Participant("01-0001", "Qin Meilan", "1991-05-02", "01-0001-U")
OTHER = "02-0002"
# How a bag is found that nothing is wrong with.
INTACT = {"container": "intact", "seal": "intact"}


def label_of(person, participant, number):
    """What a scanner reads from a label: whose cells, the participant, and the number with its check character."""
    person.go(f"/participants/{participant}/product")
    identity = person.number(r"\b(COI-\w{4}-\w{4}-\w)\b")
    printed = person.number(rf"\b({participant}-[A-Z0-9])\b(?!-)")
    material = person.number(rf"\b({participant}-{number}-[A-Z0-9])\b(?!-)")
    return f"{identity} {printed} {material}"


def ready_for_infusion(nurse, investigator, day):
    """The morning of Day 0: what the gate of infusion asks for, but for the bag."""
    participant = FIRST.number
    nurse.records(participant, "D0/1/vitalSigns/1", {
        "VSDTC": f"{day}T07:30", "VSORRES_SYSBP": "118", "VSORRES_DIABP": "74", "VSORRES_HR": "76",
        "VSORRES_TEMP": "36.6", "VSORRES_RESP": "15", "VSORRES_OXYSAT": "98", "VSOXYSUP": "room-air"})
    nurse.records(participant, "D0/1/ice/1", {
        "QSDTC": f"{day}T07:35", "ICE_UNAROUS": "false", "ICE_YEAR": "true", "ICE_MONTH": "true", "ICE_CITY": "true",
        "ICE_HOSP": "true", "ICE_NAMING": "3", "ICE_COMMAND": "true", "ICE_WRITING": "true", "ICE_COUNTING": "true",
        "ICE_TOTAL": "10"})
    for item in ["resuscitationReady", "intensiveCareReady", "neurologistReachable", "premedicationGiven"]:
        nurse.does("participant-confirm", {"participant": participant, "item": item})
    nurse.does("participant-confirm", {"participant": participant, "item": "tocilizumabKept", "doses": "4"})
    investigator.does("participant-recheck", {"participant": participant, "kind": "infusion", "outcome": "passed"})
    bag = label_of(investigator, participant, "L1-B1").split()[-1]
    weight = weight_since_first_dose(investigator, participant)
    investigator.does("participant-order-infusion", {"participant": participant, "bags": bag, "weight": weight})


def weight_since_first_dose(person, participant):
    """The weight that was measured last before the infusion, as its form has it."""
    person.go(f"/participants/{participant}/forms/PRE/1/bodyMeasures/1")
    return person.page.locator("main [name='v.VSORRES_WEIGHT']").input_value()


def taken_out(label):
    """The step by which a bag leaves its tank, as it is entered."""
    return {
        "participant": FIRST.number, "step": "takenOut", "material": label.split()[-1], "label": label,
        "place": "Cell storage, tank 1", "least": "-189", "largest": "-181", **INTACT}


def bedside(nurse, investigator, label):
    """From the thawing to the end of the infusion; each act is offered only when its time has come."""
    participant = FIRST.number
    identity, printed, bag = label.split()
    page = f"/participants/{participant}/infusion"
    nurse.go(page)
    nurse.follow("Thaw the bag")
    nurse.fill_in({"label": label, "place": "Ward 7, thawing bench", "least": "36.7", "largest": "37.2", **INTACT})
    nurse.done()
    for person in (nurse, investigator):
        person.go(page)
        person.follow("Verify label, wristband and person")
        person.fill_in({
            "labelIdentity": identity, "labelParticipant": printed, "labelBag": bag, "wristband": FIRST.wristband,
            "birthDateOnWristband": FIRST.born, "saidName": FIRST.name, "saidBirthDate": FIRST.born})
        person.done()
    investigator.go(page)
    assert "The gate is open." in investigator.reads()
    investigator.follow("Start the infusion")
    investigator.fill("label", label)
    investigator.done()
    nurse.go(page)
    whole = nurse.number(r"(\d+) mL;")
    nurse.follow("End the infusion")
    nurse.fill("volumeML", whole)
    nurse.done()


def number_in(text, pattern):
    """A number that stands in a text."""
    found = re.search(pattern, text)
    assert found, f"{pattern} is not in: {text}"
    return found[1]
