/// Fields of a query or of a form, in order; a name may come several times.
///
/// Source: WHATWG URL Standard, section 5 "application/x-www-form-urlencoded".
struct Fields: Sendable, Hashable {
  /// The pairs as they came.
  private(set) var pairs: [(name: String, value: String)]

  init(_ pairs: [(name: String, value: String)] = []) { self.pairs = pairs }

  /// How many a query or a form has at most: more than any of this site, and too few to keep the program busy.
  static let most = 5000

  /// Reads `name=value&name=value`; nil where it is not UTF-8 after decoding, or has more than `most`. Lines end by LF.
  /// Cost: linear.
  init?(encoded text: String) {
    guard text.utf8.count(where: { $0 == UInt8(ascii: "&") }) < Fields.most else { return nil }
    pairs = []
    for part in text.utf8.split(separator: UInt8(ascii: "&")) {
      let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = halves.first.flatMap({ Fields.decoded($0) }),
        let value = halves.count > 1 ? Fields.decoded(halves[1]) : ""
      else { return nil }
      pairs.append((name, value))
    }
  }

  /// The last value of a name; what is blank counts as given.
  subscript(_ name: String) -> String? { pairs.last { $0.name == name }?.value }

  /// The last value of a name that is not blank, without blanks around it.
  func text(_ name: String) -> String? {
    guard let value = self[name] else { return nil }
    let trimmed = value.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
    return trimmed.isEmpty ? nil : String(trimmed)
  }

  /// Every value of a name.
  func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

  /// The same, where every name and every value is a text.
  ///
  /// - Throws: `NoText` with the names of those that are none.
  func asTexts() throws(NoText) -> Fields {
    let others = pairs.filter { ($0.name + $0.value).unicodeScalars.contains("\0") }
    guard others.isEmpty else { throw NoText(fields: others.map { $0.name.filter { $0 != "\0" } }) }
    return self
  }

  /// The same without some names.
  func without(_ names: Set<String>) -> Fields { Fields(pairs.filter { !names.contains($0.name) }) }

  /// As it goes into a query.
  var encoded: String { pairs.map { "\(Fields.encoded($0.name))=\(Fields.encoded($0.value))" }.joined(separator: "&") }

  /// A text for a path segment or a query value: everything but unreserved characters as `%XX` (RFC 3986, 2.3).
  static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    var encoded = ""
    for byte in text.utf8 {
      let isUnreserved =
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
      if isUnreserved {
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        encoded += "%"
        encoded.append(digits[Int(byte >> 4)])
        encoded.append(digits[Int(byte & 15)])
      }
    }
    return encoded
  }

  /// A segment of a path, decoded; as it stands where it cannot be. In a path `+` is itself.
  static func decodedSegment(_ text: String) -> String {
    decoded(text.utf8.flatMap { $0 == UInt8(ascii: "+") ? Array("%2B".utf8) : [$0] }) ?? text
  }

  private static func decoded(_ bytes: some Collection<UInt8>) -> String? {
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var rest = bytes.makeIterator()
    while let byte = rest.next() {
      switch byte {
      case UInt8(ascii: "+"): plain.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.next().flatMap(value), let low = rest.next().flatMap(value) else { return nil }
        let byte = high << 4 | low
        // A browser ends the lines of a form by CRLF (WHATWG HTML, 4.10.22.4), a script as the page has them.
        if byte == UInt8(ascii: "\n"), plain.last == UInt8(ascii: "\r") { plain.removeLast() }
        plain.append(byte)
      default: plain.append(byte)
      }
    }
    return String(validating: plain, as: UTF8.self)
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 48...57: digit - 48
    case 65...70: digit - 55
    case 97...102: digit - 87
    default: nil
    }
  }

  static func == (a: Fields, b: Fields) -> Bool {
    a.pairs.elementsEqual(b.pairs) { $0.name == $1.name && $0.value == $1.value }
  }

  func hash(into hasher: inout Hasher) {
    for pair in pairs {
      hasher.combine(pair.name)
      hasher.combine(pair.value)
    }
  }
}
