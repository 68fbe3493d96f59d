/// Finds what somebody meant who wrote a symbol that UCUM does not have.
enum UnitSuggestion {
  /// Common spellings from laboratory reports and what UCUM writes for them.
  private static let spellings: [String: String] = [
    "mcg": "ug", "mcl": "uL", "cc": "mL", "sec": "s", "secs": "s", "second": "s", "seconds": "s", "mins": "min",
    "minute": "min", "minutes": "min", "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "day": "d", "days": "d",
    "week": "wk", "weeks": "wk", "wks": "wk", "month": "mo", "months": "mo", "mos": "mo", "mth": "mo", "year": "a",
    "years": "a", "yr": "a", "yrs": "a", "mmhg": "mm[Hg]", "cmh2o": "cm[H2O]", "c": "Cel", "degc": "Cel", "f": "[degF]",
    "degf": "[degF]", "celsius": "Cel", "gm": "g", "gms": "g", "gram": "g", "grams": "g", "kgs": "kg", "lbs": "[lb_av]",
    "lb": "[lb_av]", "oz": "[oz_av]", "in": "[in_i]", "inch": "[in_i]", "inches": "[in_i]", "ft": "[ft_i]",
    "feet": "[ft_i]", "units": "U", "unit": "U", "iu": "[IU]", "miu": "m[IU]", "uiu": "u[IU]", "kiu": "k[IU]",
    "mm": "mmol/L", "um": "umol/L", "nm": "nmol/L", "pm": "pmol/L", "percent": "%", "pct": "%", "ratio": "{ratio}",
    "score": "{score}", "cells": "{cells}", "cell": "{cell}", "copies": "{copies}", "beats": "{beats}", "bpm": "/min",
    "breaths": "{breaths}", "count": "{count}", "ppm": "[ppm]", "titer": "{titer}", "liter": "L", "liters": "L",
    "meter": "m", "meters": "m", "mole": "mol", "moles": "mol", "cfu": "[CFU]", "meq": "meq", "mosm": "mosm",
    "degrees": "deg", "tablespoon": "[tbs_us]", "teaspoon": "[tsp_us]", "index": "{index}",
  ]

  /// A symbol to write instead, nil where none is near.
  static func forSymbol(_ symbol: String, in registry: UnitRegistry) -> String? {
    guard symbol.utf8.count <= 30 else { return nil }
    if let bracketed = withBrackets(symbol, in: registry) { return bracketed }
    if let known = spellings[symbol.lowercased()] { return known }
    if let power = symbol.firstIndex(of: "^"), registry.resolve(symbol[..<power]) != nil {
      return String(symbol[..<power])
    }
    return nearest(to: symbol, in: registry)
  }

  /// The symbol in brackets, with or without a prefix before them (`iU`, `degF`, `mIU`).
  private static func withBrackets(_ symbol: String, in registry: UnitRegistry) -> String? {
    if registry.atoms["[\(symbol)]"] != nil { return "[\(symbol)]" }
    for length in 1...2 where symbol.utf8.count > length {
      let rest = "[\(symbol.dropFirst(length))]"
      if registry.prefixes[String(symbol.prefix(length))] != nil, registry.atoms[rest]?.isMetric == true {
        return symbol.prefix(length) + rest
      }
    }
    return nil
  }

  /// The symbol that differs least: in case only, else by one or two characters.
  private static func nearest(to symbol: String, in registry: UnitRegistry) -> String? {
    let wanted = Array(symbol.utf8)
    var best: (symbol: String, distance: Int)?
    func consider(_ candidate: String) {
      guard abs(candidate.utf8.count - wanted.count) <= 2 else { return }
      let isSameInOtherCase = candidate.lowercased() == symbol.lowercased()
      let distance = isSameInOtherCase ? 0 : distance(wanted, Array(candidate.utf8))
      // Of equals the shorter, then the first by name: the answer must not depend on the order of a dictionary.
      let isBetter =
        best.map { (distance, candidate.utf8.count, candidate) < ($0.distance, $0.symbol.utf8.count, $0.symbol) }
      if isBetter ?? true { best = (candidate, distance) }
    }
    for atom in registry.atoms.values {
      consider(atom.code)
      if atom.isMetric {
        for prefix in ["k", "d", "c", "m", "u", "n", "p", "f"] { consider(prefix + atom.code) }
      }
    }
    guard let best, best.distance <= (wanted.count >= 5 ? 2 : wanted.count >= 3 ? 1 : 0) else { return nil }
    return best.symbol
  }

  /// Characters to insert, delete or replace.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let above = row[j + 1]
        row[j + 1] = min(min(above, row[j]) + 1, diagonal + (x == y ? 0 : 1))
        diagonal = above
      }
    }
    return row[b.count]
  }
}
