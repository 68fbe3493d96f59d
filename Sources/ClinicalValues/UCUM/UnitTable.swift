/// The units and prefixes of UCUM 2.2, as lines of text.
///
/// A line of units reads `code|flags|function|value|unit|symbol|name`: the unit is `value` times `unit`; flag `m` says
/// that it takes prefixes (metric), flag `a` that it is arbitrary (defined by a procedure, comparable only to itself);
/// `function` names the scale of a special unit (`SpecialScale`), whose `value` and `unit` then stand inside it.
///
/// Source: The Unified Code for Units of Measure, version 2.2 (2024-06-17), Regenstrief Institute, whose codes, values
/// and names these are; its license is at https://unitsofmeasure.org/license.
enum UnitTable {
  /// The seven base units, in the order of `Dimension`: code, symbol, name.
  static let base = [
    ("m", "m", "meter"), ("s", "s", "second"), ("g", "g", "gram"), ("rad", "rad", "radian"), ("K", "K", "kelvin"),
    ("C", "C", "coulomb"), ("cd", "cd", "candela"),
  ]

  /// Code, symbol, name and value as a power of ten.
  static let decimalPrefixes = [
    ("Y", "Y", "yotta", 24), ("Z", "Z", "zetta", 21), ("E", "E", "exa", 18), ("P", "P", "peta", 15),
    ("T", "T", "tera", 12), ("G", "G", "giga", 9), ("M", "M", "mega", 6), ("k", "k", "kilo", 3), ("h", "h", "hecto", 2),
    ("da", "da", "deka", 1), ("d", "d", "deci", -1), ("c", "c", "centi", -2), ("m", "m", "milli", -3),
    ("u", "μ", "micro", -6), ("n", "n", "nano", -9), ("p", "p", "pico", -12), ("f", "f", "femto", -15),
    ("a", "a", "atto", -18), ("z", "z", "zepto", -21), ("y", "y", "yocto", -24),
  ]

  /// Code, symbol, name and value as a power of two.
  static let binaryPrefixes = [
    ("Ki", "Ki", "kibi", 10), ("Mi", "Mi", "mebi", 20), ("Gi", "Gi", "gibi", 30), ("Ti", "Ti", "tebi", 40),
  ]

  /// All lines of units.
  static var lines: [Substring] {
    [metric, customary, clinical].flatMap { $0.split(separator: "\n") }.filter { !$0.hasPrefix("#") }
  }
}
