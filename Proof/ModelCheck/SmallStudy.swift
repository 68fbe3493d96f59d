import ClinicalValues
import Ledger
import StudyDesign
import Trial

/// The study that is explored.
package struct SmallStudy: Sendable {
  /// Short limits; see `planText`.
  let plan: ConductPlan
  let version: ProtocolVersion
  /// Who takes part, in the order of their numbers. The third has no cells and competes for the slots.
  let participants: [ParticipantID]
  let site: SiteID
  /// Everybody with account, training, role and delegation.
  let people: PeopleState
  /// Chain-of-identity identifiers, one a participant.
  let identities: [ParticipantID: ChainOfIdentity]
  let staff: Staff
  /// When it begins.
  let start: Moment

  /// Who acts: one account a role, two nurses for the bedside, three members of the board.
  struct Staff: Sendable {
    let investigator, principal, nurse, otherNurse: Acting
    let laboratory, otherLaboratory, quality, safety, sponsor, administrator: Acting
    let board: [Acting]

    var all: [Acting] {
      [
        investigator, principal, nurse, otherNurse, laboratory, otherLaboratory, quality, safety, sponsor,
        administrator,
      ] + board
    }
  }

  /// The cohort; one is enough.
  static let cohort = "sle"
  /// The one item that must be adopted.
  static let provisional = "stagger"
  /// What participants weigh, kg, and what one of the pictures says instead.
  static let weight: Decimal = 70
  static let otherWeight: Decimal = 80
  /// How tall they are, cm, and their renal function, mL/min.
  static let height: Decimal = 170
  static let clearance: Decimal = 90

  /// The study; throws only if its own text is wrong.
  package init() throws {
    let site = try SiteID("01")
    self.site = site
    plan = try Self.readPlan()
    version = ProtocolVersion(
      version: "1.0", digest: Digest(of: "small study"), cohorts: [Self.cohort], provisional: [Self.provisional])
    participants = try (1...3).map { try ParticipantID(site: site, number: $0) }
    identities = Dictionary(
      uniqueKeysWithValues: participants.map { ($0, ChainOfIdentity(random: UInt64($0.number) * 7919)) })
    func person(_ name: String, _ role: Role) throws -> Acting {
      Acting(account: try AccountID(name), role: role, site: role.isOfSite ? site : nil)
    }
    staff = Staff(
      investigator: try person("investigator", .subInvestigator),
      principal: try person("principal", .principalInvestigator), nurse: try person("nurse", .nurse),
      otherNurse: try person("nurse-2", .nurse), laboratory: try person("laboratory", .cellLaboratory),
      otherLaboratory: try person("laboratory-2", .cellLaboratory),
      quality: try person("quality", .qualityAssurance), safety: try person("safety", .safetyOfficer),
      sponsor: try person("sponsor", .sponsor), administrator: try person("administrator", .administrator),
      board: try ["board-1", "board-2", "board-3"].map { try person($0, .safetyBoard) })
    let start = Moment(Instant(milliseconds: 1_767_603_600_000))
    self.start = start
    people = Self.staffed(staff.all, at: Moment(start.instant.adding(hours: -24 * 30)))
  }

  /// Accounts that can act.
  private static func staffed(_ everybody: [Acting], at moment: Moment) -> PeopleState {
    var state = PeopleState()
    var events: [PeopleEvent] = []
    for (index, person) in everybody.enumerated() {
      let id = person.account
      events += [
        .accountCreated(account: id, name: "Person of \(id)", namesakes: []),
        .identityChecked(account: id, how: .document),
        .trained(account: id, training: Training(.system, from: moment.date)),
        .trained(account: id, training: Training(.protocolVersion("1.0"), from: moment.date)),
        .accountEnabled(account: id), .roleGranted(account: id, role: person.role, site: person.site),
        .delegationSigned(
          number: index + 1, account: id, role: person.role, site: person.site, tasks: person.role.permissions,
          from: moment.date, to: nil),
        .delegationAccepted(number: index + 1),
      ]
    }
    for event in events {
      state.apply(
        Recorded(event, happened: moment, recorded: moment.instant, actor: Actor(account: "setup", role: "")))
    }
    return state
  }

  /// A participant to be mixed up with another.
  func other(than participant: ParticipantID) -> ParticipantID {
    participant == participants[0] ? participants[1] : participants[0]
  }

  /// Days after an infusion, the first being 0, on which nobody else is infused.
  func interval(after ordinal: Int) -> Int {
    let first = plan.safety.staggerDaysFirst
    return ordinal < first.count ? first[ordinal] : plan.safety.staggerDaysLater
  }
}
