"""The API does what its document says, whatever it is sent: schemathesis over every operation, as several roles."""

import json
import pathlib
import subprocess
import sys
import urllib.request

import pytest

HERE = pathlib.Path(__file__).resolve().parent
# These end the session that they are asked with: they are tried by themselves.
ENDING = ["endSession", "endSessions"]
ROLES = ["coordinator", "administrator"]


@pytest.fixture(scope="session")
def tokens(address, account_of):
    """Sessions by what they are for, begun before anything is tried: what tries the sign-in is soon asked to wait."""

    def begin(role):
        account = account_of(role)
        body = {"account": account["account"], "password": account["password"], "role": role}
        if account["site"]:
            body["site"] = account["site"]
        return ask(address, "/api/sessions", body)["token"]

    return {role: begin(role) for role in ROLES} | {operation: begin("nurse") for operation in ENDING}


def ask(address, path, body=None, token=None):
    """What the API answers."""
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(address + path, body and json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def run(address, *arguments):
    """Schemathesis over the document; its report where it found something."""
    command = [
        str(pathlib.Path(sys.executable).parent / "st"), "--config-file", str(HERE / "schemathesis.toml"), "run",
        f"{address}/api/openapi.json", "--checks", "all", "--no-color", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE)
    assert done.returncode == 0, done.stdout[-20000:] + done.stderr[-2000:]


def test_values_that_nobody_measured_change_the_verdict_and_nothing_else(address, tokens):
    token = tokens["coordinator"]
    candidate = next(
        row for row in ask(address, "/api/screening?who=all", token=token)["rows"] if "INC-5.5" not in row["failing"])
    path = f"/api/participants/{candidate['participant']}"

    def says(screening):
        cohort = next(cohort for cohort in screening["cohorts"] if cohort["cohort"] == candidate["cohort"])
        return next(criterion["verdict"] for criterion in cohort["criteria"] if criterion["id"] == "INC-5.5")

    before = ask(address, f"{path}/screening", token=token)
    supposed = ask(
        address, f"{path}/suppositions", {"values": [{"concept": "lvef", "value": "20"}]}, token)
    assert says(supposed) == "fail" != says(before)
    assert ask(address, f"{path}/screening", token=token) == before


@pytest.mark.parametrize("role", ROLES)
def test_no_answer_is_undocumented_and_none_is_a_fault_of_the_program(address, tokens, role):
    skipped = [part for operation in ENDING for part in ("--exclude-operation-id", operation)]
    run(address, "--phases", "coverage,fuzzing", "-H", f"Authorization: Bearer {tokens[role]}", *skipped)


def test_without_a_session_every_operation_says_so(address):
    run(address, "--phases", "coverage")


@pytest.mark.parametrize("operation", ENDING)
def test_a_session_is_ended_as_the_document_says(address, tokens, operation):
    run(
        address, "--phases", "coverage", "--include-operation-id", operation, "-H",
        f"Authorization: Bearer {tokens[operation]}")
