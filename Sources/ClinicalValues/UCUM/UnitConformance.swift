/// One case of the UCUM functional tests (`UcumFunctionalTests.xml`), however it was read.
///
/// A number counts as right where the exact result, rounded half up to the significant digits of the expected one, is
/// the expected one: the tests give `1.6` for 6.3 / 4. An expected number without a point or with none but whole digits
/// is exact.
public struct UnitConformanceCase: Sendable {
  /// What the case is about: the element that it stands in.
  public enum Section: String, Sendable, CaseIterable {
    case validation, displayNameGeneration, conversion, multiplication, division
  }

  /// How a case came out.
  public enum Outcome: Hashable, Sendable {
    case pass
    case fail(expected: String, actual: String)
    /// The case lacks what its section needs.
    case skip(reason: String)
  }

  /// What the case is about.
  public let section: Section
  /// Its id, unique in most files.
  public let id: String
  /// The attributes of its element.
  public let attributes: [String: String]

  /// A case from the attributes of a `case` element.
  public init(section: Section, attributes: [String: String]) {
    self.section = section
    self.id = attributes["id"] ?? "(no id)"
    self.attributes = attributes
  }

  /// Runs the case.
  public func run() -> Outcome {
    switch section {
    case .validation:
      guard let unit = attributes["unit"], let valid = attributes["valid"] else { return missing("unit, valid") }
      return outcome(expected: valid, actual: String(UCUM.isValid(unit)))
    case .displayNameGeneration:
      guard let unit = attributes["unit"], let display = attributes["display"] else { return missing("unit, display") }
      return outcome(expected: display, actual: described { () throws(UnitError) in try Self.unit(unit).displayName })
    case .conversion:
      guard let value = attributes["value"], let from = attributes["srcUnit"], let to = attributes["dstUnit"],
        let expected = attributes["outcome"]
      else { return missing("value, srcUnit, dstUnit, outcome") }
      return compare(expected) { () throws(UnitError) in
        guard let number = Rational(value) else { throw .notANumber(value) }
        return try UnitConversion(from: Self.unit(from), to: Self.unit(to)).convert(number, as: value)
      }
    case .multiplication: return product(exponent: 1)
    case .division: return product(exponent: -1)
    }
  }

  /// A unit whose code may be empty for a plain number, as these tests have it.
  private static func unit(_ code: String) throws(UnitError) -> UnitOfMeasure {
    try UCUM.unit(code.isEmpty ? "1" : code)
  }

  private func product(exponent: Int) -> Outcome {
    guard let v1 = attributes["v1"], let u1 = attributes["u1"], let v2 = attributes["v2"], let u2 = attributes["u2"],
      let expected = attributes["vRes"], let target = attributes["uRes"]
    else { return missing("v1, u1, v2, u2, vRes, uRes") }
    return compare(expected) { () throws(UnitError) in
      guard let a = Rational(v1) else { throw .notANumber(v1) }
      guard let b = Rational(v2), exponent > 0 || !b.isZero else { throw .notANumber(v2) }
      let sign = exponent > 0 ? "." : "/"
      let combined = try UCUM.unit("(\(u1.isEmpty ? "1" : u1))\(sign)(\(u2.isEmpty ? "1" : u2))")
      let value = exponent > 0 ? a * b : a / b
      return try UnitConversion(from: combined, to: Self.unit(target)).convert(value, as: v1)
    }
  }

  private func missing(_ names: String) -> Outcome { .skip(reason: "the case needs the attributes \(names)") }

  private func outcome(expected: String, actual: String) -> Outcome {
    expected == actual ? .pass : .fail(expected: expected, actual: actual)
  }

  private func described(_ body: () throws(UnitError) -> String) -> String {
    do throws(UnitError) { return try body() } catch { return error.description }
  }

  private func compare(_ expected: String, _ body: () throws(UnitError) -> Rational) -> Outcome {
    do throws(UnitError) {
      guard let wanted = Rational(expected) else { return .skip(reason: "the expected '\(expected)' is no number") }
      let actual = try body()
      let digits = expected.prefix { $0 != "e" && $0 != "E" }
      let significant = digits.filter(\.isNumber).drop { $0 == "0" }.count
      let isRight =
        digits.contains(".") && significant > 0
        ? Rational(actual.text(significantDigits: significant)) == wanted : actual == wanted
      return isRight ? .pass : .fail(expected: expected, actual: actual.text(significantDigits: 30))
    } catch {
      return .fail(expected: expected, actual: error.description)
    }
  }
}
