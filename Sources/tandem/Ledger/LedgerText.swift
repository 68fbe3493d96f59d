import ClinicalValues
import Conduct
import Ledger
import LedgerSQLite
import Trial

/// A signature of an event that does not cover what stands there.
struct SignatureFault: Error, CustomStringConvertible {
  let position: Position
  let name: String

  var description: String {
    "signature-void: what \(name) signed is not what stands in event \(position). Trust nothing of it; it must be "
      + "signed anew."
  }
}

/// What a verification says.
enum LedgerText {
  /// How many signatures there are, each checked against its event.
  ///
  /// - Throws: `SignatureFault` with the first that is void; `StoreFailure`.
  static func checkedSignatures(in store: some EventStore) async throws -> Int {
    var count = 0
    var last = 0
    while case let page = try await store.events(after: last, limit: 2000), let end = page.last?.position {
      for envelope in page { count += try checkedSignatures(of: envelope) }
      last = end
    }
    return count
  }

  /// How many signatures an event has, each checked against it.
  ///
  /// - Throws: `SignatureFault` with the first that is void.
  static func checkedSignatures(of envelope: Envelope) throws -> Int {
    let signatures = try Signing.verify(envelope)
    for checked in signatures where !checked.isValid {
      throw SignatureFault(position: envelope.position, name: checked.signature.name)
    }
    return signatures.count
  }

  /// - Parameter identities: whether those that lie sealed beside the ledger were opened; nil of an export, which has none.
  static func text(_ report: LedgerReport, signatures: Int, identities: Bool?, witnesses: Int) -> String {
    var page = Page()
    page.line("The ledger verifies.")
    page.entry("  events", "\(report.head.position) in \(report.streams) streams", labelWidth: 13)
    page.entry("  attachments", "\(report.attachments)", labelWidth: 13)
    page.entry("  checkpoints", "\(report.checkpoints), all agree", labelWidth: 13)
    page.entry("  signatures", "\(signatures), all cover their events", labelWidth: 13)
    if let identities {
      page.entry(
        "  identities", identities ? "all open, or were erased" : "not checked: the master key is not here",
        labelWidth: 13)
    }
    page.entry("  root", report.head.root.description, labelWidth: 13)
    for regression in report.regressions {
      let signed = regression.isSaidByTwo ? " Two people say so there, signed." : ""
      page.entry("  clock", regression.description + signed, labelWidth: 13)
    }
    page.entry(
      "  witnesses",
      witnesses == 0
        ? "none was compared: that nothing was cut off at the end is shown by a witness's code alone (--witness)"
        : "\(witnesses) compared, all agree", labelWidth: 13)
    return page.text
  }

  static func json(
    _ report: LedgerReport, signatures: Int?, identities: Bool? = nil, witnesses: Int = 0
  ) -> JSON {
    .object([
      ("verified", .boolean(true)), ("events", .integer(report.head.position)), ("streams", .integer(report.streams)),
      ("attachments", .integer(report.attachments)), ("checkpoints", .integer(report.checkpoints)),
      ("signatures", signatures.map { .integer($0) } ?? .null), ("root", .string(report.head.root.description)),
      ("witnesses", .integer(witnesses)), ("identities", identities == true ? .boolean(true) : .null),
      (
        "clock",
        .array(
          report.regressions.map { regression in
            .object([
              ("position", .integer(regression.position)), ("type", .string(regression.type)),
              ("recorded", .string(regression.recorded.description)),
              ("before", .string(regression.before.description)),
            ])
          })
      ),
    ])
  }

  static func json(_ fault: LedgerFault) -> JSON {
    .object([
      ("verified", .boolean(false)), ("code", .string("ledger-tampered")), ("change", .string(fault.change.rawValue)),
      ("position", fault.position.map { .integer($0) } ?? .null), ("stream", JSON(fault.stream?.description)),
      ("version", fault.version.map { .integer($0) } ?? .null), ("message", .string(fault.description)),
    ])
  }

  /// A store that could not be verified: what fails is told as a fault is, with its code.
  static func json(_ failure: StoreFailure) -> JSON {
    .object([
      ("verified", .boolean(false)), ("code", .string(failure.reason.rawValue)), ("change", .null),
      ("position", failure.place.map { .integer($0.position) } ?? .null),
      ("stream", JSON(failure.place?.stream?.description)),
      ("version", failure.place?.version.map { .integer($0) } ?? .null), ("message", .string(failure.description)),
    ])
  }

  static func json(_ fault: SignatureFault) -> JSON {
    .object([
      ("verified", .boolean(false)), ("code", .string("signature-void")), ("change", .string("altered")),
      ("position", .integer(fault.position)),
      ("message", .string(fault.description)),
    ])
  }

  static func json(_ fault: IdentityFault) -> JSON {
    .object([
      ("verified", .boolean(false)), ("code", .string("identity-damaged")), ("problems", .strings(fault.problems)),
      ("message", .string(fault.description)),
    ])
  }
}
