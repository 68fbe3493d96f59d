import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

/// Accounts in a test: commands that are done by people of the cast, a clock that is told.
struct PeopleScenario {
  var state: TrialState
  var now = Moment("2026-01-05T09:00:00+01:00[Europe/Berlin]") ?? Moment(Instant(milliseconds: 0))
  var version = "1.0"
  private(set) var ledger: [Recorded<TrialEvent>] = []

  /// A trial whose cast can act, or an empty one, at a site or two.
  init(staffed: Bool = true) {
    state = staffed ? .staffed : TrialState()
    for id in [SiteID.berlin, .shanghai] { state.sites[id] = SiteState(id: id) }
  }

  func situation(by actor: Acting, together: [Acting] = [], at happened: Moment? = nil) -> Situation {
    Situation(
      state: state, plan: .example,
      protocolVersion: ProtocolVersion(version: version, digest: .example, cohorts: [], provisional: []), actor: actor,
      together: together, happened: happened ?? now, now: now.instant)
  }

  /// Does something, or says under which id it was refused.
  @discardableResult
  mutating func perform(
    _ command: any TrialCommand, by actor: Acting, together: [Acting] = [], at happened: Moment? = nil
  ) -> String? {
    do throws(Refusal) {
      for fact in try Trial.decide(command, in: situation(by: actor, together: together, at: happened)) {
        record(fact, by: actor, together: together)
      }
      return nil
    } catch {
      #expect(!error.because.isEmpty && !error.remedy.isEmpty)
      return error.id
    }
  }

  mutating func record(_ fact: Fact, by actor: Acting, together: [Acting] = []) {
    let signers = fact.signed == nil ? [] : [actor] + (fact.signedByAll ? together : [])
    let signatures = signers.map {
      Signature(
        account: $0.account, name: state.people.name(of: $0.account), role: $0.role, meaning: fact.signed ?? "",
        signed: now, shown: .example)
    }
    let recorded = Recorded(
      fact.event, happened: now, recorded: now.instant,
      actor: Actor(account: actor.account.description, role: actor.role.rawValue, site: actor.site?.description),
      signatures: signatures, position: ledger.count + 1)
    ledger.append(recorded)
    state.apply(recorded)
  }

  /// Why somebody may not do something, by id; nil if they may.
  func refusal(
    _ acting: Acting, _ permission: Permission, sites: Set<SiteID> = [], participants: Set<ParticipantID> = [],
    at happened: Moment? = nil
  ) -> String? {
    do throws(Refusal) {
      try situation(by: acting, at: happened).authorize(permission, sites: sites, participants: participants)
      return nil
    } catch {
      return error.id
    }
  }

  mutating func wait(days: Int = 0, hours: Int = 0) { now = now.adding(days: days, hours: hours) }

  /// A day so many days from now.
  func day(_ days: Int = 0) -> CalendarDate { CalendarDate(daysSinceEpoch: now.day + days) ?? now.date }

  var people: PeopleState { state.people }
}

extension AccountID {
  static let anna = AccountID.named("anna.berg")
  static let boris = AccountID.named("boris.lind")
}

extension PeopleScenario {
  /// Anna Berg with account, identity, training and an enabled account.
  mutating func prepareAnna() {
    perform(CreateAccount(account: .anna, name: "Anna Berg"), by: .administrator)
    perform(CheckAccountIdentity(account: .anna, how: .document), by: .administrator)
    perform(RecordTraining(account: .anna, from: day()), by: .administrator)
    perform(RecordTraining(account: .anna, version: "1.0", from: day()), by: .administrator)
    perform(EnableAccount(account: .anna), by: .administrator)
  }

  static let annaNurse = Acting(account: .anna, role: .nurse, site: .berlin)

  /// Anna Berg as a nurse, whose delegation has number `number` and awaits her acceptance.
  mutating func delegateAnna(to last: CalendarDate? = nil, tasks: [Permission]? = nil) -> Int {
    prepareAnna()
    perform(GrantRole(account: .anna, role: .nurse, site: .berlin), by: .administrator)
    perform(
      Delegate(
        DelegationTerms(account: .anna, role: .nurse, site: .berlin, tasks: tasks, from: day(), to: last)),
      by: .principalInvestigator)
    return people.delegations.count
  }
}

extension Acting {
  static let foundingAdministrator = Acting(account: .named("clara.stein"), role: .administrator)
  static let foundingSponsor = Acting(account: .named("dora.falk"), role: .sponsor)
}

extension PeopleState {
  /// Nobody but those whom a study is set up with.
  static let founded: PeopleState = {
    var state = PeopleState()
    state.record(
      .accountsFounded(
        administrator: Acting.foundingAdministrator.account, administratorName: "Clara Stein",
        sponsor: Acting.foundingSponsor.account, sponsorName: "Dora Falk"))
    return state
  }()
}
