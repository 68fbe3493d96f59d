/// Reads unit expressions: the case sensitive grammar of UCUM, sections 2.1 to 2.3.
///
///     main-term = ["/"] term
///     term      = component {("." | "/") component}
///     component = (symbol [exponent] | factor | "(" term ")") [annotation] | annotation
///
/// An annotation after a factor or parentheses is more than the printed grammar has, but UCUM's own examples have it
/// (`g/(8.h){shift}`).
///
/// Deeper nesting, longer texts and larger exponents than any real unit has are refused, so that no input can exhaust
/// stack or time.
struct UnitParser {
  static let longestText = 1000
  static let deepestNesting = 100
  static let largestExponent = 999
  private static let longestFactor = 40

  private let text: String
  private let bytes: [UInt8]
  private let registry: UnitRegistry
  private var position = 0
  private var nesting = 0

  init(_ text: String, registry: UnitRegistry) {
    self.text = text
    self.bytes = Array(text.utf8.prefix(UnitParser.longestText + 1))
    self.registry = registry
  }

  /// The term that the whole text is.
  mutating func parse() throws(UnitError) -> UnitTerm {
    guard !bytes.isEmpty else { throw problem("it is empty; write 1 for no unit") }
    guard bytes.count <= UnitParser.longestText else {
      throw problem("it is longer than \(UnitParser.longestText) characters")
    }
    if let index = bytes.firstIndex(where: { $0 < 33 || $0 > 126 }) {
      position = index
      throw problem(bytes[index] == 32 ? "a unit has no spaces" : foreignCharacter)
    }
    let startsDivided = take("/")
    let term = try term(startsDivided: startsDivided)
    guard position == bytes.count else { throw problem("there is no '(' for this ')'") }
    return term
  }

  private var foreignCharacter: String { "it may only have ASCII letters, digits and signs (u for µ, Cel for °C)" }

  private func problem(_ text: String, at place: Int? = nil) -> UnitError {
    let before = String(decoding: bytes.prefix(place ?? position), as: UTF8.self)
    return .syntax(unit: self.text, position: before.count + 1, problem: text)
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func term(startsDivided: Bool) throws(UnitError) -> UnitTerm {
    var term = UnitTerm()
    var isDivided = startsDivided
    while true {
      term.parts.append(UnitTerm.Part(isDivided: isDivided, component: try component()))
      if take(".") {
        isDivided = false
      } else if take("/") {
        isDivided = true
      } else if next == nil || next == UInt8(ascii: ")") {
        return term
      } else {
        throw problem("units are joined by '.' or '/', an exponent follows its unit directly (12.h, m2)")
      }
    }
  }

  private mutating func component() throws(UnitError) -> UnitTerm.Component {
    guard let first = next else { throw problem("a unit is missing after the last sign") }
    switch first {
    case UInt8(ascii: "("): return try group()
    case UInt8(ascii: "{"):
      try annotation()
      return .annotation
    case 0x30...0x39:
      if let power = try powerOfTen() { return power }
      let start = position
      while let digit = next, isDigit(digit) { position += 1 }
      guard position - start <= UnitParser.longestFactor else { throw problem("a factor this long", at: start) }
      let factor = BigUInt(digits: bytes[start..<position])
      guard !factor.isZero else { throw problem("a factor cannot be 0", at: start) }
      try annotation()
      return .factor(factor)
    default: return try symbol()
    }
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private mutating func group() throws(UnitError) -> UnitTerm.Component {
    let start = position
    position += 1
    nesting += 1
    guard nesting <= UnitParser.deepestNesting else {
      throw problem("parentheses are nested deeper than \(UnitParser.deepestNesting)")
    }
    let inner = try term(startsDivided: false)
    guard take(")") else { throw problem("this '(' has no ')'", at: start) }
    nesting -= 1
    try annotation()
    return .group(inner)
  }

  /// Skips `{...}` if one is next.
  private mutating func annotation() throws(UnitError) {
    guard next == UInt8(ascii: "{") else { return }
    let start = position
    position += 1
    while let byte = next, byte != UInt8(ascii: "}") {
      if byte == UInt8(ascii: "{") { throw problem("an annotation cannot contain '{'") }
      position += 1
    }
    guard take("}") else { throw problem("this '{' has no '}'", at: start) }
  }

  /// `10*` and `10^`, which look like numbers.
  private mutating func powerOfTen() throws(UnitError) -> UnitTerm.Component? {
    let rest = bytes[position...]
    guard rest.starts(with: "10*".utf8) || rest.starts(with: "10^".utf8) else { return nil }
    let code = String(decoding: rest.prefix(3), as: UTF8.self)
    position += 3
    return try symbol(code, at: position - 3)
  }

  private mutating func symbol() throws(UnitError) -> UnitTerm.Component {
    let start = position
    scan: while let byte = next {
      switch byte {
      case UInt8(ascii: "["):
        let opening = position
        while let inner = next, inner != UInt8(ascii: "]") { position += 1 }
        guard take("]") else { throw problem("this '[' has no ']'", at: opening) }
      case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"),
        UInt8(ascii: "}"), UInt8(ascii: "+"), UInt8(ascii: "-"), 0x30...0x39:
        break scan
      default: position += 1
      }
    }
    guard position > start else { throw problem("a unit is missing before this sign") }
    return try symbol(String(decoding: bytes[start..<position], as: UTF8.self), at: start)
  }

  /// The symbol just read, with the exponent and annotation after it.
  private mutating func symbol(_ code: String, at start: Int) throws(UnitError) -> UnitTerm.Component {
    guard let (prefix, atom) = registry.resolve(code) else {
      throw UnitError.unknown(unit: text, symbol: code, position: start + 1)
    }
    let exponent = try exponent()
    try annotation()
    return .symbol(UnitSymbol(prefix: prefix, atom: atom, exponent: exponent))
  }

  private mutating func exponent() throws(UnitError) -> Int {
    let start = position
    let isMinus = take("-")
    let isSigned = isMinus || take("+")
    var value = 0
    var count = 0
    while let digit = next, isDigit(digit) {
      value = min(value * 10 + Int(digit - 0x30), UnitParser.largestExponent + 1)
      position += 1
      count += 1
    }
    guard count > 0 else {
      if isSigned { throw problem("a sign is followed by the digits of an exponent") }
      return 1
    }
    guard value <= UnitParser.largestExponent else {
      throw problem("an exponent is at most \(UnitParser.largestExponent)", at: start)
    }
    return isMinus ? -value : value
  }
}
