public import ClinicalValues
import Instruments

/// What tells a reader why a definition was not met.
///
/// Most instruments name the components that failed. Of the others their own numbers are told: points, changes, a probability;
/// of one that gives nothing but its verdict, what it was given.
enum FailedParts {
  /// What stands behind “not met”, each part in a few words; empty where nothing is known.
  static func of(_ result: Result, output: String, keys: [KeyAnswer], instrument: Instrument) -> [String] {
    let named = result.texts("failed")
    guard named.isEmpty else { return named }
    let unsaid: Set = [output, "result", "failed", "missing", "evaluable", "category", "error"]
    let own = result.values.filter { !unsaid.contains($0.name) }.flatMap {
      part($0.name, Printed.words($0.name), $0.value)
    }
    guard own.isEmpty else { return own }
    return keys.flatMap { key in
      part(key.key, instrument.items.first { $0.key == key.key }?.words ?? Printed.words(key.key), key.value)
    }
  }

  private static func part(_ name: String, _ words: String, _ value: Datum) -> [String] {
    switch value {
    case .bool(let flag): ["\(words): \(flag ? "yes" : "no")"]
    case .number(let number): ["\(words) \(number.forReading)"]
    case .object(let parts): parts.values.flatMap { part($0.name, Printed.words($0.name), $0.value) }
    case .null, .text, .list: []
    }
  }
}

extension Decimal {
  /// The number as a person reads it: one digit after the point, two below 10, three below 1, where chances and ratios lie; what a
  /// program gets is not rounded.
  public var forReading: Decimal {
    let size = sign < 0 ? -self : self
    return (rounded(to: size < 1 ? 3 : size < 10 ? 2 : 1) ?? self).trimmed
  }
}
