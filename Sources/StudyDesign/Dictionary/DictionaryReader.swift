import CQL
import ClinicalValues

/// Reads `concepts.csv`, one concept a line; reports every problem and keeps what could be read.
struct DictionaryReader {
  static let columns = [
    "concept", "display", "kind", "resource", "system", "code", "additional_codes", "value_type", "unit",
    "allowed_units", "conversions", "value_codes", "sets", "prednisone_equivalent", "item_of", "weight", "range",
    "component_or_note", "used_by",
  ]
  private static let required = ["concept", "display", "kind", "resource", "value_type"]

  private let file: String
  private(set) var problems: [Problem] = []
  private(set) var concepts: [DataConcept] = []

  init(_ text: String, file: String) {
    self.file = file
    do throws(Problem) {
      let table = try CSVTable(text, file: file)
      guard let positions = positions(table.header) else { return }
      for row in table.rows {
        guard row.count <= table.header.count else {
          reportSurplus(row[table.header.count], columns: table.header.count)
          continue
        }
        if let concept = concept(Row(cells: row, positions: positions)) { concepts.append(concept) }
      }
    } catch {
      problems.append(error)
    }
  }

  /// Where each column stands; nil if one that a concept cannot do without is missing.
  private mutating func positions(_ header: [Located<String>]) -> [String: Int]? {
    var positions: [String: Int] = [:]
    let before = problems.count
    if header.count == 1, let cell = header.first, cell.value.contains(where: { $0 == ";" || $0 == "\t" }) {
      problems.append(
        Problem(
          "csv-separator", at: cell.location,
          "The cells are separated by \(cell.value.contains(";") ? "semicolons" : "tabs"), expected commas.",
          remedy: "Save the table as CSV with commas, in UTF-8."))
      return nil
    }
    for (index, cell) in header.enumerated() {
      guard DictionaryReader.columns.contains(cell.value) else {
        problems.append(
          Problem(
            "unknown-column", at: cell.location, "The dictionary has no column ‘\(cell.value)’.",
            remedy: suggestion(
              for: cell.value, among: DictionaryReader.columns, otherwise: "docs/writing-a-study.md lists the columns.")
          ))
        continue
      }
      if positions.updateValue(index, forKey: cell.value) != nil {
        report(
          "duplicate", cell, "The first line names the column ‘\(cell.value)’ twice.",
          "Rename or remove one of the two.")
      }
    }
    guard problems.count == before else { return nil }
    let missing = DictionaryReader.required.filter { positions[$0] == nil }
    guard missing.isEmpty else {
      problems.append(
        Problem(
          "missing-column", at: SourceLocation(file: file, line: 1, column: 1),
          "The first line of the dictionary does not name the column ‘\(missing.joined(separator: "’, ‘"))’.",
          remedy: "Name the columns in the first line, as docs/writing-a-study.md lists them."))
      return nil
    }
    return positions
  }

  /// A comma too many shifts every cell after it, so that nothing of the line is read: it would be reported cell by cell.
  private mutating func reportSurplus(_ cell: Located<String>, columns: Int) {
    report(
      "surplus-cell", cell, "This line has more cells than the first line names columns (\(columns)).",
      "Put a cell that holds a comma in quotes, or remove the comma too many.")
  }

  private mutating func concept(_ row: Row) -> DataConcept? {
    let id = row["concept"]
    guard !id.value.isEmpty else {
      report("missing-cell", id, "This line has no concept id.", "Give it one, in the first column.")
      return nil
    }
    guard let type = valueType(row["value_type"]) else { return nil }
    let unit = row["unit"].value
    if type == .quantity, unit.isEmpty {
      report("missing-cell", row["unit"], "The quantity ‘\(id.value)’ has no unit.", "Give its UCUM code, or 1.")
    }
    return DataConcept(
      id: id.value, display: row["display"].value, kind: row["kind"].value, resource: row["resource"].value,
      codes: codes(row),
      element: row["code"].value.suffix(after: row["resource"].value + "."),
      valueType: type, unit: unit.isEmpty ? nil : unit, conversions: conversions(row),
      valueCodes: row.items("value_codes").map(\.value),
      sets: row["sets"].value.split(separator: " ").map(String.init),
      prednisoneEquivalent: fraction(row["prednisone_equivalent"]),
      instrument: row["item_of"].value.isEmpty ? nil : row["item_of"].value, weight: weight(row["weight"]),
      range: range(row["range"]), note: row["component_or_note"].value,
      usedBy: row.items("used_by").map(\.value), places: row.places)
  }

  // MARK: cells

  private mutating func valueType(_ cell: Located<String>) -> DataConcept.ValueType? {
    if let type = DataConcept.ValueType(rawValue: cell.value) { return type }
    let all = DataConcept.ValueType.allCases.map(\.rawValue)
    report(
      "unknown-word", cell, "‘\(cell.value)’ is no value type.", suggestion(for: cell.value, among: all, otherwise: ""))
    return nil
  }

  private mutating func codes(_ row: Row) -> [ConceptCode] {
    let system = row["system"]
    var codes: [ConceptCode] = []
    if !system.value.isEmpty, !row["code"].value.isEmpty {
      codes.append(ConceptCode(system: system.value, listed: row["code"].value))
    }
    for item in row.items("additional_codes") {
      let parts = item.value.split(separator: "|", maxSplits: 1)
      guard parts.count == 2 else {
        report(
          "malformed-code", item, "‘\(item.value)’ is no code of a system.",
          "Write system|code, several separated by semicolons.")
        continue
      }
      codes.append(ConceptCode(system: String(parts[0]), listed: String(parts[1])))
    }
    return codes
  }

