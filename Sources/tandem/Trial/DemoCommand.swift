import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import Simulation
import Trial

/// `tandem demo`: fills an empty folder with an invented trial.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Build an invented trial in an empty folder: two sites, 24 candidates, 30 months.",
    discussion: "Everything in it is synthetic and marked so. One seed always gives the same ledger; the passwords are "
      + "new each time and shown once.")

  @Option(help: "The folder to be filled; it must be new or empty.", completion: .directory)
  var data = "./tandem-demo"
  @Option(help: "The seed; the same seed gives the same trial.") var seed = DemonstrationFolder.seed
  @Option(help: "The last day, counted from the opening of the study: a shorter story ends in its midst.")
  var days = Demonstration.lastDay
  @Option(help: "text or json.") var format: TextOrJSON = .text

  func validate() throws { try DemoCommand.validate(days: days) }

  /// Refuses a last day that the story has not.
  static func validate(days: Int?) throws(ValidationError) {
    guard let days, !(0...Demonstration.lastDay).contains(days) else { return }
    throw ValidationError("--days is a number from 0 to \(Demonstration.lastDay), not \(days).")
  }

  func run() async throws {
    try await Answer.printing(format) {
      let begun = ContinuousClock.now
      let demonstration = try await DemonstrationFolder.build(DataFolder(data), seed: seed, days: days)
      let took = begun.duration(to: .now)
      return .view(
        text: { DemoText.text(demonstration, data: data, seconds: took.components.seconds) },
        json: { DemoText.json(demonstration, data: data, seconds: took.components.seconds) })
    }
  }
}

/// What was built, for people and for programs.
enum DemoText {
  static func text(_ demonstration: Demonstration, data: String, seconds: Int64) -> String {
    var text = "SYNTHETIC: an invented trial in \(data), as of \(demonstration.end.date). Nobody in it exists.\n"
    text += "\(demonstration.events) events, built in \(seconds) s.\n\n"
    var statuses = Table("Status", "Participants")
    for status in ParticipantStatus.allCases {
      guard let ids = demonstration.participants[status] else { continue }
      statuses.add(status.rawValue, ids.map(\.description).joined(separator: ", "))
    }
    text += statuses.text(whenEmpty: "No participants.") + "\n"
    return text + logins(demonstration)
  }

  /// The accounts with their passwords.
  static func logins(_ demonstration: Demonstration) -> String {
    var logins = Table("Account", "Role", "Site", "Password, shown this once")
    for login in demonstration.logins {
      logins.add(login.account.description, login.role.title, login.site?.description ?? "", login.password)
    }
    return logins.text(whenEmpty: "No accounts.")
  }

  static func json(_ demonstration: Demonstration, data: String, seconds: Int64) -> JSON {
    .object([
      ("synthetic", .boolean(true)), ("data", .string(data)), ("asOf", .string(demonstration.end.description)),
      ("events", .number(String(demonstration.events))), ("seconds", .number(String(seconds))),
      (
        "participants",
        .object(
          ParticipantStatus.allCases.compactMap { status in
            demonstration.participants[status].map { ids in
              (status.rawValue, .array(ids.map { .string($0.description) }))
            }
          })
      ),
      (
        "accounts",
        .array(
          demonstration.logins.map { login in
            .object([
              ("account", .string(login.account.description)), ("name", .string(login.name)),
              ("role", .string(login.role.rawValue)), ("site", login.site.map { .string($0.description) } ?? .null),
              ("password", .string(login.password)),
            ])
          })
      ),
    ])
  }
}
