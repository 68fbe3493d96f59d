"""The main jobs wholly in Chinese: nothing that the software says stands in English."""

from candidate import record
from reading import english
from story import FIRST, number_in

SIGNS = "SCR/1/vitalSigns/1"


def in_chinese(person):
    """The same person before a screen that speaks Chinese."""
    person.page.context.add_cookies([{"name": "language", "value": "zh-Hans", "url": person.site.address}])
    person.signing, person.recorded = "签名", "已记录"
    return person


class Reader:
    """Looks at pages for what a Chinese reader would not understand."""

    def __init__(self, site):
        accounts = site.demonstration.accounts
        self.names = sorted(
            {account[part] for account in accounts for part in ("name", "account")}, key=len, reverse=True)
        self.found = {}

    def look(self, person, path=None):
        """Goes to a page, where one is named, and keeps what of it is English."""
        if path:
            person.go(path)
        assert person.page.locator("html").get_attribute("lang") == "zh-Hans"
        texts = english(person.page, self.names)
        if texts:
            self.found[person.page.url.removeprefix(person.site.address)] = texts


def test_walk_the_whole_in_chinese(stage):
    site = stage(44)
    site.clock().forward("2024-07-18T09:00")
    coordinator, investigator = (in_chinese(site.person(role, "01")) for role in ("coordinator", "principalInvestigator"))
    reader = Reader(site)

    # Sign in, with a wrong password first; then Today.
    page = coordinator.page
    page.goto("/sign-in")
    page.locator("[name=account]").fill(coordinator.account)
    page.locator("[name=password]").fill("not the password")
    page.locator("main form button[type=submit]").click()
    reader.look(coordinator)
    coordinator.sign_in()
    reader.look(coordinator, "/")
    assert page.locator("h1").inner_text() == "今日"

    # A candidate, from the hospital's record to the verdict.
    bundle, born = record("01-sle-base.json", "2024-07-18", without={"10230-1"})
    said = coordinator.does("participant-register", {
        "site": "01", "cohort": "sle", "name": "高兰英", "birthDate": born, "sexAtBirth": "female"})
    reader.look(coordinator)
    number = number_in(said, r"\b(01-\d{4})\b")
    coordinator.act("participant-import", {"participant": number, "source": "hospitalRecord"})
    coordinator.drop("file", {"name": "record.json", "mimeType": "application/fhir+json", "buffer": bundle})
    coordinator.done()
    reader.look(coordinator)
    reader.look(coordinator, f"/screening/{number}")
    assert "未能判定" in coordinator.reads() and "INC-5.5" in coordinator.reads()
    reader.look(coordinator, "/screening")

    # What is not allowed is refused, and says why.
    investigator.act("participant-screen", {"participant": number})
    assert "尚未签署知情同意" in investigator.refused()
    reader.look(investigator)

    # A participant: the overview, the way, the cells, every line of a gate.
    patient = f"/participants/{FIRST.number}"
    for place in ("", "/way", "/product", "/timeline", "/gates/leukapheresis", "/gates/infusion"):
        reader.look(coordinator, patient + place)

    # An answer is corrected, with its reason; the history tells both.
    form = f"{patient}/forms/{SIGNS}"
    coordinator.go(form)
    reader.look(coordinator)
    field = page.locator("main [name='v.VSORRES_HR']")
    before = field.input_value()
    reason = page.locator("main [data-item='VSORRES_HR'] [data-reason]")
    coordinator.fill("v.VSORRES_HR", "88")
    reason.fill("抄录时看错。")
    with page.expect_response(lambda answer: answer.url.endswith("/items")) as saved:
        reason.press("Tab")
    assert saved.value.ok, saved.value.text()
    reader.look(coordinator, form + "/history")
    newest, earlier = page.locator("#VSORRES_HR tbody tr").all_inner_texts()
    assert "88" in newest and "抄录时看错。" in newest and before in earlier

    # Safety, the study, and the page that anybody can read.
    for place in (
        f"{patient}/safety", f"{patient}/safety/values", f"{patient}/safety/grades", f"{patient}/response",
        f"{patient}/documents", "/safety", "/safety/events", "/safety/courses", "/study", "/study/criteria",
        "/study/schedule", "/study/forms", "/queries", "/act", "/act/study-review", "/help", "/about"):
        reader.look(investigator, place)
    assert reader.found == {}
