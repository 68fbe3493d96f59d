// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
import StudyDesign

/// Opens a deviation by hand. Whoever takes part in the trial may notice one; who only looks on, or manages accounts,
/// tells somebody who takes part.
public struct OpenDeviation: TrialCommand {
  public static let name = "participant deviation open"
  public static let abstract = "Open a deviation by hand: what happened and when it was noticed."
  public static let permission = Permission.readAudit
  public static let fields = [
    CommandField("participant", "whom it concerns; left out for one of the whole study", optional: true),
    CommandField("kind", Self.listed(DeviationKind.self)), CommandField("what", "what happened, in a sentence"),
    CommandField("averting", "whether it was made to avert an immediate danger: true or false", optional: true),
    CommandField(
      "about", "the visit that it is about, D28/1, or with what was not done at it, D28/1/ecg", optional: true),
  ]

  /// Whom it concerns; nil for the whole study.
  public var participant: ParticipantID?
  /// What it is about.
  public var kind: DeviationKind
  /// What happened, in a sentence.
  public var what: String
  /// Whether it was made to avert an immediate danger.
  public var averting: Bool?
  /// The visit that it is about, `D28/1`, or what was not done at one, `D28/1/ecg`: so that the same is not noticed again.
  public var about: String?

  public init(
    participant: ParticipantID? = nil, kind: DeviationKind, what: String, averting: Bool? = nil, about: String? = nil
  ) {
    self.participant = participant
    self.kind = kind
    self.what = what
    self.averting = averting
    self.about = about
  }

  public var participants: Set<ParticipantID> { Set([participant].compactMap(\.self)) }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    if let participant { try situation.requireNotWithdrawnFromEverything(try situation.participant(participant)) }
    if [.inspector, .administrator, .statistician].contains(situation.actor.role) {
      throw Refusal(
        "role-may-not", because: "In this role nothing is entered into the trial.", remedy: "Tell somebody of the site."
      )
    }
    try requireTexts(["what": what])
    let averting = averting ?? false
    let subject = try subject(in: situation)
    let deviation = Deviation(
      kind, what: what, noticed: situation.happened, severity: averting ? .important : nil, averting: averting,
      about: subject.map { [$0] }, byHand: subject.map { _ in true })
    var events = [RecordEvent.deviationOpened(deviation)]
    if averting {
      // Reported at once: due when it was noticed, so that it stands in every worklist until it is handed in.
      events.append(.clockStarted(ReportClock(ReportClock.immediateDanger, aware: situation.happened, hours: 0)))
    }
    return events.map { Fact(participant, $0) }
  }
}

extension OpenDeviation {
  /// What it is about, by its kind; refuses a visit that is none, and what a deviation stands for already.
  private func subject(in situation: Situation) throws(Refusal) -> DeviationSubject? {
    guard let about, !about.isEmpty else { return nil }
    let word = kind == .window ? "window" : about.split(separator: "/").count > 2 ? "activity" : "visit"
    guard let participant, kind == .window || kind == .missedActivity,
      let subject = try? DeviationSubject("\(word)/\(about)"),
      situation.casebook.visits.contains(String(about.prefix { $0 != "/" }))
    else {
      throw Refusal(
        "not-a-visit", because: "‘\(about.prefix(40))’ is no visit that such a deviation can be about.",
        remedy: "Name the participant, and the visit with its number as the calendar does; or leave it out.")
    }
    let record = try situation.participant(participant).record
    if let same = record.deviations.first(where: { !$0.isLapsed && $0.about.contains(subject) }) {
      throw Refusal(
        "already-noticed", because: "Deviation \(same.number) is about that already.",
        remedy: "Classify or assess that one.")
    }
    return subject
  }
}

/// Classifies a deviation.
public struct ClassifyDeviation: TrialCommand {
  public static let name = "participant deviation classify"
  public static let abstract = "Say how grave a deviation is, and why."
  public static let permission = Permission.classifyDeviations
  public static let fields =
    deviationFields + [
      CommandField("severity", Self.listed(DeviationSeverity.self)), CommandField("reason", "why"),
    ]

