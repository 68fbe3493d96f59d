import ClinicalValues
import Ledger
public import StudyDesign
public import Trial

/// A file of normal ranges: CSV with the columns laboratory, concept, sex, ageFrom, ageTo, validFrom, validTo, low, high, unit.
public struct RangeFile: Sendable {
  /// Its columns, in any order; sex, ages, validTo and one of the limits may be empty.
  public static let columns = [
    "laboratory", "concept", "sex", "ageFrom", "ageTo", "validFrom", "validTo", "low", "high", "unit",
  ]

  /// The ranges, in the order of the rows.
  public let ranges: [NormalRange]

  /// Reads a file.
  ///
  /// - Throws: `RefusedFile` with every row that cannot be read, or says something that cannot be.
  public init(_ text: String, file: String, dictionary: DataDictionary) throws(RefusedFile) {
    let table: CSVTable
    do throws(Problem) { table = try CSVTable(text, file: file) } catch {
      throw RefusedFile(
        file: file, rows: [RefusedRow("line \(error.line)", "\(error.message) \(error.remedy)")])
    }
    let header = table.header.map(\.value)
    let missing = Self.columns.filter { !header.contains($0) }
    guard missing.isEmpty else {
      throw RefusedFile(
        file: file, rows: [RefusedRow("line 1", "The columns \(missing.joined(separator: ", ")) are missing.")])
    }
    var ranges: [NormalRange] = []
    var refused: [RefusedRow] = []
    var lines: [Int] = []
    for row in table.rows {
      let line = row.first?.line ?? 0
      var reader = Row(cells: Dictionary(zip(header, row.map(\.value))) { first, _ in first })
      let range = reader.range(dictionary)
      if row.count != header.count {
        reader.faults.append("It has \(row.count) cells, and the header \(header.count).")
      }
      guard reader.faults.isEmpty else {
        refused += reader.faults.map { RefusedRow("line \(line)", $0) }
        continue
      }
      ranges.append(range)
      lines.append(line)
    }
    for fault in NormalRange.faults(in: ranges) {
      refused.append(RefusedRow("line \(lines[fault.row - 1])", fault.problem))
    }
    if table.rows.isEmpty { refused.append(RefusedRow("line 1", "The file holds no range.")) }
    guard refused.isEmpty else { throw RefusedFile(file: file, rows: refused) }
    self.ranges = ranges
  }

  private struct Row {
    let cells: [String: String]
    var faults: [String] = []

    mutating func range(_ dictionary: DataDictionary) -> NormalRange {
      let concept = dictionary[cells["concept"] ?? ""]
      if concept == nil { faults.append("‘\(cells["concept"] ?? "")’ is no concept of the data dictionary.") }
      let unit = cells["unit"] ?? ""
      if let concept, concept.unit != unit, !concept.conversions.contains(where: { $0.unit == unit }) {
        faults.append("‘\(unit)’ is no unit of \(concept.id); it is measured in \(concept.unit ?? "no unit").")
      }
      return NormalRange(
        laboratory: cells["laboratory"] ?? "", concept: concept?.id ?? "?",
        sex: value("sex", "female or male, or empty for both") { AdministrativeSex(rawValue: $0) },
        ageFrom: value("ageFrom", "an age in whole years") { Int($0) },
        ageTo: value("ageTo", "an age in whole years") { Int($0) },
        validFrom: value("validFrom", "a whole date", needed: true) { CalendarDate($0) } ?? .least,
        validTo: value("validTo", "a whole date, or empty") { CalendarDate($0) },
        low: value("low", "a number") { Decimal($0) }, high: value("high", "a number") { Decimal($0) }, unit: unit)
    }

    private mutating func value<Value>(
      _ column: String, _ expected: String, needed: Bool = false, _ parse: (String) -> Value?
    ) -> Value? {
      let text = cells[column] ?? ""
      if text.isEmpty, !needed { return nil }
      if let value = parse(text) { return value }
      faults.append("‘\(column)’ is ‘\(text)’, expected \(expected).")
      return nil
    }
  }
}
