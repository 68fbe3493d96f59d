import ClinicalValues
import Conduct
import FoundationEssentials
import Ledger
import Trial

extension Director {
  /// What happens in the study as a whole.
  mutating func perform(_ act: StudyAct) async throws {
    switch act {
    case .review(let decision, let changes): try await review(decision, changes)
    case .decideLift:
      let hold = try await holdInForce(.safety)
      let board = try board("that the safety hold may fall")
      try await self.act(
        DecideLift(hold: hold, ballot: board.ballot), by: board.chair, with: board.others, attachments: [board.minutes])
    case .acceptLift:
      let hold = try await holdInForce(.safety)
      let approval = document("Approval of the ethics committee that the study goes on as the board decided.")
      try await self.act(
        AcceptLift(hold: hold, approvals: [approval.digest]), by: try cast.acting(.safetyOfficer),
        attachments: [approval.bytes])
    case .operationalHold(let reason):
      try await self.act(
        SetHold(kind: .operational, reason: reason, activities: [.enrollment]),
        by: try cast.acting(.qualityAssurance))
    case .liftOperationalHold:
      try await self.act(
        LiftOperationalHold(hold: try await holdInForce(.operational)), by: try cast.acting(.qualityAssurance))
    case .amend: try await amend()
    case .tellAuthorities:
      for clock in try await live.state().record.runningClocks {
        try await self.act(
          SubmitReport(clock: clock.number, to: "the ethics committees and the authorities"),
          by: try cast.acting(.safetyOfficer))
      }
    case .ranges(let file, let from): try await ranges(file, from: from)
    case .consentForm(let version): try await consentForm(version)
    }
  }

  private func holdInForce(_ kind: Hold.Kind) async throws -> Int {
    guard let hold = try await live.state().study.holdsInForce.first(where: { $0.hold.kind == kind }) else {
      throw NotThere(what: "a \(kind) hold in force")
    }
    return hold.hold.number
  }

  private mutating func review(_ decision: BoardDecision, _ changes: String?) async throws {
    let board = try board("the review of the study")
    let report = document("Report to the safety board of \(ZoneClock.moment(clock.now, zone: "UTC").date).")
    try await act(
      ReviewAsBoard(decision: decision, changes: changes, report: report.digest, ballot: board.ballot),
      by: board.chair, with: board.others, attachments: [report.bytes, board.minutes])
  }

  /// The board as it meets: all three, in favor, nobody with an interest.
  func board(
    _ about: String
  ) throws -> (chair: Acting, others: [Acting], ballot: Ballot, minutes: [UInt8]) {
    let members = cast.all(.safetyBoard).map(\.acting)
    let minutes = document("Minutes of the safety board on \(about).")
    let ballot = Ballot(
      inFavor: members.map(\.account),
      interests: members.map { DeclaredInterest(account: $0.account, interest: "none") },
      minutes: minutes.digest)
    return (try cast.acting(.safetyBoard), Array(members.dropFirst()), ballot, minutes.bytes)
  }

  /// The amendment: everybody is trained in it, it is tested, put in force and adopted.
  private mutating func amend() async throws {
    guard let amended = shelf.editions.dropFirst().first else { throw NotThere(what: "the amendment") }
    let clock = self.clock
    live = try await LiveStudy(
      store: ledger, shelf: shelf, vault: vault, authenticator: authenticator, clock: { clock.now })
    let admin = try cast.acting(.administrator)
    let today = ZoneClock.moment(clock.now, zone: "UTC").date
    for member in cast.members where member.role.needsProtocolTraining {
      try await act(
        RecordTraining(account: member.account, version: amended.version.version, from: today), by: admin)
    }
    try await putInForce(amended, appliesTo: .notYetEnrolled)
  }

  private mutating func consentForm(_ version: String) async throws {
    let deadline = ZoneClock.moment(clock.now, zone: "UTC").date.adding(30, .day)
    for site in cast.sites {
      try await act(
        PutConsentInForce(site: site.id, version: version, signedAnewBy: .all, beforeDate: deadline),
        by: try cast.acting(.principalInvestigator, site.id))
    }
  }

  /// The normal ranges of the sites' laboratories, as the example files of the study have them.
  mutating func ranges() async throws {
    for site in cast.sites { try await takeOver(try text(of: "normal-ranges-\(site.id).csv"), at: site.id) }
  }

  /// A laboratory gives new limits for some tests from a day on: its file names those alone.
  private mutating func ranges(_ file: String, from day: Int) async throws {
    guard let first = CalendarDate(daysSinceEpoch: opening + day),
      let site = cast.sites.first(where: { file.hasSuffix("\($0.id).csv") })
    else { throw NotThere(what: "the site of \(file)") }
    let lines = try text(of: file).split(separator: "\n").map(String.init)
    let changed = lines.dropFirst().filter { $0.contains(",hemoglobin,") }.map { line in
      line.replacing("2024-01-01", with: "\(first)").replacing(",115,150,", with: ",112,148,")
        .replacing(",130,175,", with: ",128,172,")
    }
    try await takeOver(([lines[0]] + changed).joined(separator: "\n") + "\n", at: site.id)
  }

  private mutating func takeOver(_ text: String, at site: SiteID) async throws {
    let ranges = try JSONDecoder().decode(
      [NormalRange].self, from: Data(try await live.ranges(in: text, file: "ranges.csv").utf8))
    try await act(
      ImportRanges(of: site, file: Digest(of: text), ranges: ranges), by: try cast.acting(.coordinator, site))
  }

  private func text(of file: String) throws -> String {
    try String(contentsOf: URL(filePath: "\(studyFolder)/examples/laboratory/\(file)"), encoding: .utf8)
  }
}
