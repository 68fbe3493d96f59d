// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import Ledger
import StudyDesign

/// An investigator takes back data that were taken over for the wrong participant, or by mistake: they count no more, and
/// what was decided on them is questioned.
///
/// What was taken over stays where it is, sealed, and what was frozen with a decision stays as it was.
public struct TakeBackImport: TrialCommand {
  public static let name = "participant take-back-import"
  public static let abstract =
    "Take back clinical data that were taken over for the wrong participant, or by mistake, as an investigator."
  public static let fields = [
    .whom, CommandField("bundle", "SHA-256 of the bundle, as the timeline shows it"), .whyCorrected,
  ]
  public static let permission = Permission.judgeAndSign

  /// Whom it is about.
  public let participant: ParticipantID
  /// SHA-256 of the bundle as it lies in the ledger.
  public let bundle: Digest
  /// Why it is taken back.
  public let reason: String

  public init(participant: ParticipantID, bundle: Digest, reason: String) {
    self.participant = participant
    self.bundle = bundle
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.corrected(participant, because: reason)
    let entries = state.entries.all
    guard let place = entries.lastIndex(where: { $0.way?.importedBundle == bundle }) else {
      throw Refusal(
        "no-such-import", because: "No data with the digest \(bundle) count for \(participant).",
        remedy: "The timeline shows what was taken over, each with its digest.")
    }
    let imported = entries[place]
    var facts = [
      Fact(
        .way(participant, .corrected(correction: .dataImport(bundle: bundle), reason: reason)),
        signed: "The data taken over at \(imported.happened) do not count for \(participant): \(reason)")
    ]
    let later = entries[place...].dropFirst()
    let why = "Data that it may rest on, taken over at \(imported.happened), were taken back. \(reason)"
    if !state.way.isEligibilityQuestioned, later.contains(where: { $0.way?.decides(as: state.way.eligibility) == true })
    {
      facts += EligibilityQuestion(reason: why, assessment: nil).facts(on: state, in: situation)
    }
    if !state.way.rechecks.isEmpty, later.contains(where: { $0.way?.isRecheck == true }) {
      facts.append(Fact(.way(participant, .rechecksQuestioned(reason: why))))
    }
    return facts
  }
}

extension WayEvent {
  /// The bundle that was taken over by it.
  var importedBundle: Digest? { if case .dataImported(let data) = self { data.bundle } else { nil } }

  /// Whether it is a decision on data that can be the one that stands: that somebody is eligible, or that screening failed.
  /// A failure for a reason alone rests on no data.
  fileprivate func decides(as standing: EligibilityStanding?) -> Bool {
    switch (self, standing) {
    case (.foundEligible, .eligible): true
    case (.screeningFailed(let failure), .failed): failure.assessment != nil
    default: false
    }
  }

  fileprivate var isRecheck: Bool { if case .recheckSigned = self { true } else { false } }
}
