import CQL
import ClinicalValues

/// Whether the units of the dictionary are UCUM, and its factors agree with UCUM where that can tell.
///
/// A factor between mass and amount of substance (17.1, 88.4) is the protocol's own: UCUM knows no molar mass.
struct UnitCheck {
  let dictionary: DataDictionary

  /// The problems, in the order of the dictionary.
  func problems() -> [Problem] { dictionary.concepts.flatMap(problems) + scaleProblems() }

  private func problems(_ concept: DataConcept) -> [Problem] {
    guard let unit = concept.unit else { return [] }
    guard UCUM.isValid(unit) else { return [invalid(unit, at: concept.place("unit"))] }
    return concept.conversions.compactMap { conversion in
      guard UCUM.isValid(conversion.unit) else { return invalid(conversion.unit, at: conversion.location) }
      return contradiction(conversion, to: unit)
    }
  }

  private func invalid(_ unit: String, at place: SourceLocation) -> Problem {
    var reason = "‘\(unit)’ is no UCUM unit."
    do throws(UnitError) { _ = try UCUM.unit(unit) } catch { reason = "\(error)" }
    return Problem("invalid-unit", at: place, reason, remedy: "Correct it in concepts.csv.")
  }

  /// A factor that is neither UCUM's nor UCUM's rounded to the digits that are written.
  private func contradiction(_ conversion: UnitConversion, to unit: String) -> Problem? {
    for probe in [Decimal(1), Decimal(1000)] {
      guard let stated = conversion.apply(to: ExactNumber(probe))?.neighbors?.below,
        let exact = try? UCUM.convert(probe, from: conversion.unit, to: unit), !agree(stated, exact)
      else { continue }
      return Problem(
        "wrong-factor", at: conversion.location,
        "By this conversion \(probe) \(conversion.unit) is \(stated.trimmed) \(unit); by UCUM it is \(exact.trimmed).",
        remedy: "Correct the steps.")
    }
    return nil
  }

  /// Equal up to one part in a hundred thousand: published factors are rounded (7.50062 for kPa).
  private func agree(_ a: Decimal, _ b: Decimal) -> Bool {
    guard let difference = (a - b)?.magnitude, let tolerated = b.magnitude / Decimal(100_000) else { return false }
    return difference <= tolerated
  }

  /// The items of a scale that is computed from them must be those of the instrument.
  private func scaleProblems() -> [Problem] {
    var problems: [Problem] = []
    for instrument in Set(dictionary.concepts.compactMap(\.instrument)).sorted() {
      problems += Scale.problems(dictionary, instrument: instrument)
    }
    return problems
  }
}