  /// Whom it concerns; nil for the whole study.
  public var participant: ParticipantID?
  /// Its number.
  public var deviation: Int
  /// How grave it is.
  public var severity: DeviationSeverity
  /// Why.
  public var reason: String

  public init(participant: ParticipantID? = nil, deviation: Int, severity: DeviationSeverity, reason: String) {
    self.participant = participant
    self.deviation = deviation
    self.severity = severity
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { Set([participant].compactMap(\.self)) }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let open = try situation.deviation(deviation, of: participant)
    try requireTexts(["reason": reason])
    if open.kind == .outsideGate, severity != .critical {
      throw Refusal(
        "always-critical", because: "What happened outside the gate is a critical deviation.",
        remedy: "Its cause and prevention can be recorded.")
    }
    return [
      Fact(participant, .deviationClassified(deviation: deviation, severity: severity, reason: reason))
    ]
  }
}

/// Records cause, correction and prevention of a deviation.
public struct AssessDeviation: TrialCommand {
  public static let name = "participant deviation assess"
  public static let abstract = "Record the cause of a deviation, what was done about it and what prevents another."
  public static let permission = Permission.classifyDeviations
  public static let fields =
    deviationFields + [
      CommandField("cause", "its cause"), CommandField("correction", "what was done about it"),
      CommandField("prevention", "what keeps it from happening again"),
    ]

  /// Whom it concerns; nil for the whole study.
  public var participant: ParticipantID?
  /// Its number.
  public var deviation: Int
  /// What led to it.
  public var cause: String
  /// What was done about it.
  public var correction: String
  /// What keeps it from happening again.
  public var prevention: String

  public init(
    participant: ParticipantID? = nil, deviation: Int, cause: String, correction: String, prevention: String
  ) {
    self.participant = participant
    self.deviation = deviation
    self.cause = cause
    self.correction = correction
    self.prevention = prevention
  }

  public var participants: Set<ParticipantID> { Set([participant].compactMap(\.self)) }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    _ = try situation.deviation(deviation, of: participant)
    try requireTexts(["cause": cause, "correction": correction, "prevention": prevention])
    let event = RecordEvent.deviationAssessed(
      deviation: deviation, cause: cause, correction: correction, prevention: prevention)
    return [Fact(participant, event)]
  }
}

/// Records who was told of a deviation.
public struct ReportDeviation: TrialCommand {
  public static let name = "participant deviation report"
  public static let abstract = "Record who was told of a deviation, and when."
  public static let permission = Permission.answerQueries
  public static let fields = deviationFields + [CommandField("to", "who was told")]

  /// Whom it concerns; nil for the whole study.
  public var participant: ParticipantID?
  /// Its number.
  public var deviation: Int
  /// Who was told; when is when it happened.
  public var to: String

  public init(participant: ParticipantID? = nil, deviation: Int, to: String) {
    self.participant = participant
    self.deviation = deviation
    self.to = to
  }

  public var participants: Set<ParticipantID> { Set([participant].compactMap(\.self)) }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    _ = try situation.deviation(deviation, of: participant)
    try requireTexts(["to": to])
    return [Fact(participant, .deviationReported(deviation: deviation, to: to, on: situation.happened))]
  }
}

private let deviationFields = [
  CommandField("participant", "whom it concerns; left out for one of the whole study", optional: true),
  CommandField("deviation", "its number"),
]

extension Fact {
  /// An event of a participant's record, or of the study's.
  init(_ participant: ParticipantID?, _ event: RecordEvent) {
    self.init(participant.map { .record($0, event) } ?? .studyRecord(event))
  }
}

extension Situation {
  func record(of id: ParticipantID?) throws(Refusal) -> RecordState {
    guard let id else { return state.record }
    return try participant(id).record
  }

  fileprivate func deviation(_ number: Int, of id: ParticipantID?) throws(Refusal) -> DeviationState {
    guard let deviation = try record(of: id).deviations.first(where: { $0.number == number }) else {
      throw Refusal(
        "no-such-deviation", because: "There is no deviation \(number).", remedy: "The list shows their numbers.")
    }
    return deviation
  }
}