  private mutating func conversions(_ row: Row) -> [UnitConversion] {
    let allowed = row.items("allowed_units")
    var conversions: [UnitConversion] = []
    var malformed: Set<String> = []
    for item in row.items("conversions") {
      let parts = item.value.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let steps = UnitConversion.steps(String(parts[1])) else {
        report(
          "malformed-conversion", item, "‘\(item.value)’ is no conversion.",
          "Write unit=steps, such as mg/dL=*17.1 or [degF]=-32*5/9.")
        malformed.insert(String(parts.first ?? ""))
        continue
      }
      conversions.append(UnitConversion(unit: String(parts[0]), steps: steps, location: item.location))
    }
    for unit in allowed where !conversions.contains(where: { $0.unit == unit.value }) && !malformed.contains(unit.value)
    {
      report(
        "missing-conversion", unit, "The unit ‘\(unit.value)’ of ‘\(row["concept"].value)’ has no conversion.",
        "Add ‘\(unit.value)=*FACTOR’ to the column conversions.")
    }
    for conversion in conversions where !allowed.contains(where: { $0.value == conversion.unit }) {
      problems.append(
        Problem(
          "unlisted-unit", at: conversion.location,
          "The unit ‘\(conversion.unit)’ is converted but not allowed for ‘\(row["concept"].value)’.",
          remedy: "Add it to the column allowed_units, or remove the conversion."))
    }
    return conversions
  }

  private mutating func fraction(_ cell: Located<String>) -> Fraction? {
    guard !cell.value.isEmpty else { return nil }
    let parts = cell.value.split(separator: "/").map(String.init)
    guard (1...2).contains(parts.count), let above = Decimal(exactly: parts[0]),
      let below = Decimal(exactly: parts.count == 2 ? parts[1] : "1"),
      let fraction = Fraction(above, over: below)
    else {
      report("malformed-number", cell, "‘\(cell.value)’ is no factor.", "Write a number or a fraction, such as 5/6.")
      return nil
    }
    return fraction
  }

  private mutating func weight(_ cell: Located<String>) -> Int? {
    guard !cell.value.isEmpty else { return nil }
    guard let weight = Int(cell.value) else {
      report("malformed-number", cell, "‘\(cell.value)’ is no weight.", "Write a whole number.")
      return nil
    }
    return weight
  }

  private mutating func range(_ cell: Located<String>) -> ClosedRange<Int>? {
    guard !cell.value.isEmpty else { return nil }
    let parts = cell.value.split(separator: "-").map { Int($0) }
    guard parts.count == 2, let low = parts[0], let high = parts[1], low <= high else {
      report("malformed-number", cell, "‘\(cell.value)’ is no range.", "Write lowest-highest, such as 0-3.")
      return nil
    }
    return low...high
  }

  private mutating func report(_ id: String, _ cell: Located<String>, _ message: String, _ remedy: String) {
    problems.append(Problem(id, at: cell.location, message, remedy: remedy))
  }
}

/// A line of the dictionary by the names of its columns.
private struct Row {
  let cells: [Located<String>]
  let positions: [String: Int]

  /// The cell of a column, blanks around it removed; empty where the line is too short or the column missing.
  subscript(_ column: String) -> Located<String> {
    guard let position = positions[column], position < cells.count else {
      return Located("", at: cells[cells.count - 1].location)
    }
    return Located(cells[position].value.trimmed, at: cells[position].location)
  }

  /// Where each column's cell stands.
  var places: [String: SourceLocation] {
    positions.compactMapValues { $0 < cells.count ? cells[$0].location : nil }
  }

  /// The parts of a cell between semicolons, each with its own place.
  func items(_ column: String) -> [Located<String>] {
    let cell = self[column]
    var items: [Located<String>] = []
    var offset = 0
    for part in cell.value.split(separator: ";", omittingEmptySubsequences: false) {
      let text = String(part).trimmed
      let place = SourceLocation(
        file: cell.location.file, line: cell.location.line, column: cell.location.column + offset)
      if !text.isEmpty { items.append(Located(text, at: place)) }
      offset += part.count + 1
    }
    return items
  }
}

extension ConceptCode {
  /// A code as listed: ICD-10 and ATC entries match by prefix, `C00-C97` is a range, other systems match exactly.
  init(system: String, listed: String) {
    let isHierarchical = system.hasSuffix("/sid/icd-10") || system == ATC.system
    let parts = listed.split(separator: "-")
    if isHierarchical, parts.count == 2 {
      self.init(system: system, code: String(parts[0]), last: String(parts[1]), match: .range)
    } else {
      self.init(system: system, code: listed, last: nil, match: isHierarchical ? .prefix : .exact)
    }
  }
}

extension UnitConversion {
  /// The steps of `*17.1` or `-32*5/9`; nil for anything else.
  public static func steps(_ text: String) -> [Step]? {
    var steps: [Step] = []
    var rest = text[...]
    while let sign = rest.popFirst() {
      let digits = rest.prefix { $0.isNumber || $0 == "." }
      guard let number = Decimal(exactly: digits) else { return nil }
      rest = rest.dropFirst(digits.count)
      switch sign {
      case "*": steps.append(.multiply(number))
      case "/" where number.units != 0: steps.append(.divide(number))
      case "+": steps.append(.add(number))
      case "-": steps.append(.subtract(number))
      default: return nil
      }
    }
    return steps.isEmpty ? nil : steps
  }
}
