/// A problem whose place has not been counted out yet.
struct Finding {
  let severity: Problem.Severity
  let id: String
  /// The value that it is about.
  let json: JSON?
  var element: String?
  var resource: String?
  let message: String
  /// What reading on makes of it; the message then has no period.
  var effect = ""
  var remedy = ""
  /// How many times the same was found; it is told once, at its first place.
  var count = 1

  init(
    _ severity: Problem.Severity, _ id: String, at json: JSON?, element: String? = nil, resource: String? = nil,
    _ message: String, effect: String = "", remedy: String = ""
  ) {
    self.severity = severity
    self.id = id
    self.json = json
    self.element = element
    self.resource = resource
    self.message = message
    self.effect = effect
    self.remedy = remedy
  }

  /// Findings as problems in the order of the source; each text is walked through once, however many there are.
  static func problems(_ findings: [Finding]) -> [Problem] {
    let ordered = findings.enumerated().sorted { a, b in
      (a.element.byte, a.offset) < (b.element.byte, b.offset)
    }
    var walk: PlaceWalk?
    return ordered.map { _, finding in
      var place: Place?
      if let json = finding.json {
        if walk?.document !== json.document { walk = PlaceWalk(json.document) }
        place = walk?.place(of: json.startOffset)
      }
      let times = finding.count > 1 ? " (\(finding.count) times in this file)" : ""
      return Problem(
        finding.severity, finding.id, at: place, element: finding.element, resource: finding.resource,
        finding.message + times, effect: finding.effect, remedy: finding.remedy)
    }
  }

  private var byte: Int { json.map { $0.document.start.byte + $0.startOffset } ?? -1 }
}

/// Counts out places of a document in ascending order.
private struct PlaceWalk {
  let document: JSONDocument
  private var at = 0
  private var line: Int
  private var column = 1

  init(_ document: JSONDocument) {
    self.document = document
    line = document.start.line + 1
  }

  mutating func place(of offset: Int) -> Place {
    let bytes = document.bytes
    while at < offset {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
      at += 1
    }
    return Place(file: document.file, line: line, column: column, byte: document.start.byte + offset)
  }
}
