public import ClinicalValues
public import Conduct
import FoundationEssentials
import Ledger
import StudyDesign
public import Trial

/// The invented trial, built.
public struct Demonstration: Sendable {
  /// The study, live, at the end of the story.
  public let live: LiveStudy
  /// When the story ends.
  public let end: Moment
  /// One account a role and site, and all of the safety board, with their passwords: known nowhere else.
  public let logins: [Login]
  /// The participants by status.
  public let participants: [ParticipantStatus: [ParticipantID]]
  /// Events in the ledger.
  public let events: Int
  /// The participants by the names of the story's tables.
  let keys: [String: ParticipantID]

  /// Somebody who can sign in.
  public struct Login: Sendable, Hashable {
    /// The account.
    public let account: AccountID
    /// The person's name.
    public let name: String
    /// The role in which they act.
    public let role: Role
    /// The site, for a role of a site.
    public let site: SiteID?
    /// The password.
    public let password: String
  }

  /// The first day: the study opens for enrollment.
  static let opening = CalendarDate("2024-06-03")?.daysSinceEpoch ?? 0
  /// The last day of the story, counted from there: about 30 months.
  public static let lastDay = 901

  /// Builds the trial on an empty stage.
  ///
  /// - Parameters:
  ///   - last: the last day, counted from the opening; a shorter story ends in the midst of it.
  ///   - secrets: what the final passwords are drawn from.
  ///   - progress: is told, as the story goes on, the day that is lived and the last one.
  /// - Throws: `DemonstrationFailure` with the act at which it stopped; `StoreFailure`.
  public static func build(
    on stage: DemonstrationStage, through last: Int = lastDay, secrets: Entropy = .system,
    progress: (_ day: Int, _ last: Int) -> Void = { _, _ in }
  ) async throws -> Demonstration {
    let start = Instant(milliseconds: (opening - 35) * 86_400_000 + 7 * 3_600_000)
    let clock = SimulatedClock(start)
    // While it is built, thousands of signatures are given: their passwords are thrown away afterwards.
    var quick = AuthenticationPolicy()
    quick.cost = ScryptCost(rounds: 16, blockSize: 1, parallelism: 1)
    quick.passwordDays = nil
    let entropy = Entropy.seeded(stage.seed)
    let vault = IdentityVault(data: stage.identity, keys: stage.keys, master: stage.master, entropy: entropy)
    let authenticator = Authenticator(store: stage.credentials, master: stage.master, policy: quick)
    // Nobody knows the amendment before it is written.
    let first = ProtocolShelf(stage.shelf.editions.prefix(1).map(\.study))
    let live = try await LiveStudy(
      store: stage.ledger, shelf: first, vault: vault, authenticator: authenticator, clock: { clock.now })
    var director = Director(
      live: live, ledger: stage.ledger, clock: clock, cast: try Cast(), vault: vault, authenticator: authenticator,
      shelf: stage.shelf, studyFolder: stage.studyFolder, opening: opening, patients: try patients(of: stage),
      numbers: SplitMix64(seed: stage.seed),
      rhythm: Rhythm(seed: stage.seed))
    try await director.setUp(study: stage.shelf.editions.first?.study.id ?? "")
    clock.advance(to: Instant(milliseconds: opening * 86_400_000 - 5 * 86_400_000))
    try await director.open()
    try await director.conduct(through: last) { progress($0, last) }
    clock.advance(to: Instant(milliseconds: (opening + last) * 86_400_000 + 20 * 3_600_000))
    try await director.live.watch()
    return try await finish(director, on: stage, secrets: secrets)
  }

  private static func patients(of stage: DemonstrationStage) throws -> [String: Patient] {
    let concepts = stage.shelf.editions.first?.study.dictionary.concepts ?? []
    let dictionary = Dictionary(concepts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var templates: [String: TemplateRecord] = [:]
    var patients: [String: Patient] = [:]
    for story in Story.all {
      let template: TemplateRecord
      if let known = templates[story.example] {
        template = known
      } else {
        let path = "\(stage.studyFolder)/examples/\(story.example)"
        template = try TemplateRecord(Array(try Data(contentsOf: URL(filePath: path))), file: path)
        templates[story.example] = template
      }
      patients[story.key] = Patient(story, template: template, dictionary: dictionary, seed: stage.seed)
    }
    return patients
  }

  /// Gives everybody a password of the usual cost, and looks at what there is.
  private static func finish(
    _ director: Director, on stage: DemonstrationStage, secrets: Entropy
  ) async throws -> Demonstration {
    let clock = director.clock
    let authenticator = Authenticator(store: stage.credentials, master: stage.master, entropy: secrets)
    let live = try await LiveStudy(
      store: stage.ledger, shelf: stage.shelf, vault: director.vault, authenticator: authenticator,
      clock: { clock.now })
    var logins: [Login] = []
    for member in director.cast.members {
      let password = readable(secrets)
      // One of each role and place suffices, but for the board: nobody of it decides alone.
      let isTold =
        member.role == .safetyBoard || !logins.contains { $0.role == member.role && $0.site == member.site }
      // A password that nobody is told, and that no one could guess, gains nothing by a costly hash.
      try await (isTold ? live : director.live).changePassword(
        Claim(account: member.account.description, password: director.passwords[member.account] ?? ""), to: password,
        origin: .commandLine)
      guard isTold else { continue }
      logins.append(
        Login(
          account: member.account, name: member.name, role: member.role, site: member.site, password: password))
    }
    let state = try await live.state()
    let end = ZoneClock.moment(clock.now, zone: director.cast.zone(of: director.cast.sites.first?.id))
    let participants = Dictionary(grouping: state.participants.keys.sorted()) { id in
      state.participants[id]?.status(at: end) ?? .candidate
    }
    return Demonstration(
      live: live, end: end, logins: logins, participants: participants, events: try await stage.ledger.head().position,
      keys: director.patients.compactMapValues(\.id))
  }

  /// Five groups of four letters and figures that do not look alike.
  private static func readable(_ secrets: Entropy) -> String {
    let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789ab")
    let letters = secrets.bytes(20).map { alphabet[Int($0 & 31)] }
    return stride(from: 0, to: 20, by: 4).map { String(letters[$0..<$0 + 4]) }.joined(separator: "-")
  }
}
