/// Reads a transport file from its first byte to its last.
///
/// The order of the headers is fixed; where one is not there nothing after it can be trusted, and reading ends. Faults of
/// variables and values are gathered.
struct TransportReader {
  static let recordLength = 80
  static let namestrLength = 140
  private static let blank = UInt8(ascii: " ")

  private let bytes: [UInt8]
  private var place = 0
  private var faults: [TransportFault] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The datasets of the file.
  mutating func datasets() throws(InvalidTransportFile) -> [TransportDataset] {
    try checkBeginning()
    try header("LIBRARY ", of: "library")
    _ = try record("library, first record", beginningWith: "SAS     SAS     SASLIB  ")
    _ = try record("library, second record")
    var datasets: [TransportDataset] = []
    repeat { datasets.append(try dataset(number: datasets.count + 1)) } while place < bytes.count
    guard faults.isEmpty else { throw InvalidTransportFile(faults: faults) }
    return datasets
  }

  private func checkBeginning() throws(InvalidTransportFile) {
    guard !bytes.isEmpty else { throw fatal(0, "library header", "The file is empty.") }
    if text(in: 0..<min(48, bytes.count)).contains("LIBV8") {
      throw fatal(
        0, "library header",
        "This is version 8 of the format. Write version 5 (SAS: libname ... xport; %LOC2XPT with v5).")
    }
    guard bytes.count % Self.recordLength == 0 else {
      throw fatal(
        bytes.count, "end of file",
        "The file has \(bytes.count) bytes, and not a multiple of 80: it was cut off or changed on its way. Transfer it as binary."
      )
    }
  }

  // MARK: headers

  /// Passes over a header record, which must be there; the record.
  @discardableResult
  private mutating func header(_ kind: String, of what: String) throws(InvalidTransportFile) -> Range<Int> {
    try record("\(what) header", beginningWith: "HEADER RECORD*******\(kind)HEADER RECORD!!!!!!!")
  }

  /// Passes over a record, which must begin so; the record.
  private mutating func record(
    _ field: String, beginningWith opening: String = ""
  ) throws(InvalidTransportFile) -> Range<Int> {
    let range = place..<place + Self.recordLength
    guard range.upperBound <= bytes.count else {
      throw fatal(place, field, "The file ends where this record should stand. It was cut off: transfer it again.")
    }
    guard bytes[range].starts(with: opening.utf8) else {
      throw fatal(
        place, field,
        "Expected ‘\(opening.trimmingBlanks)’, found ‘\(text(in: range).trimmingBlanks)’. "
          + "This is no SAS transport file of version 5, or it was changed."
      )
    }
    place = range.upperBound
    return range
  }

  /// The number that stands in a header in digits.
  private func number(in range: Range<Int>, _ field: String) throws(InvalidTransportFile) -> Int {
    let digits = text(in: range)
    guard let number = Int(digits), number >= 0 else {
      throw fatal(range.lowerBound, field, "Expected digits, found ‘\(digits)’. The header was changed.")
    }
    return number
  }

  // MARK: datasets

  private mutating func dataset(number: Int) throws(InvalidTransportFile) -> TransportDataset {
    let what = "dataset \(number)"
    let member = try header("MEMBER  ", of: "\(what), member")
    let length = try self.number(
      in: member.lowerBound + 74..<member.lowerBound + 78, "\(what), length of a variable’s description")
    guard length == Self.namestrLength else {
      throw fatal(
        member.lowerBound + 74, "\(what), length of a variable’s description",
        "It is \(length), and must be 140. Files of VAX (136) are not read: write the file anew on another system.")
    }
    try header("DSCRPTR ", of: "\(what), descriptor")
    let first = try record("\(what), first record", beginningWith: "SAS     ")
    let second = try record("\(what), second record")
    let name = name(in: first.lowerBound + 8..<first.lowerBound + 16, "\(what), name")
    let label = checkedText(in: second.lowerBound + 32..<second.lowerBound + 72, "\(name), label")
    let created = checkedText(in: first.lowerBound + 64..<first.lowerBound + 80, "\(name), time of its making")
    let variables = try variables(of: name)
    try header("OBS     ", of: "\(name), observation")
    let end = endOfRows
    let rows = faults.isEmpty ? try rows(of: name, variables, until: end) : []
    place = end
    return TransportDataset(name: name, label: label, created: created, variables: variables, rows: rows)
  }

