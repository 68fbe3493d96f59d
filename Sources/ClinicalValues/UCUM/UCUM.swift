import Synchronization

/// The Unified Code for Units of Measure: units from their codes, conversion, comparison.
///
/// Source: UCUM 2.2, https://ucum.org/ucum. Codes are the case sensitive ones. Annotations (`{cells}`) mean 1, as the
/// specification says. A unit is read once and kept; all of it is safe to use from any thread.
public enum UCUM {
  /// The unit that a code writes.
  public static func unit(_ code: String) throws(UnitError) -> UnitOfMeasure {
    if let known = cache.withLock({ $0.units[code] }) { return try known.get() }
    // Errors are kept too: what a record has once it often has a thousand times, and a suggestion takes a search.
    let outcome: Result<UnitOfMeasure, UnitError>
    do throws(UnitError) { outcome = .success(try UnitOfMeasure(parsing: code)) } catch { outcome = .failure(error) }
    if code.utf8.count <= UnitParser.longestText {
      cache.withLock { cache in
        // Codes come from data: a limit keeps a stream of invented ones from filling memory.
        if cache.units.count >= cacheLimit { cache.units.removeAll() }
        cache.units[code] = outcome
      }
    }
    return try outcome.get()
  }

  /// Whether a code is a unit expression of known units.
  public static func isValid(_ code: String) -> Bool {
    guard (try? unit(code)) != nil else { return false }
    return true
  }

  /// A number in another unit, rounded half away from zero at the eighth digit after the point.
  ///
  /// Throws where the units measure different things, where one is unknown, and where the result cannot be held: too
  /// large, or so small that nothing but zeros would be left.
  public static func convert(_ value: Decimal, from: String, to: String) throws(UnitError) -> Decimal {
    if from == to { return value }
    let conversion = try conversion(from: from, to: to)
    guard let result = try conversion.convert(value), !(result.isZero && !value.isZero && conversion.isProportional)
    else { throw .outOfRange(number: value.description, from: from, to: to) }
    return result
  }

  /// A number as text, of up to 400 digits, in another unit, to `significantDigits` (at most 60): by default 24, or as
  /// many as the number was written with.
  public static func convert(
    _ number: String, from: String, to: String, significantDigits: Int? = nil
  ) throws(UnitError) -> String {
    guard let value = Rational(number) else { throw .notANumber(number) }
    let result = try conversion(from: from, to: to).convert(value, as: number)
    let written = number.utf8.prefix { $0 | 0x20 != UInt8(ascii: "e") }.count { $0 >= 0x30 && $0 <= 0x39 }
    return result.text(significantDigits: min(max(significantDigits ?? max(24, written), 1), 60))
  }

  /// How two quantities of the same kind stand to each other, exactly.
  public static func compare(
    _ a: Decimal, _ unitA: String, with b: Decimal, _ unitB: String
  ) throws(UnitError) -> Ordering {
    if unitA == unitB { return Ordering(a, b) }
    return try conversion(from: unitA, to: unitB).compare(a, with: b)
  }

  /// Whether numbers of one unit can be given in the other.
  public static func areCommensurable(_ a: String, _ b: String) -> Bool {
    guard (try? conversion(from: a, to: b)) != nil else { return false }
    return true
  }

  static func conversion(from: String, to: String) throws(UnitError) -> UnitConversion {
    let key = Pair(from: from, to: to)
    if let known = cache.withLock({ $0.conversions[key] }) { return known }
    let conversion = try UnitConversion(from: unit(from), to: unit(to))
    cache.withLock { cache in
      if cache.conversions.count >= cacheLimit { cache.conversions.removeAll() }
      cache.conversions[key] = conversion
    }
    return conversion
  }

  private struct Pair: Hashable {
    let from: String
    let to: String
  }
  private struct Cache {
    var units: [String: Result<UnitOfMeasure, UnitError>] = [:]
    var conversions: [Pair: UnitConversion] = [:]
  }
  private static let cacheLimit = 4096
  private static let cache = Mutex(Cache())
}
