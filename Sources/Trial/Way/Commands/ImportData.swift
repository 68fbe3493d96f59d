// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
public import Ledger
import StudyDesign

/// Takes over clinical data of a participant. The data lie apart; the ledger holds their digest.
public struct ImportData: TrialCommand {
  public static let name = "participant import"
  public static let abstract = "Take over clinical data of a participant from a FHIR bundle."
  public static let fields = [
    .whom, CommandField("bundle", "SHA-256 of the bundle"), CommandField("resources", "resources in it"),
    CommandField("source", "hospitalRecord, laboratory, device, paper or participant"),
  ]
  public static let permission = Permission.recordData
  public static let readsClinicalData = true

  /// Whom it is about.
  public let participant: ParticipantID
  /// SHA-256 of the bundle.
  public let bundle: Digest
  /// How many resources it holds.
  public let resources: Int
  /// Where it comes from.
  public let source: ImportedData.Source

  public init(participant: ParticipantID, bundle: Digest, resources: Int, source: ImportedData.Source) {
    self.participant = participant
    self.bundle = bundle
    self.resources = resources
    self.source = source
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.participant(participant)
    guard resources > 0 else {
      throw Refusal(
        "empty-import", because: "The bundle holds no resource.", remedy: "Check the file that was to be imported.")
    }
    let hasConsented = state.way.consents.contains { $0.signed <= situation.happened }
    if hasConsented || source != .hospitalRecord { _ = try situation.recordable(participant) }
    if !hasConsented { try situation.requirePresent(state) }
    var events = [WayEvent.dataImported(data: ImportedData(bundle: bundle, resources: resources, source: source))]
    if situation.isConsentInForce(state.way), state.way.screeningRound == 0 {
      events.append(.screeningStarted(round: 1))
    }
    let facts = events.map { Fact(.way(participant, $0)) } + state.questioned(by: "imported", in: situation)
    return facts + situation.settled(of: participant, after: facts)
  }
}

extension EligibilityQuestion {
  /// What the question leads to: it closes the gates; after the infusion it is an important deviation.
  func facts(on participant: ParticipantState, in situation: Situation) -> [Fact] {
    var facts = [Fact(.way(participant.id, .eligibilityQuestioned(question: self)))]
    if participant.product.infusion != nil {
      let deviation = Deviation(
        .eligibility, what: "After the infusion: \(reason)", noticed: situation.happened, severity: .important)
      facts.append(Fact(.record(participant.id, .deviationOpened(deviation))))
    }
    return facts
  }
}
