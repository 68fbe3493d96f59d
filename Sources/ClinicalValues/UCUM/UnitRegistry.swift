/// A unit of the table, with what it is worth in base units.
struct UnitAtom: Sendable {
  let code: String
  let symbol: String
  let name: String
  let isMetric: Bool
  /// The unit in base units; inside the scale, for a special unit.
  let measure: Measure
  let scale: SpecialScale?
}

/// A prefix, such as milli.
struct UnitPrefix: Hashable, Sendable {
  let code: String
  let symbol: String
  let name: String
  let factor: Rational
}

/// All units and prefixes, resolved to base units once.
struct UnitRegistry: Sendable {
  static let shared = UnitRegistry()

  private(set) var atoms: [String: UnitAtom] = [:]
  let prefixes: [String: UnitPrefix]

  private init() {
    let decimal = UnitTable.decimalPrefixes.map {
      UnitPrefix(code: $0.0, symbol: $0.1, name: $0.2, factor: .powerOfTen($0.3))
    }
    let binary = UnitTable.binaryPrefixes.map {
      UnitPrefix(code: $0.0, symbol: $0.1, name: $0.2, factor: Rational(BigUInt.one << $0.3))
    }
    prefixes = Dictionary(uniqueKeysWithValues: (decimal + binary).map { ($0.code, $0) })
    for (lane, (code, symbol, name)) in UnitTable.base.enumerated() {
      let measure = Measure(factor: .one, dimension: Dimension(lane: lane))
      atoms[code] = UnitAtom(code: code, symbol: symbol, name: name, isMetric: true, measure: measure, scale: nil)
    }
    // Definitions refer to each other in any order: what cannot be resolved yet waits for the next round.
    var waiting = UnitTable.lines
    while !waiting.isEmpty {
      let rest = waiting.filter { !define($0) }
      precondition(rest.count < waiting.count, "The table of units has a definition that leads nowhere: \(rest)")
      waiting = rest
    }
  }

  /// Adds the unit of a line; false if its definition needs a unit that is not known yet.
  private mutating func define(_ line: Substring) -> Bool {
    let fields = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    precondition(fields.count == 7, "A line of the table of units has not seven fields: \(line)")
    let (code, flags, function) = (fields[0], fields[1], fields[2])
    var parser = UnitParser(fields[4], registry: self)
    guard let value = Rational(fields[3]),
      let term = try? parser.parse(), let inner = term.measure
    else { return false }
    var measure = inner
    measure.factor = measure.factor * value
    if flags.contains("a"), measure.arbitrary.isEmpty { measure.arbitrary = [code: 1] }
    if code == "mol" { measure.dimension = .substance }
    atoms[code] = UnitAtom(
      code: code, symbol: fields[5].isEmpty ? code : fields[5], name: fields[6], isMetric: flags.contains("m"),
      measure: measure, scale: SpecialScale(rawValue: function))
    return true
  }

  /// The unit that a symbol names, with its prefix; a unit of the table comes before a prefix with another.
  func resolve(_ symbol: some StringProtocol) -> (prefix: UnitPrefix?, atom: UnitAtom)? {
    if let atom = atoms[String(symbol)] { return (nil, atom) }
    for length in 1...2 where symbol.utf8.count > length {
      let code = String(symbol.prefix(length))
      if let prefix = prefixes[code], let atom = atoms[String(symbol.dropFirst(length))], atom.isMetric {
        return (prefix, atom)
      }
    }
    return nil
  }
}
