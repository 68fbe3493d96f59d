import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

/// A trial in a test: given events, when a command, then events or a refusal. The clock stands still unless it is told.
///
///     var trial = TrialScenario()
///     trial.given(.way(participant, .registered(site: site01, cohort: "sle")))
///     trial.when(GiveConsent(...), by: .coordinator).refused("no-consent-version")
struct TrialScenario {
  var state = TrialState.staffed
  var plan = ConductPlan.example
  var version = ProtocolVersion.example
  /// From where and why entries come that are made late.
  var late: EntrySource?
  /// What CQL found.
  var pictures: [ParticipantID: ClinicalPicture] = [:]
  /// What it finds now, where that is something else than at the time that is given.
  var picturesOfNow: [ParticipantID: ClinicalPicture]?
  /// The forms of the study.
  var book = FormBook.example
  /// What the rules of forms say; one that is not here says that all is shown, and nothing else.
  var forms: [FormKey: FormPicture] = [:]
  /// The book of gates; tests take lines out of it.
  var gates = GateBook.standard
  /// Now, at the place of site 01.
  private(set) var now = Moment("2026-01-05T09:00:00+01:00[Europe/Berlin]") ?? Moment(Instant(milliseconds: 0))
  /// What was recorded so far, for tests that look at the ledger.
  private(set) var ledger: [Recorded<TrialEvent>] = []

  /// Lets time pass.
  mutating func wait(days: Int = 0, hours: Int = 0, minutes: Int = 0) {
    now = Moment(
      now.instant.adding(hours: days * 24 + hours, minutes: minutes), offsetMinutes: now.offsetMinutes, zone: now.zone)
  }

  /// A moment so long before now.
  func ago(days: Int = 0, hours: Int = 0, minutes: Int = 0) -> Moment {
    Moment(
      now.instant.adding(hours: -days * 24 - hours, minutes: -minutes), offsetMinutes: now.offsetMinutes,
      zone: now.zone)
  }

  /// A date so many days from now.
  func date(inDays days: Int) -> CalendarDate { CalendarDate(daysSinceEpoch: now.day + days) ?? now.date }

  /// Events that are already in the ledger; they happened now, or when said.
  mutating func given(_ events: TrialEvent..., by actor: Acting = .coordinator, at happened: Moment? = nil) {
    given(events, by: actor, at: happened)
  }

  /// The same for a list of events.
  mutating func given(_ events: [TrialEvent], by actor: Acting = .coordinator, at happened: Moment? = nil) {
    for event in events { record(Fact(event), by: [actor], at: happened ?? now) }
  }

  /// What a command leads to now, or at an earlier moment; nothing is recorded.
  func when(
    _ command: any TrialCommand, by actor: Acting = .investigator, together: [Acting] = [], at happened: Moment? = nil
  ) -> Outcome {
    do throws(Refusal) {
      return .accepted(
        try Trial.decide(command, in: situation(by: actor, together: together, at: happened)), after: self)
    } catch {
      return .refused(error)
    }
  }

  /// Decides a command and records what it leads to; throws its refusal.
  @discardableResult
  mutating func perform(
    _ command: any TrialCommand, by actor: Acting = .investigator, together: [Acting] = [], at happened: Moment? = nil
  ) throws(Refusal) -> [TrialEvent] {
    let facts = try Trial.decide(command, in: situation(by: actor, together: together, at: happened))
    for fact in facts { record(fact, by: [actor] + together, at: happened ?? now) }
    return facts.map(\.event)
  }

  /// What a decision looks at.
  func situation(by actor: Acting = .investigator, together: [Acting] = [], at happened: Moment? = nil) -> Situation {
    var situation = Situation(
      state: state, plan: plan, protocolVersion: version, actor: actor, together: together,
      happened: happened ?? now, now: now.instant, pictures: pictures, late: late,
      casebook: book, forms: formPictures, gates: gates)
    situation.picturesOfNow = picturesOfNow
    return situation
  }

  private var formPictures: [ParticipantID: [FormKey: FormPicture]] {
    var pictures = forms
    for form in book.forms.values {
      for key in FormKey.examples(of: form) where pictures[key] == nil {
        pictures[key] = FormPicture(shown: Set(form.items.map(\.id)))
      }
    }
    return Dictionary(uniqueKeysWithValues: state.participants.keys.map { ($0, pictures) })
  }

  /// A participant's state; an empty one where nobody is registered under the number.
  func of(_ participant: ParticipantID = .first) -> ParticipantState {
    state.participants[participant] ?? ParticipantState(id: participant)
  }

  /// A participant's status now.
  func status(of participant: ParticipantID = .first) -> ParticipantStatus { of(participant).status(at: now) }

  /// The line of a gate; nil where the gate has no such line.
  func line(_ id: String, of gate: Gate, for participant: ParticipantID = .first, bag: BagNumber? = nil) -> GateLine? {
    situation().lines(of: gate, for: participant, bag: bag).first { $0.id == id }
  }

  private mutating func record(_ fact: Fact, by actors: [Acting], at happened: Moment) {
    let signers = fact.signed == nil ? [] : fact.signedByAll ? actors : Array(actors.prefix(1))
    let signatures = signers.map {
      Signature(
        account: $0.account, name: $0.account.description, role: $0.role, meaning: fact.signed ?? "", signed: now,
        shown: .example)
    }
    let actor = actors.first ?? .coordinator
    let recorded = Recorded(
      fact.event, happened: happened, recorded: now.instant,
      actor: Actor(
        account: actor.account.description, role: actor.role.rawValue, site: actor.site.map(\.description)),
      signatures: signatures, position: ledger.count + 1)
    ledger.append(recorded)
    state.apply(recorded)
  }
}

/// What became of a command.
enum Outcome {
  case accepted([Fact], after: TrialScenario)
  case refused(Refusal)

  /// It led to exactly these events.
  func then(_ events: TrialEvent..., at location: SourceLocation = #_sourceLocation) {
    #expect(self.events == events, "\(problem)", sourceLocation: location)
  }

  /// It was accepted, and its events are as a test says.
  func then(at location: SourceLocation = #_sourceLocation, _ look: ([TrialEvent]) -> Void) {
    guard let events else {
      Issue.record("\(problem)", sourceLocation: location)
      return
    }
    look(events)
  }

  /// It was refused under this id; the lines of the gate that were not true, where they are given.
  func refused(_ id: String, lines: [String]? = nil, at location: SourceLocation = #_sourceLocation) {
    guard case .refused(let refusal) = self else {
      Issue.record("accepted, where a refusal ‘\(id)’ was expected", sourceLocation: location)
      return
    }
    #expect(refusal.id == id, "\(refusal)", sourceLocation: location)
    #expect(!refusal.because.isEmpty && !refusal.remedy.isEmpty, sourceLocation: location)
    guard let lines else { return }
    #expect(refusal.lines.filter { $0.value != true }.map(\.id) == lines, sourceLocation: location)
  }

  /// Its events; nil where it was refused.
  var events: [TrialEvent]? {
    if case .accepted(let facts, _) = self { facts.map(\.event) } else { nil }
  }

  /// Its facts; empty where it was refused.
  var facts: [Fact] {
    if case .accepted(let facts, _) = self { facts } else { [] }
  }

  private var problem: String {
    if case .refused(let refusal) = self { "refused (\(refusal.id)): \(refusal)" } else { "other events" }
  }
}
