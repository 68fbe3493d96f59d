"""A candidate's record as a hospital would export it: an example of the study, moved to the day of the story."""

import datetime
import json
import pathlib
import re

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "Studies/cd19-bcma-aid/1.0/examples"


def record(example, day, without=(), local=None):
    """The example's record as if it were written on a day: bytes of a FHIR bundle.

    Without what has certain codes, and with a result under a code of the hospital's own where words for it are given.
    """
    bundle = json.loads((EXAMPLES / example).read_text())
    moved = datetime.date.fromisoformat(day) - datetime.date.fromisoformat(bundle["timestamp"][:10])
    born = next(entry["resource"]["birthDate"] for entry in bundle["entry"] if "birthDate" in entry["resource"])
    bundle["entry"] = [entry for entry in bundle["entry"] if not codes(entry["resource"]) & set(without)]
    if local:
        bundle["entry"].append({"resource": {
            "resourceType": "Observation", "id": "local", "status": "final",
            "code": {"coding": [{"system": "urn:hospital", "code": "L-4711", "display": local}]},
            "effectiveDateTime": bundle["timestamp"][:10], "valueQuantity": {"value": 61, "unit": "%", "code": "%"}}})

    def later(found):
        return found[0] if found[0] == born else str(datetime.date.fromisoformat(found[0]) + moved)

    return re.sub(r"\b\d{4}-\d\d-\d\d(?=[\"T])", later, json.dumps(bundle)).encode(), born


def codes(resource):
    """The codes that say what a resource is about."""
    return {coding["code"] for coding in resource.get("code", {}).get("coding", [])}
