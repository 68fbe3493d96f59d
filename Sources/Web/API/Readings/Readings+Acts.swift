import ClinicalValues
import Conduct
import Ledger
import Trial

/// What came of an act, with the words for it.
struct RecordedReading: Sendable {
  let done: CarriedOut
  let telling: EventTelling
}

/// An act that waits to be signed.
struct WaitingReading: Sendable {
  let act: ActCourse.Waiting
  let telling: EventTelling
}

extension Readings {
  private static let told = Shape<(recorded: Recorded<TrialEvent>, telling: EventTelling)>.object(
    "RecordedEvent", "Something that was recorded.",
    [
      .number("position") { $0.recorded.position }, .text("type") { $0.recorded.event.name },
      .text("text") { $0.telling.sentenceWithSubject($0.recorded.event) },
      .texts("signatures") { $0.recorded.signatures.map(\.manifestation) },
    ])

  private static let handOver = Shape<HandOver>.object(
    "HandOver", "Something for one person, shown this once and kept nowhere.",
    [.text("what") { $0.what }, .text("secret") { $0.secret }])

  /// What came of an act that was carried out.
  static let recorded = Shape<RecordedReading>.object(
    "Recorded", "What is in the record now.",
    [
      .list("events", told) { reading in reading.told(reading.done.performed.envelopes) },
      .list("meanwhile", told, "What others recorded meanwhile.") { reading in
        reading.done.performed.meanwhile.map { (recorded: $0, telling: reading.telling) }
      },
      .list("since", told, "What has followed from time.") { reading in reading.told(reading.done.since) },
      .texts("notes", "What else to know.") { $0.done.notes }, .objectOrNull("handOver", handOver) { $0.done.handOver },
    ])

  private static let toSign = Shape<ToSign>.object(
    "ToSign", "Something to be signed.",
    [
      .object("signer", acting) { $0.signer }, .text("name") { $0.name },
      .text("meaning", "What signing says.") { $0.meaning },
      .text("content", "Exactly what the signature covers.") { $0.content.description },
      .text("digest", "SHA-256 of the content.") { Digest(of: $0.content.bytes).description },
    ])

  /// An act that was decided and waits for those who do it to show who they are. Nothing is recorded yet.
  static let waiting = Shape<WaitingReading>.object(
    "Waiting", "An act that waits to be signed. Nothing is recorded yet.",
    [
      .text("pending", "By what it is signed, with the same session.") { $0.act.key },
      .instant("until") { $0.act.until },
      .text("happened") { $0.act.proposal.happened.description },
      .texts("events", "What will be recorded.") { reading in
        reading.act.proposal.facts.map { reading.telling.sentenceWithSubject($0.event) }
      },
      .list("toSign", toSign) { $0.act.proposal.toSign },
      .list("people", acting, "Who gives a password, and a code where a second factor is set.") { $0.act.asked },
    ])

  private static let field = Shape<CommandForm.Field>.object(
    "CommandField", "A field of a command.",
    [
      .text("field") { $0.key }, .text("help") { $0.help }, .truth("optional") { $0.isOptional },
      .truth("list") { $0.kind.isList }, .truth("file") { $0.isFile },
      .textOrNull("values", "Those that it can have, with commas between.") { $0.kind.values?.joined(separator: ",") },
      .textOrNull("names", "What of the trial it names, such as bag or visit.") { $0.kind.reference?.rawValue },
    ])

  private static let command = Shape<CommandForm>.object(
    "Command", "Something that can be recorded.",
    [
      .text("command") { $0.name }, .text("path", "Where it is sent.") { CommandRoutes.path($0) },
      .text("abstract") { $0.type.abstract }, .truth("passesGate") { $0.type.passesGate },
      .list("fields", field) { $0.fields },
    ])

  /// What a role can record.
  static let commands = Shape<[CommandForm]>.object(
    "Commands", "What the reader's role can record; whether it can be done now the command decides.",
    [.list("commands", command) { $0 }])
}

extension RecordedReading {
  fileprivate func told(_ envelopes: [Envelope]) -> [(recorded: Recorded<TrialEvent>, telling: EventTelling)] {
    // What was written a moment ago by this program reads.
    envelopes.compactMap { try? Recorded<TrialEvent>($0) }.map { (recorded: $0, telling: telling) }
  }
}
