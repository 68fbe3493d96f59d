extension Record {
  /// What a file must say about whose record it is.
  public enum PatientRule: Sendable {
    /// Exactly one Patient; all resources are about them.
    case one
    /// One Patient as above, or none (definitions, test data).
    case oneOrNone
  }

  /// Reads a record from the bytes of a file: a Bundle, a resource, or NDJSON (known by the name's ending `.ndjson`, or
  /// by a second JSON text on a line after the first).
  ///
  /// - Throws: all that is wrong with it, if anything makes it unusable.
  public static func read(
    _ bytes: [UInt8], file: String, patient rule: PatientRule = .one
  ) throws(RecordError) -> Record {
    if isNDJSON(file) { return try read(NDJSONReader(bytes, file: file), rule) }
    let document: JSONDocument
    do throws(JSONFault) {
      document = try JSONDocument(bytes, file: file)
    } catch {
      let before = bytes[..<error.place.byte].last { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
      if error.id == "json-trailing", bytes[error.place.byte] == UInt8(ascii: "{"), before == 0x0A {
        return try read(NDJSONReader(bytes, file: file), rule)
      }
      throw RecordError([Problem(error)])
    }
    var builder = RecordBuilder(file: file)
    builder.add(document)
    return try builder.record(rule)
  }

  /// Reads a record from a file. A single JSON text is read whole, at most `JSONDocument.maximumBytes`; NDJSON by lines,
  /// in all as many bytes for one patient. A larger file is refused before it is read.
  ///
  /// - Throws: all that is wrong with it, if anything makes it unusable.
  public static func read(path: String, patient rule: PatientRule = .one) throws(RecordError) -> Record {
    if isNDJSON(path) { return try read(NDJSONReader(path: path), rule) }
    return try read(try FileReader(path: path).all(), file: path, patient: rule)
  }

  private static func isNDJSON(_ file: String) -> Bool { file.lowercased().hasSuffix(".ndjson") }

  /// After so many broken lines a file is not read on.
  private static let mostBrokenLines = 20

  private static func read(_ lines: consuming NDJSONReader, _ rule: PatientRule) throws(RecordError) -> Record {
    guard lines.size <= JSONDocument.maximumBytes else { throw tooLarge(lines.file) }
    var builder = RecordBuilder(file: lines.file)
    var broken = 0
    while broken < mostBrokenLines, let line = try lines.next() {
      switch line {
      case .success(let document): builder.add(document)
      case .failure(let fault):
        builder.problems.append(Problem(fault))
        broken += 1
      }
      // The file may grow while it is read.
      guard lines.position.byte <= JSONDocument.maximumBytes else { throw tooLarge(lines.file) }
    }
    return try builder.record(rule)
  }

  private static func tooLarge(_ file: String) -> RecordError {
    RecordError([
      Problem(
        .error, "file-too-large", element: file,
        "These lines hold more than 256 MB, the limit for one patient's record.", remedy: "Split the file by patient.")
    ])
  }
}
