/// A natural number of any size, for exact factors between units and for logarithms to many digits.
///
/// Schoolbook arithmetic on 32-bit limbs: the numbers here have a few hundred bits.
struct BigUInt: Hashable, Sendable {
  /// The least significant limb first; no zeros at the end, so that zero has none.
  private(set) var limbs: [UInt32]

  init(limbs: [UInt32]) {
    self.limbs = limbs
    while self.limbs.last == 0 { self.limbs.removeLast() }
  }

  init(_ value: UInt128) {
    self.init(limbs: (0..<4).map { UInt32(truncatingIfNeeded: value >> (32 * UInt128($0))) })
  }

  init(_ value: Int) { self.init(UInt128(value.magnitude)) }

  static let zero = BigUInt(limbs: [])
  static let one = BigUInt(limbs: [1])

  var isZero: Bool { limbs.isEmpty }
  var isOne: Bool { limbs == [1] }
  /// The number modulo 2^64.
  private var low64: UInt64 {
    UInt64(limbs.first ?? 0) | (limbs.count > 1 ? UInt64(limbs[1]) << 32 : 0)
  }
  /// How often 2 divides the number; 0 for zero.
  var trailingZeroBitCount: Int {
    guard let index = limbs.firstIndex(where: { $0 != 0 }) else { return 0 }
    return index * 32 + limbs[index].trailingZeroBitCount
  }
  var bitWidth: Int { limbs.count * 32 - (limbs.last?.leadingZeroBitCount ?? 0) }

  /// The number as 128 bits, if it fits.
  var uint128: UInt128? {
    guard limbs.count <= 4 else { return nil }
    return limbs.reversed().reduce(UInt128(0)) { $0 << 32 | UInt128($1) }
  }
}

extension BigUInt: Comparable {
  static func < (a: BigUInt, b: BigUInt) -> Bool {
    if a.limbs.count != b.limbs.count { return a.limbs.count < b.limbs.count }
    for index in a.limbs.indices.reversed() where a.limbs[index] != b.limbs[index] {
      return a.limbs[index] < b.limbs[index]
    }
    return false
  }
}

extension BigUInt {
  static func + (a: BigUInt, b: BigUInt) -> BigUInt {
    let (long, short) = a.limbs.count >= b.limbs.count ? (a.limbs, b.limbs) : (b.limbs, a.limbs)
    var sum = long
    var carry: UInt64 = 0
    for index in long.indices {
      let total = UInt64(long[index]) + (index < short.count ? UInt64(short[index]) : 0) + carry
      sum[index] = UInt32(truncatingIfNeeded: total)
      carry = total >> 32
    }
    if carry > 0 { sum.append(UInt32(carry)) }
    return BigUInt(limbs: sum)
  }

  /// The difference; `b` is not larger than `a`.
  static func - (a: BigUInt, b: BigUInt) -> BigUInt {
    var difference = a.limbs
    var borrow: Int64 = 0
    for index in difference.indices {
      let total = Int64(difference[index]) - (index < b.limbs.count ? Int64(b.limbs[index]) : 0) - borrow
      difference[index] = UInt32(truncatingIfNeeded: total)
      borrow = total < 0 ? 1 : 0
    }
    return BigUInt(limbs: difference)
  }

  static func * (a: BigUInt, b: BigUInt) -> BigUInt {
    if a.isZero || b.isZero { return .zero }
    var product = [UInt32](repeating: 0, count: a.limbs.count + b.limbs.count)
    for (i, x) in a.limbs.enumerated() {
      var carry: UInt64 = 0
      for (j, y) in b.limbs.enumerated() {
        let total = UInt64(x) * UInt64(y) + UInt64(product[i + j]) + carry
        product[i + j] = UInt32(truncatingIfNeeded: total)
        carry = total >> 32
      }
      product[i + b.limbs.count] = UInt32(carry)
    }
    return BigUInt(limbs: product)
  }

  static func << (a: BigUInt, count: Int) -> BigUInt {
    if a.isZero { return a }
    let bits = UInt64(count % 32)
    var shifted = [UInt32](repeating: 0, count: count / 32)
    var carry: UInt64 = 0
    for limb in a.limbs {
      let wide = UInt64(limb) << bits | carry
      shifted.append(UInt32(truncatingIfNeeded: wide))
      carry = wide >> 32
    }
    shifted.append(UInt32(carry))
    return BigUInt(limbs: shifted)
  }

  static func >> (a: BigUInt, count: Int) -> BigUInt {
    guard count / 32 < a.limbs.count else { return .zero }
    let bits = UInt64(count % 32)
    let kept = a.limbs[(count / 32)...]
    var shifted: [UInt32] = []
    shifted.reserveCapacity(kept.count)
    for index in kept.indices {
      let above = index + 1 < kept.endIndex ? UInt64(kept[index + 1]) : 0
      shifted.append(UInt32(truncatingIfNeeded: (above << 32 | UInt64(kept[index])) >> bits))
    }
    return BigUInt(limbs: shifted)
  }