  private mutating func variables(of dataset: String) throws(InvalidTransportFile) -> [TransportVariable] {
    let header = try header("NAMESTR ", of: "\(dataset), variables")
    let field = "\(dataset), number of variables"
    let count = try number(in: header.lowerBound + 54..<header.lowerBound + 58, field)
    let end = place + (count * Self.namestrLength).roundedUp(to: Self.recordLength)
    guard count > 0 else {
      throw fatal(header.lowerBound + 54, field, "It is 0: a dataset without variables holds nothing.")
    }
    guard end <= bytes.count else {
      throw fatal(
        header.lowerBound + 54, field,
        "It is \(count), and the file ends before the last of them is described. It was cut off: transfer it again.")
    }
    var variables: [TransportVariable] = []
    var position = 0
    for number in 1...count {
      let variable = variable(at: place, "\(dataset), variable \(number)", position: position)
      if variables.contains(where: { $0.name == variable.name }) {
        fault(place + 8, "\(dataset), variable \(number), name", "‘\(variable.name)’ is there already.")
      }
      position += variable.length
      variables.append(variable)
      place += Self.namestrLength
    }
    place = end
    return variables
  }

  /// One variable's description (NAMESTR), which begins at a byte.
  private mutating func variable(at start: Int, _ what: String, position: Int) -> TransportVariable {
    let type = short(at: start)
    let name = name(in: start + 8..<start + 16, "\(what), name")
    let kind: TransportVariable.Kind = type == 1 ? .number : .text
    if type != 1 && type != 2 {
      fault(start, "\(what) (\(name)), type", "It is \(type), and is 1 (number) or 2 (text). The file was changed.")
    }
    var length = short(at: start + 4)
    let allowed = kind == .number ? 2...8 : 1...32_767
    if !allowed.contains(length) {
      fault(
        start + 4, "\(what) (\(name)), length",
        "It is \(length), and is \(allowed.lowerBound) to \(allowed.upperBound). The file was changed.")
      length = allowed.lowerBound
    }
    let found = long(at: start + 84)
    if found != position {
      fault(
        start + 84, "\(what) (\(name)), position",
        "It is \(found), and the variables before it end at \(position). The file was changed.")
    }
    let format = TransportVariable.Format(
      name: checkedText(in: start + 56..<start + 64, "\(what) (\(name)), format"), width: short(at: start + 64),
      decimals: short(at: start + 66))
    return TransportVariable(
      name: name, label: checkedText(in: start + 16..<start + 56, "\(what) (\(name)), label"), kind: kind,
      length: length,
      format: format)
  }

  // MARK: rows

  /// The byte behind the rows that begin here: that of the next dataset, or the end of the file.
  private var endOfRows: Int {
    let opening = Array("HEADER RECORD*******MEMBER  HEADER RECORD!!!!!!!".utf8)
    var record = place
    while record < bytes.count {
      if bytes[record] == opening[0], bytes[record..<record + Self.recordLength].starts(with: opening) { return record }
      record += Self.recordLength
    }
    return bytes.count
  }

