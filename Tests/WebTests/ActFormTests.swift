import Conduct
import HTTPTypes
import HummingbirdTesting
import Markup
import Testing
import Trial

@testable import Web

/// The page on which an act is entered: what is chosen, what is picked, and where a fault stands.
struct ActFormTests {
  private func page(_ path: String) async throws -> String {
    try await SiteStage().ask { asker in try await asker.signedIn().get(path).text }
  }

  @Test func `what names somebody is chosen, by name and role`() async throws {
    let page = try await page("/act/account-disable")
    #expect(page.contains(#"<select id="f-account""#))
    #expect(page.contains(#"<option value="anna.berg">Anna Berg (anna.berg), administrator</option>"#))
    // A new name is typed.
    #expect(try await self.page("/act/account-create").contains(#"<input type="text" value="" id="f-account""#))
  }

  @Test func `when it happened is picked by the clocks of the reader's site`() async throws {
    let page = try await page("/act/account-disable")
    #expect(page.contains(#"<input type="datetime-local" value="" id="f-happenedAt""#))
    #expect(page.contains("By the clocks of UTC."))
  }

  @Test(
    arguments: [
      ("2026-03-05T10:30", "2026-03-05T10:30"), ("2026-03-05T10:30:05+01:00", "2026-03-05T10:30:05"),
      ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30"), ("2026-10-25T02:30:00+01:00", nil), ("yesterday", nil),
    ] as [(String, String?)])
  func `a moment is picked where the clocks tell it from every other, to the second`(written: String, shown: String?) {
    #expect(ActFields.local(written, zone: "Europe/Berlin", Words(.english, messages: [:])) == shown)
  }

  @Test func `what would be refused as things stand is said before anybody types`() async throws {
    #expect(try await page("/act/account-disable?account=anna.berg").contains("As things stand this would be refused."))
    #expect(try await !page("/act/account-disable?account=boris.lind").contains("As things stand"))
  }

  @Test func `a fault stands at its field, and at the top with a link to it`() async throws {
    try await SiteStage().ask { asker in
      let anna = try await asker.signedIn()
      let page = try await anna.get("/act/account-disable").text
      func hidden(_ name: String) throws -> String {
        let pattern = try Regex("name=\"\(name)\" value=\"([^\"]+)\"", as: (Substring, Substring).self)
        return String(try #require(page.firstMatch(of: pattern)).1)
      }
      let answer = try await anna.post(
        "/act/account-disable",
        ["_csrf": try hidden("_csrf"), "_once": try hidden("_once"), "account": "boris.lind", "reason": ""])
      #expect(answer.status == .unprocessableContent)
      #expect(answer.text.contains(##"<a href="#f-reason">Reason</a>: This is missing."##))
      #expect(answer.text.contains(#"id="f-reason-fault""#) && answer.text.contains(#"aria-invalid="true""#))
      // What was chosen stays.
      #expect(answer.text.contains(#"<option value="boris.lind" selected>"#))
    }
  }

  @Test func `who acts along is named with a role where they have several`() {
    let (alone, several) = (ActTogether.Named(written: "eva.nowak"), ActTogether.Named(written: "eva.nowak:nurse"))
    #expect(alone.account == "eva.nowak" && alone.role == nil)
    #expect(several.account == "eva.nowak" && several.role == "nurse")
  }

  @Test func `doses become what a command takes, an agent each`() throws {
    let fields = Fields([("doses.fludarabine", "30"), ("doses.cyclophosphamide", " "), ("weight", "70")])
    #expect(DoseForm.doses(posted: fields) == [#"{"concept":"fludarabine","perSquareMeter":"30"}"#])
    #expect(DoseForm.doses(posted: Fields([("doses", "4")])) == nil)
  }

  @Test(
    arguments: [
      ("the bag, such as 03-0007-L1-B2-X", .list, "the bag"),
      ("the day of the last contact, 2026-03-17", .calendar, "the day of the last contact"),
      ("the first day, such as 2026-01-15; it never counts before", .calendar, "the first day; it never counts before"),
      ("when it was given, 2026-03-17T09:30 by the clocks of your site", .calendar, "when it was given"),
      ("true: the participant is of age", .yesOrNo, "the participant is of age"), ("true or false", .yesOrNo, ""),
      ("how it was found: intact, damaged", .values(["intact", "damaged"]), "how it was found"),
      ("passed, deferred (repeated) or leave", .values(["passed", "leave"]), "passed, deferred (repeated) or leave"),
      ("such as subInvestigator", .values(["nurse"]), ""), ("产品袋，如 03-0007-L1-B2-X", .list, "产品袋"),
      ("a number, such as 7", .nothing, "a number, such as 7"),
    ] as [(String, FieldHelp.Control, String)])
  func `what a control says itself is not said beside it`(help: String, control: FieldHelp.Control, shown: String) {
    #expect(FieldHelp.plain(help, control) == shown)
  }
}

/// The controls that several values are chosen with.
struct ChoiceControlTests {
  private let parts = FormParts(words: Words(.english, messages: [:]), csrf: nil)

  @Test func `of several boxes those are ticked that were given, and the fault is told with them`() {
    let printed = parts.checkboxes(
      .init(name: "bags", label: "Bags", value: "a\nc", fault: "Too many."), [("a", "A"), ("b", "B"), ("c", "C")]
    ).printed(as: .html)
    #expect(printed.matches(of: /type="checkbox"[^>]*checked/).count == 2)
    #expect(printed.contains(#"aria-describedby="f-bags-fault""#) && printed.contains("Too many."))
  }

  @Test func `what does not fit stands apart`() {
    let printed = parts.select(
      .init(name: "lot", label: "Lot"), [("L2", "L2")], apart: ("Not as things stand", [("L1", "L1")])
    ).printed(as: .html)
    #expect(printed.contains(#"<optgroup label="Not as things stand"><option value="L1">"#))
  }
}
