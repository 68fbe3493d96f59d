import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import Trial

/// `tandem ledger set-clock-right`
struct LedgerClock: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set-clock-right",
    abstract: "Record that the clock of the machine was ahead and was set right, so that work can go on.",
    discussion: """
      Events were recorded by a clock that was ahead, and nothing is taken before their times. First stop the server and \
      set the clock; then an administrator and the sponsor's signatory say so together. What was recorded keeps its \
      times; that they are too late stands in the ledger, and as a deviation of the study.
      """)

  @OptionGroup var place: PlaceOptions
  @Option(help: "The account of an administrator.") var administrator: String
  @Option(help: "The account of who signs for the sponsor.") var sponsor: String
  @Option(help: "How the clock came to be ahead, and what was done.") var reason: String
  @Option(
    parsing: .singleValue,
    help: "Files with the passwords, the administrator's first; else you are asked at the terminal.",
    completion: .file())
  var passwordFile: [String] = []

  func run() async throws {
    try await Answer.printing(place.format) {
      guard passwordFile.isEmpty || passwordFile.count == 2 else {
        throw ValidationError("Give --password-file twice, the administrator's first, or not at all.")
      }
      let setting = ClockSetRight(
        administrator: try account(administrator, "--administrator"), sponsor: try account(sponsor, "--sponsor"),
        reason: reason)
      let running = try await place.open()
      var claims: [Claim] = []
      for (name, file) in [(administrator, passwordFile.first), (sponsor, passwordFile.last)] {
        let key = AccountKey(account: name, passwordFile: file, codes: [])
        claims.append(try await key.claim(in: running, for: .signature))
      }
      let envelopes = try await running.live.setClockRight(setting, by: claims, origin: .commandLine)
      let position = envelopes.first?.position ?? 0
      let recorded = envelopes.first?.recorded.description ?? ""
      return .view(
        text: { "Event \(position) says that the clock was ahead and was set right. Time goes on from \(recorded).\n" },
        json: { .object([("position", .integer(position)), ("recorded", .string(recorded))]) })
    }
  }

  private func account(_ text: String, _ option: String) throws -> AccountID {
    do { return try AccountID(text) } catch { throw ValidationError("\(option): \(error)") }
  }
}
