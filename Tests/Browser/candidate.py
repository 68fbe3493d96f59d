"""A candidate's record as a hospital would export it: an example of the study, moved to the day of the story."""

import datetime
import json
import pathlib
import re

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "Studies/cd19-bcma-aid/1.0/examples"


def record(example, day, without=()):
    """The example's record as if it were written on a day, without what has certain codes: bytes of a FHIR bundle."""
    bundle = json.loads((EXAMPLES / example).read_text())
    moved = datetime.date.fromisoformat(day) - datetime.date.fromisoformat(bundle["timestamp"][:10])
    born = next(entry["resource"]["birthDate"] for entry in bundle["entry"] if "birthDate" in entry["resource"])
    bundle["entry"] = [entry for entry in bundle["entry"] if not codes(entry["resource"]) & set(without)]

    def later(found):
        return found[0] if found[0] == born else str(datetime.date.fromisoformat(found[0]) + moved)

    return re.sub(r"\b\d{4}-\d\d-\d\d(?=[\"T])", later, json.dumps(bundle)).encode(), born


def codes(resource):
    """The codes that say what a resource is about."""
    return {coding["code"] for coding in resource.get("code", {}).get("coding", [])}
