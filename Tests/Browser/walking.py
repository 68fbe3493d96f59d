"""People who walk through the site: each at a screen of their own, doing what a person does there."""

import re


class Person:
    """Somebody with an account, before a browser of their own."""

    # What the pages on which an act is signed, and was recorded, are called.
    signing, recorded = "Sign", "Recorded"

    def __init__(self, site, account, scripts=True):
        self.site = site
        self.account = account["account"]
        self.password = account["password"]
        self.role = account["role"]
        self.page = site.new_page(java_script_enabled=scripts)

    # Coming and going

    def sign_in(self):
        """Signs in, and comes to where the page before meant to go."""
        self.page.locator("[name=account]").fill(self.account)
        self.page.locator("[name=password]").fill(self.password)
        self.page.locator("main form button[type=submit]").click()

    def go(self, path):
        """Goes to a page; signs in first where the session has ended."""
        self.page.goto(path)
        if "/sign-in" in self.page.url:
            self.sign_in()
        return self.page

    def follow(self, name, exact=False):
        """Follows a link of the page."""
        link = self.page.locator("main").get_by_role("link", name=name, exact=exact)
        assert link.count(), f"‘{name}’ is not offered:\n{self.reads()}"
        link.first.click()

    def reads(self):
        """What the page says."""
        return self.page.locator("main").inner_text()

    def number(self, pattern):
        """A number that the page shows, by a pattern with a group."""
        found = re.search(pattern, self.reads())
        assert found, f"{pattern} is nowhere on {self.page.url}:\n{self.reads()}"
        return found[1]

    # Filling in

    def fill(self, name, value):
        """Answers a field of a form, whatever control it has, and leaves it."""
        fields = self.page.locator(f"main [name='{name}']")
        # A field that lies in a closed part is opened, as a person would.
        fields.first.evaluate(
            "field => { for (let at = field; at = at.closest('details:not([open])'); ) at.open = true }")
        kind = fields.first.evaluate("field => field.type")
        if kind == "hidden":
            # Whom an act is about is said before its form is shown.
            assert fields.first.input_value() == value, name
        elif kind in ("radio", "checkbox"):
            self.page.locator(f"main [name='{name}'][value='{value}']").check()
        elif kind == "select-one":
            fields.first.select_option(value)
        else:
            fields.first.fill(value)
            fields.first.blur()

    def fill_in(self, fields):
        for name, value in fields.items():
            self.fill(name, value)

    def drop(self, name, file):
        """Chooses a file for a field that takes one."""
        field = self.page.locator(f"main textarea[name='{name}']")
        field.locator("xpath=preceding-sibling::input[@type='file'][1]").set_input_files(file)
        self.page.locator(f"main input[name='{name}.base64']").wait_for(state="attached")

    def send(self):
        """Sends the form of an act; the browser sends none that lacks something."""
        lacking = self.page.locator("main form[action^='/act/'] :is(input, select, textarea):invalid")
        assert lacking.count() == 0, [field.get_attribute("name") for field in lacking.all()]
        self.page.locator("main form[action^='/act/'] button[type=submit]").first.click()

    # Acts

    def goes_on(self, *others):
        """Sends the act that is filled in, and signs it together with others at this screen where that is asked."""
        self.send()
        if self.page.locator("h1").inner_text() == self.signing:
            for place, person in enumerate((self, *others)):
                if self.page.locator(f"main [name='password.{place}']").count():
                    self.fill(f"password.{place}", person.password)
            self.send()

    def done(self, *others):
        """The same; it is recorded."""
        self.goes_on(*others)
        assert self.page.locator("h1").inner_text() == self.recorded, self.reads()
        return self.reads()

    def refused(self, *others):
        """The same; it is refused, and the page says why."""
        self.goes_on(*others)
        alert = self.page.locator("main [role=alert]")
        assert alert.count(), self.reads()
        return alert.first.inner_text()

    def act(self, name, fields=None, together=()):
        """Opens an act and fills it in; who acts along is named."""
        fields = fields or {}
        about = f"?participant={fields['participant']}" if "participant" in fields else ""
        self.go("/act/" + name + about)
        self.fill_in(fields)
        if together:
            self.accompany(together[0])
        return self

    def accompany(self, person):
        """Names who acts along, with the role where there are several."""
        options = self.page.locator("main [name='with.account'] option").evaluate_all("all => all.map(one => one.value)")
        named = [value for value in options if value == person.account or value.startswith(person.account + ":")]
        self.fill("with.account", named[0] if named else person.account)

    def does(self, name, fields=None, together=()):
        """Does an act that is not refused."""
        return self.act(name, fields, together).done(*together)

    # The casebook

    def records(self, participant, form, answers, correction=None):
        """Fills in a form of the casebook and saves it as a whole, as a browser does that runs no scripts."""
        self.go(f"/participants/{participant}/forms/{form}")
        if correction:
            self.fill("correction", correction)
        self.fill_in({f"v.{item}": value for item, value in answers.items()})
        self.page.locator("main form.sheet button[type=submit]").click()
        # What is saved item by item on the way is waited for before the whole is sent.
        self.page.wait_for_url("**saved=1*")

    def saves(self, answers):
        """Answers items of the form that is open; each is saved as it is left."""
        for item, value in answers.items():
            with self.page.expect_response(lambda answer: answer.url.endswith("/items")) as saved:
                self.fill(f"v.{item}", value)
            assert saved.value.ok, f"{item}: {saved.value.text()}"


class Clock:
    """The clock of the demonstration, which somebody puts forward."""

    def __init__(self, person):
        self.person = person

    def forward(self, moment):
        """Puts it forward to a day and a time at the person's place, such as 2024-08-26T07:45."""
        self.person.go("/clock")
        self.person.fill("to", moment)
        self.person.page.locator("main form[action='/clock'] button[type=submit]").click()
        if "/sign-in" in self.person.page.url:
            self.person.sign_in()
