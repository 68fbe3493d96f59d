import ClinicalValues
import Ledger
import StudyDesign
import Trial

/// The study that is explored.
package struct SmallStudy: Sendable {
  /// Short limits; see `planText`.
  let plan: ConductPlan
  let version: ProtocolVersion
  /// The one form whose answers lines of gates read: on the death of the participant.
  let book: FormBook
  let deathForm: FormKey
  /// What its rules say: its item is asked, and nothing else.
  let forms: [ParticipantID: [FormKey: FormPicture]]
  /// Who takes part, in the order of their numbers. The third has no cells and competes for the slots.
  let participants: [ParticipantID]
  let site: SiteID
  /// Another site, in worlds of its own: nobody is there but where a script has opened it.
  let otherSite: SiteID
  /// Everybody with account, training, role and delegation.
  let people: PeopleState
  /// Chain-of-identity identifiers, one a participant.
  let identities: [ParticipantID: ChainOfIdentity]
  let staff: Staff
  /// The same roles at the other site, each of another person; those of no site are the same people.
  let staffElsewhere: Staff
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

    /// The same with everybody of a site replaced.
    func replacing(_ other: (Acting) -> Acting) -> Staff {
      Staff(
        investigator: other(investigator), principal: other(principal), nurse: other(nurse),
        otherNurse: other(otherNurse), laboratory: laboratory, otherLaboratory: otherLaboratory, quality: quality,
        safety: safety, sponsor: sponsor, administrator: administrator, board: board)
    }
  }

  /// Who acts at a site.
  func staff(at place: SiteID?) -> Staff { place == otherSite ? staffElsewhere : staff }

  /// Whoever does at a site what somebody does at the first.
  func colleague(of acting: Acting, at place: SiteID?) -> Acting {
    guard place == otherSite, let index = staff.all.firstIndex(of: acting) else { return acting }
    return staffElsewhere.all[index]
  }

  /// The item that says whether somebody has died.
  static let hasDied = "DTHFL"
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
    let otherSite = try SiteID("02")
    self.otherSite = otherSite
    plan = try Self.readPlan()
    version = ProtocolVersion(
      version: "1.0", digest: Digest(of: "small study"), cohorts: [Self.cohort], provisional: [Self.provisional])
    participants = try (1...3).map { try ParticipantID(site: site, number: $0) }
    book = try Self.readBook()
    let deathForm = try FormKey(visit: FormKey.once, form: "death")
    self.deathForm = deathForm
    forms = Dictionary(
      uniqueKeysWithValues: participants.map { ($0, [deathForm: FormPicture(shown: [Self.hasDied])]) })
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
    let elsewhere = try Dictionary(
      uniqueKeysWithValues: staff.all.filter(\.role.isOfSite).map { acting in
        let account = try AccountID("\(acting.account)-elsewhere")
        return (acting.account, Acting(account: account, role: acting.role, site: otherSite))
      })
    staffElsewhere = staff.replacing { elsewhere[$0.account] ?? $0 }
    let start = Moment(Instant(milliseconds: 1_767_603_600_000))
    self.start = start
    people = Self.staffed(
      staff.all + elsewhere.values.sorted { $0.account < $1.account }, at: Moment(start.instant.adding(hours: -24 * 30))
    )
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
