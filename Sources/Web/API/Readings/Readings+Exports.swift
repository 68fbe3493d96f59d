import Ledger

extension Readings {
  /// A file that was taken out.
  static let madeFile = Shape<MadeFile>.object(
    "MadeFile", "A file that was taken out of the study.",
    [
      .text("name") { $0.name }, .text("type", "Its media type.") { $0.type },
      .number("events", "The events that it was made of, from the first on.") { $0.events },
      .text("digest", "SHA-256 of its bytes, as the record of the export has it.") { $0.digest.description },
      .text("text", "Its content; its bytes are this in UTF-8.") { String(decoding: $0.bytes, as: UTF8.self) },
    ])
}
