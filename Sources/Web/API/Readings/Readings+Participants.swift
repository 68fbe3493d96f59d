import ClinicalValues
import Conduct
import Ledger
import Trial

/// A participant with where they stand.
struct ParticipantReading: Sendable {
  let participant: ParticipantState
  let state: TrialState
  /// Now, where the participant is looked after.
  let now: Moment
  /// What must not be overlooked.
  let alerts: [String]
  var standing: Standing { participant.casebook.standing(of: participant.casebook.keys()) }
}

/// Who somebody is, as it is told to who may see it.
struct IdentityReading: Sendable {
  let participant: ParticipantID
  /// Nil where nothing is kept, or it was erased.
  let person: Person?
}

/// A gate of a participant, as it stands.
struct GateReading: Sendable {
  let participant: ParticipantID
  let gate: Gate
  let moment: Moment
  let lines: [GateLine]
  /// Whether every line is true, and there is one.
  var isOpen: Bool { !lines.isEmpty && lines.allSatisfy { $0.value == true } }
}

extension Readings {
  /// Where a participant stands.
  static let participant = Shape<ParticipantReading>.object(
    "Participant", "Where a participant stands; who that is has a reading of its own.",
    [
      .text("participant") { $0.participant.id.description },
      .textOrNull("site") { $0.participant.way.site?.description },
      .textOrNull("cohort", "Null before one is decided.") { $0.participant.way.cohort },
      .choice("status", of: ParticipantStatus.allCases.map(\.rawValue)) { $0.participant.status(at: $0.now).rawValue },
      .textOrNull("version", "The protocol version that they are under.") {
        $0.state.study.version(for: $0.participant.id, at: $0.now)?.version
      },
      .textOrNull("consent", "The version of the consent that was signed last.") {
        $0.participant.way.consents.last?.version
      },
      .textOrNull("chainOfIdentity") { $0.participant.product.identity?.description },
      .textOrNull("bookedDayZero") { $0.participant.way.bookedDayZero?.description },
      .textOrNull("infused", "When the infusion began.") { $0.participant.product.infusion?.begun.description },
      .numberOrNull("studyDay", "Days from Day 0 to today, or to the end of the participant's time in the study.") {
        $0.participant.studyDay(at: $0.now)
      },
      .object("casebook", standing) { $0.standing }, .texts("alerts", "What must not be overlooked.") { $0.alerts },
    ])

  /// Everybody whom the reader may see.
  static let participants = Shape<[ParticipantReading]>.object(
    "Participants", "Everybody whom the reader may see.", [.list("participants", participant) { $0 }])

  /// A state with the marks beside it.
  static let standing = Shape<Standing>.object(
    "Standing", "A state of forms, with counts of the marks beside it.",
    [
      .choice("state", of: FormState.allCases.map(\.rawValue)) { $0.state.rawValue },
      .number("openQueries") { $0.badges.openQueries }, .number("answeredQueries") { $0.badges.answeredQueries },
      .number("verified") { $0.badges.verified }, .number("changedSinceVerified") { $0.badges.changedSinceVerified },
      .number("signed") { $0.badges.signed }, .number("brokenSignatures") { $0.badges.brokenSignatures },
      .number("frozen") { $0.badges.frozen }, .number("locked") { $0.badges.locked },
    ])

  /// Who somebody is.
  static let identity = Shape<IdentityReading>.object(
    "Identity", "Who a participant is; all null where nothing is kept, or it was erased.",
    [
      .text("participant") { $0.participant.description }, .textOrNull("name") { $0.person?.name },
      .textOrNull("birthDate") { $0.person?.birthDate.description },
      .textOrNull("sexAtBirth") { $0.person?.sexAtBirth },
      .textOrNull("contact") { $0.person?.contact }, .textOrNull("document") { $0.person?.document },
    ])

  /// A gate.
  static let gate = Shape<GateReading>.object(
    "Gate", "A gate as it stands at a moment. A program that cannot reach it takes it for closed.",
    [
      .text("participant") { $0.participant.description },
      .choice("gate", of: Gate.allCases.map(\.rawValue)) { $0.gate.rawValue }, .text("at") { $0.moment.description },
      .truth("open") { $0.isOpen }, .list("lines", gateLine) { $0.lines },
    ])

  /// An entry of a participant's way.
  private static let wayEntry = Shape<ParticipantTimeline.Entry>.object(
    "WayEntry", "Something that happened.",
    [
      .text("text") { $0.told.sentence }, .texts("detail", "What it rests on.") { $0.told.detail },
      .number("position", "Where it stands in the ledger.") { $0.recorded.position },
      .text("happened") { $0.recorded.happened.description }, .instant("recorded") { $0.recorded.recorded },
      .text("by") { $0.recorded.actor.account }, .text("role") { $0.recorded.actor.role },
      .textOrNull("reason") { $0.recorded.reason },
      .texts("signatures") { $0.recorded.signatures.map(\.manifestation) },
    ])

  /// A participant's way as it happened.
  static let way = Shape<ParticipantTimeline>.object(
    "Way", "A participant's way as it happened, with what of the study touched it.",
    [.list("entries", wayEntry) { $0.entries }])
}
