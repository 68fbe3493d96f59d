// Decimal as text. The syntax is that of CQL and JSON numbers: a sign, digits, a point with digits, an exponent.

extension Decimal: CustomStringConvertible {
  /// The number that `text` writes, rounded half away from zero where it has more than 8 digits after the point; nil
  /// if it is no number or out of range.
  @inlinable public init?(_ text: some StringProtocol) { self.init(utf8: text.utf8) }

  /// The number that `text` writes; nil also if it cannot be held exactly in 8 digits after the point.
  @inlinable public init?(exactly text: some StringProtocol) { self.init(exactlyUTF8: text.utf8) }

  /// As `init(_:)`, from UTF-8 bytes.
  @inlinable public init?(utf8 bytes: some Collection<UInt8>) {
    let number = bytes.withContiguousStorageIfAvailable(Decimal.rounding)
    guard let number = number ?? Array(bytes).withUnsafeBufferPointer(Decimal.rounding) else { return nil }
    self = number
  }

  /// As `init(exactly:)`, from UTF-8 bytes.
  @inlinable public init?(exactlyUTF8 bytes: some Collection<UInt8>) {
    let number = bytes.withContiguousStorageIfAvailable(Decimal.exact)
    guard let number = number ?? Array(bytes).withUnsafeBufferPointer(Decimal.exact) else { return nil }
    self = number
  }

  @usableFromInline static func rounding(_ bytes: UnsafeBufferPointer<UInt8>) -> Decimal? { parse(bytes)?.number }

  @usableFromInline static func exact(_ bytes: UnsafeBufferPointer<UInt8>) -> Decimal? {
    parse(bytes).flatMap { $0.isExact ? $0.number : nil }
  }

  private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> (number: Decimal, isExact: Bool)? {
    guard let text = NumberText(bytes) else { return nil }
    let shift = text.exponent + 8
    let scale = UInt8(clamping: min(max(text.writtenScale, 0), 8))
    var units = text.mantissa
    var isExact = !text.lostDigits
    if units == 0 {
      return (Decimal(unchecked: 0, scale: scale), isExact)
    }
    if shift >= 0 {
      guard shift <= 36 else { return nil }
      let (product, overflow) = units.multipliedReportingOverflow(by: PowersOfTen.uint128[shift])
      guard !overflow, product <= limit, !text.lostDigits else { return nil }
      units = product
    } else if shift < -38 {
      units = 0
      isExact = false
    } else {
      let divisor = PowersOfTen.uint128[-shift]
      let (quotient, remainder) = units.quotientAndRemainder(dividingBy: divisor)
      isExact = isExact && remainder == 0
      units = remainder >= divisor - divisor / 2 ? quotient + 1 : quotient
      guard units <= limit else { return nil }
    }
    let signed = text.isNegative ? -Int128(units) : Int128(units)
    // The digits written show the number, so that the scale never hides one.
    return (Decimal(unchecked: signed, scale: scale), isExact)
  }

  /// The number with as many digits after the point as it was written with: `1.00`, `5`, `-0.5`.
  public var description: String { text(atLeast: 0) }

  /// The number as a literal of CQL, with at least one digit after the point: `5.0`.
  public var literal: String { text(atLeast: 1) }

  private func text(atLeast fewest: Int) -> String {
    let shown = max(Int(scale), fewest)
    let (whole, fraction) = units.magnitude.quotientAndRemainder(dividingBy: UInt128(Decimal.one))
    return String(unsafeUninitializedCapacity: 40) { buffer in
      // From the last digit to the first, at the end of the buffer, then moved to its start.
      var place = buffer.count
      func put(_ byte: UInt8) {
        place -= 1
        buffer[place] = byte
      }
      var rest = UInt64(fraction)
      for _ in 0..<(8 - min(shown, 8)) { rest /= 10 }
      for _ in 0..<shown {
        put(UInt8(0x30 + rest % 10))
        rest /= 10
      }
      if shown > 0 { put(UInt8(ascii: ".")) }
      var wide = whole
      while wide > UInt128(UInt64.max) {
        put(UInt8(0x30 + wide % 10))
        wide /= 10
      }
      var narrow = UInt64(wide)
      repeat {
        put(UInt8(0x30 + narrow % 10))
        narrow /= 10
      } while narrow > 0
      if units < 0 { put(UInt8(ascii: "-")) }
      let count = buffer.count - place
      for index in 0..<count { buffer[index] = buffer[place + index] }
      return count
    }
  }
}

/// A number as text, taken apart: (-) mantissa * 10^exponent.
struct NumberText {
  private(set) var isNegative = false
  /// The leading digits, 37 at most.
  private(set) var mantissa: UInt128 = 0
  /// The power of ten of the mantissa, held within +-10^9.
  private(set) var exponent = 0
  /// Whether a digit other than 0 did not fit the mantissa.
  private(set) var lostDigits = false
  /// Digits after the point as written, less the exponent.
  private(set) var writtenScale = 0

  /// nil if the bytes are no number: `(+|-)? digits ('.' digits)? ((e|E) (+|-)? digits)?`
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    var rest = bytes[...]
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
      isNegative = rest.removeFirst() == UInt8(ascii: "-")
    }
    guard takeDigits(&rest, afterPoint: false) else { return nil }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      guard takeDigits(&rest, afterPoint: true) else { return nil }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      guard takeExponent(&rest) else { return nil }
    }
    guard rest.isEmpty else { return nil }
  }

  private mutating func takeDigits(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>, afterPoint: Bool) -> Bool {
    let start = rest.startIndex
    // Up to 19 digits a machine word holds; most numbers have no more.
    var word: UInt64 = 0
    var inWord: UInt64 = 1
    while let digit = rest.first, digit >= 0x30, digit <= 0x39 {
      rest.removeFirst()
      if mantissa < PowersOfTen.uint128[18], inWord < 1_000_000_000_000_000_000 {
        word = word * 10 + UInt64(digit - 0x30)
        inWord *= 10
        if afterPoint { exponent -= 1 }
        continue
      }
      settle(&word, &inWord)
      if mantissa < PowersOfTen.uint128[36] {
        mantissa = mantissa * 10 + UInt128(digit - 0x30)
        if afterPoint { exponent -= 1 }
      } else {
        lostDigits = lostDigits || digit != 0x30
        if !afterPoint { exponent += 1 }
      }
    }
    settle(&word, &inWord)
    if afterPoint { writtenScale = rest.startIndex - start }
    return rest.startIndex > start
  }

  /// Takes the digits gathered in a machine word into the mantissa.
  private mutating func settle(_ word: inout UInt64, _ scale: inout UInt64) {
    if scale > 1 { mantissa = mantissa * UInt128(scale) + UInt128(word) }
    (word, scale) = (0, 1)
  }

  private mutating func takeExponent(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let isMinus = rest.first == UInt8(ascii: "-")
    if isMinus || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    var value = 0
    let start = rest.startIndex
    while let digit = rest.first, digit >= 0x30, digit <= 0x39 {
      rest.removeFirst()
      value = min(value * 10 + Int(digit - 0x30), 1_000_000_000)
    }
    exponent += isMinus ? -value : value
    writtenScale -= isMinus ? -value : value
    return rest.startIndex > start
  }
}

/// Powers of ten by their exponent.
enum PowersOfTen {
  static let uint128: [UInt128] = (0...38).reduce(into: []) { $0.append(($0.last ?? 0) * 10 + ($1 == 0 ? 1 : 0)) }
}
