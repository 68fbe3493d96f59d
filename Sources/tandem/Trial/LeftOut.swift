import Conduct
import Ledger
import Trial

/// A field that may be left out at the command line alone: it is asked for at the terminal, or what it would say is shown
/// there.
struct LeftOut: Sendable {
  /// When it is filled in.
  enum Time: Sendable {
    /// Before anything is decided.
    case first
    /// Before it is carried out; a dry run goes without.
    case last
  }

  let key: String
  /// What the help of the option adds.
  var help = ""
  let time: Time
  /// What is filled in; nil where nothing is.
  let fill: @Sendable (Visit, Given) async throws -> String?

  /// By the command's name.
  static let all: [String: [LeftOut]] = [
    RegisterCandidate.name: person(.last),
    CorrectIdentity.name: typed(
      [
        ("name", "Family and given names"), ("birthDate", "Day of birth (YYYY-MM-DD)"), ("sexAtBirth", "Sex at birth"),
        ("document", "Identity document"),
      ], .first, help: "; asked for if left out, and nothing typed leaves it as it is"),
    ChangeContact.name: typed([("contact", "Telephone or address")], .first),
    VerifyBedside.name: [
      asked("saidName", "Name as said", beside: "saidBirthDate"),
      asked("saidBirthDate", "Birth date as said", beside: "saidName"),
    ],
    SignForm.name: [
      shown { visit, given in
        let form = try await visit.running.live.form(
          try given.value("form") { try FormKey($0) }, of: try await participant(visit, given).id)
        Terminal.say(FormText.text(form))
        return form.content.description
      }
    ],
    SignCasebook.name: [
      shown { visit, given in
        let found = try await participant(visit, given)
        Terminal.say(CasebookText.text(found))
        return try found.casebook.content(of: .casebook).description
      }
    ],
  ]

  /// Who somebody is.
  static func person(_ time: Time) -> [LeftOut] {
    typed([("name", "Family and given names"), ("birthDate", "Day of birth (YYYY-MM-DD)")], time)
  }

  private static func typed(
    _ fields: [(key: String, words: String)], _ time: Time, help: String = "; asked for if left out"
  ) -> [LeftOut] {
    fields.map { key, words in LeftOut(key: key, help: help, time: time) { _, _ in ask(words) } }
  }

  /// What was given, with what was left out and is filled in now.
  static func filling(
    _ given: Given, _ fields: [LeftOut], _ time: Time, _ visit: Visit
  ) async throws -> Given {
    var given = given
    for field in fields where field.time == time && given[field.key] == nil {
      given.texts[field.key] = try await field.fill(visit, given).map { [$0] }
    }
    return given
  }

  private static func asked(_ key: String, _ words: String, beside other: String) -> LeftOut {
    LeftOut(key: key, time: .first) { _, given in given[other] == nil ? nil : ask(words) }
  }

  /// Content that is shown before it is signed: without the digest of what was shown, what is shown now is signed.
  private static func shown(_ fill: @escaping @Sendable (Visit, Given) async throws -> String) -> LeftOut {
    LeftOut(key: "content", help: "; left out: what is there now is shown and signed", time: .first, fill: fill)
  }

  private static func participant(_ visit: Visit, _ given: Given) async throws -> ParticipantState {
    try await visit.participant(try given.value("participant") { $0 })
  }

  private static func ask(_ words: String) -> String? { Surroundings.current.ask(Question(text: words)) }
}
