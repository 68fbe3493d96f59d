import ClinicalValues

/// A unit as people print it: `°C` for `Cel`, `10⁹/L` for `10*9/L`, `mmHg` for `mm[Hg]`. What is recorded is the code.
///
/// Source: The Unified Code for Units of Measure, 2.1, the columns of print symbols in tables 1 to 9.
enum PrintedUnit {
  /// The print of a code; the same for what is none.
  ///
  /// - Parameter word: what stands for an English word in it, such as that of an annotation: `{cells}/kg`.
  static func text(_ code: String, word: (String) -> String = { $0 }) -> String {
    guard code != "1" else { return "" }
    var printed = ""
    var part = ""
    var depth = 0
    func end() {
      printed += component(part, word)
      part = ""
    }
    for character in code {
      if character == "[" || character == "{" { depth += 1 }
      if character == "]" || character == "}" { depth -= 1 }
      if depth == 0, "/.()".contains(character) {
        end()
        printed += character == "." ? "·" : String(character)
      } else {
        part.append(character)
      }
    }
    end()
    return printed
  }

  /// A number with its unit.
  static func text(_ number: String, _ code: String?, word: (String) -> String = { $0 }) -> String {
    let unit = code.map { text($0, word: word) } ?? ""
    return unit.isEmpty ? number : "\(number) \(unit)"
  }

  /// A sentence with the codes in it as people print them, and numbers that were computed rounded: only what stands in no
  /// word and can be nothing else.
  static func inSentence(_ sentence: String) -> String {
    let sentence = rounded(sentence)
    guard ["*", "[", "Cel", "{", " u"].contains(where: { sentence.contains($0) }) else { return sentence }
    let printed = sentence.replacing(/10\*(-?\d+)/) { "10" + superscript($0.1) }
      .replacing("mm[Hg]", with: "mmHg").replacing("[IU]", with: "IU").replacing("[iU]", with: "IU").replacing(
        "[EU]", with: "EU"
      )
      .replacing(/(\d) Cel\b/) { "\($0.1) °C" }
    // What is counted has been named before the number: `INR 1.01 {INR}`.
    return printed.replacing(/(\d) u(?=(?:mol|g|L|U|kat)\b)/) { "\($0.1) µ" }
      .replacing(/(\d) \{[A-Za-z]+\}(?!\/)/) { "\($0.1)" }
  }

  /// Numbers with more than four decimals come from a division, not from a device: two decimals are shown, three figures of
  /// what is below one, and none from a thousand on.
  static func rounded(_ sentence: String) -> String {
    guard hasLongFraction(sentence) else { return sentence }
    return sentence.replacing(/(^|[^0-9.,A-Za-z-])(\d[\d,]*)\.(\d{5,})(?![\d.-])/) { match in
      let whole = match.2.filter { $0 != "," }
      guard let value = Double("\(whole).\(match.3)"), value < 1e15 else { return String(match.0) }
      if whole.count > 3 {
        let number = String(Int(value.rounded()))
        return match.1 + (match.2.contains(",") ? grouped(number) : number)
      }
      let zeros = value < 1 ? match.3.prefix { $0 == "0" }.count : 0
      let places = min(value < 1 ? zeros + 3 : 2, match.3.count, 12)
      let scale = (0..<places).reduce(1) { scale, _ in scale * 10 }
      let scaled = Int((value * Double(scale)).rounded())
      let fraction = String(String(scaled % scale + scale).dropFirst())
      let kept = fraction.reversed().drop { $0 == "0" }.reversed()
      return match.1 + String(scaled / scale) + (kept.isEmpty ? "" : "." + String(kept))
    }
  }

  /// Whether five digits stand behind a point: most sentences have none, and are not read by the regular expression.
  private static func hasLongFraction(_ sentence: String) -> Bool {
    var digits: Int?
    for byte in sentence.utf8 {
      switch byte {
      case UInt8(ascii: "."): digits = 0
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits = digits.map { $0 + 1 }
      default: digits = nil
      }
      if digits == 5 { return true }
    }
    return false
  }

  /// A number with its thousands set apart: `183,976`.
  static func grouped(_ number: String) -> String {
    let whole = number.prefix { $0 == "-" || $0.isNumber }
    var text = ""
    for (place, digit) in whole.reversed().enumerated() {
      if place > 0, place % 3 == 0, digit.isNumber { text = "," + text }
      text = String(digit) + text
    }
    return text + number.dropFirst(whole.count)
  }

  /// A number that was reckoned, to four figures: more of them what it was reckoned from does not have.
  static func fourFigures(_ value: Decimal) -> Decimal {
    let size = value.sign < 0 ? -value : value
    guard size >= 1000, let whole = size.rounded(), let number = Int("\(whole.trimmed)") else {
      return (value.rounded(to: size < 1 ? 4 : size < 10 ? 3 : size < 100 ? 2 : 1) ?? value).trimmed
    }
    var step = 1
    while number / step >= 10_000 { step *= 10 }
    let kept = (number + step / 2) / step * step
    return Decimal(value.sign < 0 ? -kept : kept)
  }

  /// Whether a unit says no more than what is counted, which has been named before: `{score}`, `{INR}`; or nothing at all.
  static func saysNothing(_ code: String) -> Bool {
    code == "1" || code.hasPrefix("{") && code.firstIndex(of: "}") == code.indices.last
  }

  /// Atoms whose print is not their code.
  private static let atoms: [String: String] = [
    "Cel": "°C", "[degF]": "°F", "[iU]": "IU", "[IU]": "IU", "[EU]": "EU", "[pH]": "pH", "deg": "°", "mm[Hg]": "mmHg",
    "cm[H2O]": "cmH₂O",
  ]

  private static func component(_ part: String, _ word: (String) -> String) -> String {
    if let known = atoms[part] { return known }
    if part == "[HPF]" { return word("high-power field") }
    if part == "mo" { return word("months") }
    if let opening = part.firstIndex(of: "{"), part.hasSuffix("}") {
      let note = String(part[part.index(after: opening)...].dropLast()).replacing("_", with: " ")
      let unit = component(String(part[..<opening]), word)
      let shown = note.hasSuffix("m2") ? "\(note.dropLast())²" : word(note)
      return unit.isEmpty ? shown : "\(unit) \(shown)"
    }
    guard let (base, exponent) = power(part) else { return micro(part) }
    // Ten to the power of what stands behind it, a length squared or cubed.
    if base == "10*" || base == "10^" { return "10" + superscript(exponent) }
    let isLetters = !base.isEmpty && base.allSatisfy { $0.isASCII && $0.isLetter }
    return isLetters ? micro(String(base)) + superscript(exponent) : micro(part)
  }

  /// What stands before the whole number at an end, and the number. By hand: a page has hundreds of units, and a regular
  /// expression is read anew each time.
  private static func power(_ part: String) -> (base: Substring, exponent: Substring)? {
    guard let last = part.lastIndex(where: { !($0.isASCII && $0.isNumber) }), part.index(after: last) < part.endIndex
    else { return nil }
    let start = part[last] == "-" ? last : part.index(after: last)
    return (part[..<start], part[start...])
  }

  /// The prefix of a millionth is written `u`.
  private static func micro(_ atom: String) -> String {
    let metric = ["g", "L", "l", "m", "mol", "U", "s", "kat", "V", "Sv", "Gy"]
    return atom.hasPrefix("u") && metric.contains(String(atom.dropFirst())) ? "µ" + atom.dropFirst() : atom
  }

  private static func superscript(_ number: some StringProtocol) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return String(number.map { character in character.wholeNumberValue.map { digits[$0] } ?? "⁻" })
  }
}
