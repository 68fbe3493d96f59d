import Exchange

/// Writes transport files for tests, byte by byte, so that each can be made wrong.
struct TransportWriting {
  /// A value as it is to stand there.
  enum Cell {
    case text(String)
    /// The eight bytes of a number.
    case number(UInt64)
  }

  struct Column {
    let name: String
    let isText: Bool
    let length: Int

    static func text(_ name: String, _ length: Int) -> Column { Column(name: name, isText: true, length: length) }
    static func number(_ name: String, length: Int = 8) -> Column {
      Column(name: name, isText: false, length: length)
    }
  }

  private(set) var bytes: [UInt8] = []

  init() {
    header("LIBRARY ")
    put("SAS     SAS     SASLIB  9.4     X64     ", to: 64)
    put("28NOV26:23:35:16", to: 16)
    put("28NOV26:23:35:16", to: 80)
  }

  static func dataset(_ name: String, _ columns: [Column], _ rows: [[Cell]]) -> [UInt8] {
    var file = TransportWriting()
    file.add(name, columns, rows)
    return file.bytes
  }

  mutating func add(_ name: String, _ columns: [Column], _ rows: [[Cell]]) {
    put("HEADER RECORD*******MEMBER  HEADER RECORD!!!!!!!000000000000000001600000000140", to: 80)
    header("DSCRPTR ")
    put("SAS     \(name)", to: 16)
    put("SASDATA 9.4     X64     ", to: 48)
    put("28NOV26:23:35:16", to: 16)
    put("28NOV26:23:35:16", to: 32)
    put("Data of tests", to: 48)
    let count = String(repeating: "0", count: 4 - "\(columns.count)".count) + "\(columns.count)"
    put("HEADER RECORD*******NAMESTR HEADER RECORD!!!!!!!000000\(count)00000000000000000000", to: 80)
    var position = 0
    for (index, column) in columns.enumerated() {
      big(column.isText ? 2 : 1, 2)
      big(0, 2)
      big(column.length, 2)
      big(index + 1, 2)
      put(column.name, to: 8)
      put("Label of \(column.name)", to: 40)
      put(column.isText ? "" : "DATE", to: 8)
      for number in [9, 0, 0] { big(number, 2) }
      big(0, 2)
      put("", to: 8)
      for _ in 0..<2 { big(0, 2) }
      big(position, 4)
      bytes += Array(repeating: 0, count: 52)
      position += column.length
    }
    fill()
    header("OBS     ")
    for row in rows {
      for (cell, column) in zip(row, columns) {
        switch cell {
        case .text(let text): put(text, to: column.length)
        case .number(let bits): for index in 0..<column.length { bytes.append(UInt8(bits >> (56 - 8 * index) & 0xFF)) }
        }
      }
    }
    fill()
  }

  private mutating func header(_ kind: String) {
    put("HEADER RECORD*******\(kind)HEADER RECORD!!!!!!!\(String(repeating: "0", count: 30))", to: 80)
  }

  private mutating func put(_ text: String, to width: Int) {
    bytes += Array(text.utf8.prefix(width))
    bytes += Array(repeating: 32, count: max(0, width - text.utf8.count))
  }

  private mutating func big(_ number: Int, _ width: Int) {
    for index in (0..<width).reversed() { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
  }

  private mutating func fill() { bytes += Array(repeating: 32, count: (80 - bytes.count % 80) % 80) }

  /// IBM's hexadecimal floating point of a binary64 in its range, by long division by 16.
  static func ibm(_ value: Double) -> UInt64 {
    guard value != 0 else { return 0 }
    var (fraction, exponent) = (value.magnitude, 64)
    while fraction >= 1 { (fraction, exponent) = (fraction / 16, exponent + 1) }
    while fraction < 0.0625 { (fraction, exponent) = (fraction * 16, exponent - 1) }
    return (value < 0 ? 1 << 63 : 0) | UInt64(exponent) << 56 | UInt64(fraction * 0x1p56)
  }
}
