"""The site with a certificate of its own, as a program meets it."""

import http.client
import shutil
import ssl
import subprocess
import urllib.error
import urllib.parse
import urllib.request

import pytest
from served import Served


class Unled(urllib.request.HTTPRedirectHandler):
    """Follows nothing: what leads elsewhere is looked at as it is."""

    def redirect_request(self, *_):
        return None


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for this machine, signed by itself, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not here: nothing is tried over TLS")
    folder = tmp_path_factory.mktemp("certificate")
    chain, key = folder / "chain.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", chain, "-days", "1", "-subj",
         "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True)
    return chain, key


@pytest.fixture(scope="module")
def secure(demonstration, certificate, tmp_path_factory):
    """Where the site is that speaks TLS."""
    folder = tmp_path_factory.mktemp("secure") / "demo"
    shutil.copytree(demonstration.folder, folder)
    chain, key = certificate
    served = Served(folder, "--no-story-time", "--certificate", str(chain), "--certificate-key", str(key))
    yield served.address
    served.stop()


def context(certificate, version=None):
    """A client that trusts the certificate, and speaks one version alone where one is named."""
    client = ssl.create_default_context(cafile=certificate[0])
    if version:
        # What is refused is to be refused by the site, not by this machine's own policy.
        client.set_ciphers("DEFAULT:@SECLEVEL=0")
        client.minimum_version = client.maximum_version = version
    return client


def ask(address, path, certificate, form=None, version=None):
    """What is answered, without going where it leads."""
    opener = urllib.request.build_opener(Unled, urllib.request.HTTPSHandler(context=context(certificate, version)))
    body = urllib.parse.urlencode(form).encode() if form else None
    try:
        return opener.open(address + path, body)
    except urllib.error.HTTPError as answer:
        return answer


def test_every_answer_tells_browsers_to_come_by_tls_alone(secure, certificate):
    assert secure.startswith("https://")
    for path in ("/sign-in", "/participants", "/nothing", "/api/openapi.json", "/api/session"):
        told = ask(secure, path, certificate).headers["Strict-Transport-Security"]
        assert "max-age=" in told and int(told.split("max-age=")[1].split(";")[0]) >= 31_536_000, path


def test_the_sessions_cookie_goes_to_this_host_by_tls_alone(secure, certificate, account_of):
    account = account_of("coordinator")
    answer = ask(
        secure, "/sign-in", certificate, {"account": account["account"], "password": account["password"]})
    assert answer.status == 303
    cookie = next(cookie for cookie in answer.headers.get_all("Set-Cookie") if cookie.startswith("__Host-"))
    told = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"secure", "httponly", "path=/"} <= told
    assert not any(part.startswith("domain") for part in told)


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_tls_of_today_is_spoken(secure, certificate, version):
    assert ask(secure, "/sign-in", certificate, version=version).status == 200


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_tls_of_yesterday_is_refused_by_the_site(secure, certificate):
    with pytest.raises(urllib.error.URLError) as refused:
        ask(secure, "/sign-in", certificate, version=ssl.TLSVersion.TLSv1_1)
    # The site says so itself.
    assert "ALERT_PROTOCOL_VERSION" in str(refused.value.reason)


def test_nothing_is_answered_without_tls(secure, certificate):
    with pytest.raises((OSError, http.client.HTTPException)):
        urllib.request.urlopen(secure.replace("https://", "http://") + "/sign-in", timeout=10)
