/// Whole numbers of JSON in one form: to a schema `7.0` is an integer (JSON Schema 2020-12, validation, 6.1.1), to the reader of
/// JSON it is none.
enum WholeNumbers {
  /// The text with whole numbers without their zeros after the point; all else as it is. Cost: linear.
  static func plain(_ json: [UInt8]) -> [UInt8] {
    guard json.contains(point) else { return json }
    var plain: [UInt8] = []
    plain.reserveCapacity(json.count)
    var isInString = false
    var index = 0
    while index < json.count {
      let byte = json[index]
      if isInString, byte == backslash, index + 1 < json.count {
        plain += json[index...index + 1]
        index += 2
        continue
      }
      if byte == quote { isInString.toggle() }
      if !isInString, byte == point, let end = endOfZeros(json, after: index), plain.last.map(isDigit) == true {
        index = end
        continue
      }
      plain.append(byte)
      index += 1
    }
    return plain
  }

  /// Where the zeros after a point end; nil where there are none, or other digits or an exponent follow.
  private static func endOfZeros(_ json: [UInt8], after point: Int) -> Int? {
    var end = point + 1
    while end < json.count, json[end] == zero { end += 1 }
    let goesOn = end < json.count && (isDigit(json[end]) || json[end] | 0x20 == UInt8(ascii: "e"))
    return end == point + 1 || goesOn ? nil : end
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (zero...UInt8(ascii: "9")).contains(byte) }
  private static let zero = UInt8(ascii: "0")
  private static let point = UInt8(ascii: ".")
  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")
}
