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
        request = urllib.request.Request(
            f"{address}/api/sessions", json.dumps(body).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)["token"]

    return {role: begin(role) for role in ROLES} | {operation: begin("nurse") for operation in ENDING}


def run(address, *arguments):
    """Schemathesis over the document; its report where it found something."""
    command = [
        str(pathlib.Path(sys.executable).parent / "st"), "--config-file", str(HERE / "schemathesis.toml"), "run",
        f"{address}/api/openapi.json", "--checks", "all", "--no-color", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE)
    assert done.returncode == 0, done.stdout[-20000:] + done.stderr[-2000:]


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