  private mutating func rows(
    of dataset: String, _ variables: [TransportVariable], until end: Int
  ) throws(InvalidTransportFile) -> [[TransportValue]] {
    let length = variables.reduce(0) { $0 + $1.length }
    var count = (end - place) / length
    let rest = place + count * length
    if end - rest >= Self.recordLength || !isBlank(rest..<end) {
      throw fatal(
        rest, "\(dataset), row \(count + 1)",
        "It ends after \(end - rest) of its \(length) bytes. The file was cut off or changed: transfer it again.")
    }
    // What fills the last record up is shorter than a record, and may look like rows of blanks.
    while count > 0, end - (place + (count - 1) * length) < Self.recordLength,
      isBlank(place + (count - 1) * length..<place + count * length)
    {
      count -= 1
    }
    var rows: [[TransportValue]] = []
    rows.reserveCapacity(count)
    for number in 0..<count {
      var at = place + number * length
      var row: [TransportValue] = []
      row.reserveCapacity(variables.count)
      for variable in variables {
        row.append(value(at: at, of: variable) { "\(dataset), row \(number + 1), \(variable.name)" })
        at += variable.length
      }
      guard faults.count < InvalidTransportFile.mostFaults else { throw InvalidTransportFile(faults: faults) }
      rows.append(row)
    }
    return rows
  }

  private mutating func value(
    at start: Int, of variable: TransportVariable, _ field: () -> String
  ) -> TransportValue {
    guard variable.kind == .number else {
      var end = start + variable.length
      while end > start, bytes[end - 1] == Self.blank { end -= 1 }
      guard let text = String(validating: bytes[start..<end], as: UTF8.self) else {
        fault(start, field(), "The text is neither ASCII nor UTF-8. Write the file in one of them.")
        return .text("")
      }
      return .text(text)
    }
    var bits: UInt64 = 0
    for index in 0..<8 { bits = bits << 8 | (index < variable.length ? UInt64(bytes[start + index]) : 0) }
    guard bits != 0, bits << 8 == 0 else { return .number(TransportNumber(bits: bits)) }
    if let kind = MissingKind(bytes[start]) { return .missing(kind) }
    // Zero has no sign that counts.
    if bytes[start] == 0x80 { return .number(TransportNumber(bits: 0)) }
    fault(
      start, field(),
      "The number has no fraction and is no missing value (first byte \(bytes[start])). The file was changed.")
    return .missing(.plain)
  }

  // MARK: fields

  private func isBlank(_ range: Range<Int>) -> Bool { bytes[range].allSatisfy { $0 == Self.blank } }

  private func short(at place: Int) -> Int {
    Int(Int16(bitPattern: UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1])))
  }

  private func long(at place: Int) -> Int {
    Int(Int32(bitPattern: bytes[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }))
  }

  /// A text as it stands, for headers and messages.
  private func text(in range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// A text without the blanks and zeros that fill it up.
  private mutating func checkedText(in range: Range<Int>, _ field: String) -> String {
    var slice = bytes[range]
    while let last = slice.last, last == Self.blank || last == 0 { slice.removeLast() }
    if let text = String(validating: slice, as: UTF8.self) { return text }
    fault(range.lowerBound, field, "The text is neither ASCII nor UTF-8. Write the file in one of them.")
    return ""
  }

  /// The name of a dataset or variable: a letter or `_`, then letters, digits and `_`.
  private mutating func name(in range: Range<Int>, _ field: String) -> String {
    let name = checkedText(in: range, field)
    let isName = name.utf8.enumerated().allSatisfy { index, byte in
      (65...90).contains(byte) || (97...122).contains(byte) || byte == 95 || (index > 0 && (48...57).contains(byte))
    }
    if name.isEmpty || !isName {
      fault(
        range.lowerBound, field,
        "‘\(name)’ is no name: a letter or ‘_’, then letters, digits and ‘_’, at most 8. The file was changed.")
    }
    return name
  }

  // MARK: faults

  private mutating func fault(_ offset: Int, _ field: String, _ message: String) {
    if faults.count < InvalidTransportFile.mostFaults { faults.append(TransportFault(offset, field, message)) }
  }

  /// All that is wrong, where what is found last ends the reading.
  private func fatal(_ offset: Int, _ field: String, _ message: String) -> InvalidTransportFile {
    InvalidTransportFile(faults: faults + [TransportFault(offset, field, message)])
  }
}

extension Int {
  /// The least multiple of a step that is no less.
  fileprivate func roundedUp(to step: Int) -> Int { (self + step - 1) / step * step }
}

extension String {
  /// Without blanks at its end.
  fileprivate var trimmingBlanks: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