  /// Quotient and remainder; `divisor` is not 0. Knuth, The Art of Computer Programming, volume 2, 4.3.1, algorithm D.
  func quotientAndRemainder(dividingBy divisor: BigUInt) -> (quotient: BigUInt, remainder: BigUInt) {
    if self < divisor { return (.zero, self) }
    if divisor.limbs.count == 1 {
      let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor.limbs[0])
      return (quotient, BigUInt(limbs: [remainder]))
    }
    let shift = divisor.limbs[divisor.limbs.count - 1].leadingZeroBitCount
    let v = (divisor << shift).limbs
    var u = (self << shift).limbs
    u += [UInt32](repeating: 0, count: limbs.count + 1 - u.count)
    let n = v.count
    var quotient = [UInt32](repeating: 0, count: u.count - n)
    for j in quotient.indices.reversed() {
      let digit = BigUInt.quotientDigit(u, v, at: j)
      quotient[j] = BigUInt.subtract(v, times: digit, from: &u, at: j)
    }
    return (BigUInt(limbs: quotient), BigUInt(limbs: Array(u[..<n])) >> shift)
  }

  /// The estimate of a digit of the quotient, at most one too large.
  private static func quotientDigit(_ u: [UInt32], _ v: [UInt32], at j: Int) -> UInt64 {
    let n = v.count
    let head = UInt64(u[j + n]) << 32 | UInt64(u[j + n - 1])
    var (digit, rest) = head.quotientAndRemainder(dividingBy: UInt64(v[n - 1]))
    while digit > UInt64(UInt32.max) || digit * UInt64(v[n - 2]) > rest << 32 | UInt64(u[j + n - 2]) {
      digit -= 1
      rest += UInt64(v[n - 1])
      if rest > UInt64(UInt32.max) { break }
    }
    return digit
  }

  /// Takes `digit` times `v` from `u` at limb `j`; returns the digit, put right by one if it was too large.
  private static func subtract(_ v: [UInt32], times digit: UInt64, from u: inout [UInt32], at j: Int) -> UInt32 {
    var borrow: Int64 = 0
    var carry: UInt64 = 0
    for index in v.indices {
      let product = digit * UInt64(v[index]) + carry
      carry = product >> 32
      let total = Int64(u[index + j]) - borrow - Int64(product & 0xFFFF_FFFF)
      u[index + j] = UInt32(truncatingIfNeeded: total)
      borrow = total < 0 ? 1 : 0
    }
    let total = Int64(u[j + v.count]) - borrow - Int64(carry)
    u[j + v.count] = UInt32(truncatingIfNeeded: total)
    guard total < 0 else { return UInt32(digit) }
    var sumCarry: UInt64 = 0
    for index in v.indices {
      let sum = UInt64(u[index + j]) + UInt64(v[index]) + sumCarry
      u[index + j] = UInt32(truncatingIfNeeded: sum)
      sumCarry = sum >> 32
    }
    u[j + v.count] = u[j + v.count] &+ UInt32(sumCarry)
    return UInt32(digit - 1)
  }

  func quotientAndRemainder(dividingBy divisor: UInt32) -> (quotient: BigUInt, remainder: UInt32) {
    var quotient = limbs
    var rest: UInt64 = 0
    for index in limbs.indices.reversed() {
      let wide = rest << 32 | UInt64(limbs[index])
      quotient[index] = UInt32(wide / UInt64(divisor))
      rest = wide % UInt64(divisor)
    }
    return (BigUInt(limbs: quotient), UInt32(rest))
  }

  func power(_ exponent: Int) -> BigUInt {
    var result = BigUInt.one
    var square = self
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result = result * square }
      rest >>= 1
      if rest > 0 { square = square * square }
    }
    return result
  }

  static func greatestCommonDivisor(_ a: BigUInt, _ b: BigUInt) -> BigUInt {
    var (a, b) = (a, b)
    while b.limbs.count > 2 { (a, b) = (b, a.quotientAndRemainder(dividingBy: b).remainder) }
    if b.isZero { return a }
    var (x, y) = (b.low64, a.quotientAndRemainder(dividingBy: b).remainder.low64)
    while y != 0 { (x, y) = (y, x % y) }
    return BigUInt(UInt128(x))
  }

  /// The largest number whose square is not larger.
  var squareRoot: BigUInt {
    if isZero { return self }
    var root = BigUInt.one << ((bitWidth + 1) / 2)
    while true {
      let next = (root + quotientAndRemainder(dividingBy: root).quotient) >> 1
      if next >= root { return root }
      root = next
    }
  }
}

extension BigUInt: CustomStringConvertible {
  /// The number that decimal digits write; the bytes are digits.
  init(digits: some Sequence<UInt8>) {
    var value = BigUInt.zero
    var chunk: UInt32 = 0
    var scale: UInt32 = 1
    for digit in digits {
      chunk = chunk * 10 + UInt32(digit - 0x30)
      scale *= 10
      if scale == 1_000_000_000 {
        value = value * BigUInt(limbs: [scale]) + BigUInt(limbs: [chunk])
        (chunk, scale) = (0, 1)
      }
    }
    self = value * BigUInt(limbs: [scale]) + BigUInt(limbs: [chunk])
  }

  /// Decimal digits.
  var description: String {
    var chunks: [String] = []
    var rest = self
    while !rest.isZero {
      let (quotient, chunk) = rest.quotientAndRemainder(dividingBy: UInt32(1_000_000_000))
      chunks.append(String(chunk))
      rest = quotient
    }
    guard let first = chunks.last else { return "0" }
    return chunks.dropLast().reversed().reduce(first) {
      $0 + String(repeating: "0", count: 9 - $1.utf8.count) + $1
    }
  }

  static func powerOfTen(_ exponent: Int) -> BigUInt { BigUInt(10).power(exponent) }
}
