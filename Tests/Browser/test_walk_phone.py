"""A nurse with a phone: what is to be done, vital signs, what a gate says; by touch alone."""

from story import FIRST

PHONE = {"width": 390, "height": 844}
# WCAG 2.2, 2.5.8: 24 px at least, but for links within a sentence; what a control is touched by is its label too.
SMALL = """
() => [...document.querySelectorAll('main a, main button, main input, main select, main textarea, main summary, header a, header button, nav a')]
  .filter(control => control.checkVisibility() && control.type !== 'hidden' && !control.classList.contains('skip'))
  .map(control => control.closest('label') ?? control)
  .filter(control => {
    const box = control.getBoundingClientRect();
    const inSentence = control.tagName === 'A' && getComputedStyle(control).display === 'inline';
    return box.width > 0 && !inSentence && (box.width < 24 || box.height < 24);
  })
  .map(control => control.outerHTML.slice(0, 120))
"""


class Phone:
    """A phone in somebody's hand."""

    def __init__(self, person):
        self.person = person
        self.page = person.page
        self.page.set_viewport_size(PHONE)

    def shows(self):
        """Nothing of the page is wider than the screen, nothing too small for a finger."""
        assert self.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], self.page.url
        assert self.page.evaluate(SMALL) == [], self.page.url

    def opens(self, path):
        self.person.go(path)
        self.shows()

    def reaches(self, control):
        """Something to touch: it is scrolled to and lies wholly on the screen."""
        control.scroll_into_view_if_needed()
        box = control.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
        return control


def test_walk_a_nurse_with_a_phone(stage):
    site = stage(83)
    site.clock().forward("2024-08-26T07:45")
    nurse = site.person("nurse", "01")
    phone = Phone(nurse)
    page = nurse.page

    # The worklist, and from it to whom a task is about.
    phone.opens("/")
    tasks = page.locator("main ol.tasks > li")
    assert tasks.count() > 0
    assert tasks.first.bounding_box()["y"] < page.locator("main .cards").bounding_box()["y"]
    assert page.locator("main section:has(ol.tasks) ~ .cards").count() == 1
    phone.reaches(tasks.first.locator("a").first).click()
    page.wait_for_url("**/participants/*")
    phone.shows()

    # Vital signs before the infusion: each is saved as it is left.
    phone.opens(f"/participants/{FIRST.number}/forms/D0/1/vitalSigns/1")
    answers = {
        "VSDTC": "2024-08-26T07:30", "VSORRES_SYSBP": "118", "VSORRES_DIABP": "74", "VSORRES_HR": "76",
        "VSORRES_TEMP": "36.6", "VSORRES_RESP": "15", "VSORRES_OXYSAT": "98", "VSOXYSUP": "room-air"}
    # Who is meant stands in one line; the rest opens by a touch.
    who = page.locator("details.who")
    assert FIRST.number in who.inner_text() and not who.locator("dl").is_visible()
    for item in answers:
        phone.reaches(page.locator(f"main [name='v.{item}']").first)
    nurse.saves(answers)
    phone.shows()
    page.reload()
    assert page.locator("main [name='v.VSORRES_HR']").input_value() == "76"

    # The gate: what stands in the way, and what to do about it, line by line.
    phone.opens(f"/participants/{FIRST.number}/gates/infusion")
    lines = page.locator("ol.gate > li")
    assert lines.count() >= 10
    assert "The gate is closed." in nurse.reads()
    for line in lines.all():
        box = phone.reaches(line).bounding_box()
        assert box["width"] <= PHONE["width"]
    assert page.locator("ol.gate > li.is-false .remedy").count() > 0
    phone.opens(f"/participants/{FIRST.number}/infusion")
