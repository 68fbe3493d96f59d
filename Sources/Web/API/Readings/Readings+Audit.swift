import ClinicalValues
import Conduct
import Ledger
import Trial

/// An event of the ledger, with what it tells.
struct EventReading: Sendable {
  let envelope: Envelope
  let recorded: Recorded<TrialEvent>
  let telling: EventTelling
  /// The accounts of whom the reader is not told who they are.
  var hidden: Set<String> = []
}

/// A page of the audit trail.
struct AuditReading: Sendable {
  let events: [EventReading]
  /// From where the next page goes on.
  let next: Int?
}

/// What came of checking the ledger.
struct VerificationReading: Sendable {
  /// Nil where it is not whole.
  let report: LedgerReport?
  /// What is wrong with it.
  let fault: String?
  let signatures: LedgerVerification.Signatures
}

extension Readings {
  /// An event.
  static let event = Shape<EventReading>.object(
    "Event", "Something that is in the record for good.",
    [
      .number("position") { $0.envelope.position }, .text("type") { $0.envelope.event.type },
      .text("stream") { $0.envelope.event.stream.description },
      .text("text", "What it tells.") { $0.telling.sentenceWithSubject($0.recorded.event) },
      .text("happened") { $0.recorded.happened.description }, .instant("recorded") { $0.recorded.recorded },
      .text("by", "`another-site` where the reader is not told who it is.") {
        $0.hidden.contains($0.recorded.actor.account) ? "another-site" : $0.recorded.actor.account
      },
      .text("role") { $0.recorded.actor.role },
      .textOrNull("site") { $0.recorded.actor.site },
      .choice("origin", of: Origin.allCases.map(\.rawValue)) {
        $0.envelope.event.origin.rawValue
      },
      .textOrNull("reason") { $0.recorded.reason },
      .texts("signatures", "Without those of people of whom the reader is not told who they are.") { reading in
        reading.recorded.signatures.filter { !reading.hidden.contains($0.account.description) }.map(\.manifestation)
      },
      .text("hash", "SHA-256 over its canonical form and its place.") { $0.envelope.hash.description },
    ])

  /// A page of the audit trail.
  static let audit = Shape<AuditReading>.object(
    "Audit", "Events that the reader may read, the newest first.",
    [
      .list("events", event) { $0.events },
      .numberOrNull("next", "What `upto` asks for to read on; null at the end.") { $0.next },
    ])

  /// An event as the ledger holds it.
  static let heldEvent = event.adding(
    "HeldEvent", "An event as the ledger holds it.",
    [.text("canonical", "Its canonical JSON.") { String(decoding: $0.envelope.canonical, as: UTF8.self) }])

  /// What came of checking the ledger.
  static let verification = Shape<VerificationReading>.object(
    "Verification", "The ledger checked from its first event on.",
    [
      .truth("whole") { $0.fault == nil && $0.signatures.void.isEmpty }, .textOrNull("fault") { $0.fault },
      .numberOrNull("events") { $0.report?.head.position }, .numberOrNull("streams") { $0.report?.streams },
      .numberOrNull("attachments") { $0.report?.attachments }, .numberOrNull("checkpoints") { $0.report?.checkpoints },
      .number("validSignatures") { $0.signatures.valid },
      .textOrNull("root") { $0.report?.head.root.description },
    ])
}
