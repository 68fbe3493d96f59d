/// Why a text is not JSON that we read: what was found and where, what was expected, what to do.
public struct JSONFault: Error, Sendable, Equatable, CustomStringConvertible {
  /// Stable name of the kind of fault, such as `json-truncated`.
  public let id: String
  /// Where it was found.
  public let place: Place
  /// What was found and what was expected, in a sentence.
  public let message: String
  /// What to do, in a sentence.
  public let remedy: String

  init(_ stop: JSONScanner.Stop, place: Place) {
    self.place = place
    (id, message, remedy) = stop.reason.text(line: place.line)
  }

  /// `file:line:column (byte n): message remedy [id]`
  public var description: String { "\(place) (byte \(place.byte)): \(message) \(remedy) [\(id)]" }
}

extension JSONScanner {
  /// Where and why the scanner stopped.
  struct Stop: Error {
    let reason: Reason
    let at: Int
  }

  enum Reason: Equatable {
    case empty, blank, xml, compressed, utf16
    case truncated(inside: String)
    case tooDeep, tooLarge
    case notUTF8(UInt8)
    case controlCharacter(UInt8)
    case escape, loneSurrogate
    case number(String)
    case duplicateKey(String)
    case unexpected(found: String, expected: String)
    case trailing(found: String)

    /// Stable id, what is wrong, what to do.
    func text(line: Int) -> (id: String, message: String, remedy: String) {
      let broken = "Correct the text there, or export the file again."
      return switch self {
      case .empty: ("file-empty", "The file is empty.", "Export the record again.")
      case .blank: ("file-empty", "The file holds nothing but blanks.", "Export the record again.")
      case .xml:
        ("not-json", "This looks like XML; FHIR is read as JSON here.", "Export the record as FHIR JSON.")
      case .compressed:
        ("not-json", "This looks like a compressed file; JSON is text.", "Unpack it first.")
      case .utf16:
        ("not-utf8", "This is UTF-16 text; JSON is exchanged as UTF-8.", "Save the file as UTF-8.")
      case .truncated(let inside):
        (
          "json-truncated", "The text ends inside \(inside): the file is cut off.",
          "Export or copy the file again, whole."
        )
      case .tooDeep:
        (
          "json-too-deep",
          "More than \(JSONDocument.maximumDepth) levels of arrays and objects inside each other; no record needs that.",
          "Check where the file comes from."
        )
      case .tooLarge:
        (
          "file-too-large", "The file is larger than 256 MB, the limit for one JSON text.",
          "Export one file a patient, or NDJSON, which is read line by line."
        )
      case .notUTF8(let byte):
        (
          "not-utf8", "Byte 0x\(hexadecimal(byte)) is not valid UTF-8 here.", "Save the file as UTF-8 and try again."
        )
      case .controlCharacter(let byte):
        (
          "json-broken",
          "A string holds the control character 0x\(hexadecimal(byte)), which must be written as \\u00\(hexadecimal(byte)).",
          broken
        )
      case .escape: ("json-broken", "This is no escape sequence of JSON.", broken)
      case .loneSurrogate:
        ("json-broken", "This escape is half of a surrogate pair, so it stands for no character.", broken)
      case .number(let expected): ("json-broken", "This is not a number of JSON: \(expected).", broken)
      case .duplicateKey(let key):
        (
          "json-duplicate-key",
          "The member “\(key)” is here for the second time in one object; which one counts is not defined.",
          "Remove the wrong one."
        )
      case .unexpected(let found, let expected):
        ("json-broken", "Found \(found) where \(expected) was expected.", broken)
      case .trailing(let found):
        ("json-trailing", "Found \(found) after the end of the JSON text.", broken)
      }
    }
  }
}

/// Two digits, upper case.
func hexadecimal(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return digits.utf8.count == 1 ? "0" + digits : digits
}
