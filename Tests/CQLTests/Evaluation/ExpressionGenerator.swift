/// Writes random, mostly well-typed expressions of the language; the same seed gives the same expressions.
struct ExpressionGenerator {
  enum Kind: CaseIterable { case boolean, integer, decimal, string, date, dateTime, quantity, integers, interval }

  private var state: UInt64
  private var scope: [(name: String, kind: Kind)] = []
  private var names = 0

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  private mutating func next(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }

  private mutating func pick(_ choices: [String]) -> String { choices[next(choices.count)] }

  /// An expression of some kind.
  mutating func expression() -> String {
    let kind = Kind.allCases[next(Kind.allCases.count)]
    return make(kind, 4)
  }

  private mutating func make(_ kind: Kind, _ depth: Int) -> String {
    let known = scope.filter { $0.kind == kind }
    if !known.isEmpty, next(3) == 0 { return known[next(known.count)].name }
    guard depth > 0 else { return literal(kind) }
    switch next(8) {
    case 0: return literal(kind)
    case 1:
      return "(if \(make(.boolean, depth - 1)) then \(make(kind, depth - 1)) else \(make(kind, depth - 1)))"
    case 2:
      return "Coalesce(\(make(kind, depth - 1)), \(make(kind, depth - 1)))"
    case 3:
      let (a, b, c) = (make(.boolean, depth - 1), make(kind, depth - 1), make(kind, depth - 1))
      return "(case when \(a) then \(b) else \(c) end)"
    default: return operation(kind, depth - 1)
    }
  }

  private mutating func literal(_ kind: Kind) -> String {
    switch kind {
    case .boolean: pick(["true", "false", "(null as Boolean)"])
    case .integer: pick(["0", "1", "-3", "17", "2147483647", "(null as Integer)"])
    case .decimal: pick(["0.5", "-1.25", "3.0", "9999999.99999999", "(null as Decimal)"])
    case .string: pick(["'a'", "'Bc'", "''", "'1.5'", "(null as String)"])
    case .date: pick(["@2026-01-31", "@2024-02-29", "@2025-03", "@2025", "@0001-01-01", "(null as Date)"])
    case .dateTime:
      pick(["@2026-01-31T10:00:00.000Z", "@2025-12-31T23:30", "@2025-06T", "(null as DateTime)"])
    case .quantity: pick(["5 'mg'", "0.2 'g'", "3 'd'", "-1.5 'mg'", "(null as Quantity)"])
    case .integers:
      pick(["{ 1, 2, 2, null }", "{ 5 }", "(List<Integer>{ })", "{ 3, -1, 2 }", "(null as List<Integer>)"])
    case .interval:
      pick([
        "Interval[1, 5]", "Interval(0, 10)", "Interval[3, null)", "Interval[null, 4]", "(null as Interval<Integer>)",
      ])
    }
  }

  private mutating func operation(_ kind: Kind, _ depth: Int) -> String {
    switch kind {
    case .boolean: boolean(depth)
    case .integer: integer(depth)
    case .decimal:
      pick([
        "(\(make(.decimal, depth)) \(pick(["+", "-", "*", "/"])) \(make(.decimal, depth)))",
        "Abs(\(make(.decimal, depth)))", "Round(\(make(.decimal, depth)))",
        "ToDecimal(\(make(.integer, depth)))",
      ])
    case .string:
      pick([
        "(\(make(.string, depth)) + \(make(.string, depth)))", "ToString(\(make(.integer, depth)))",
        "Upper(\(make(.string, depth)))", "Substring(\(make(.string, depth)), \(make(.integer, 0)))",
      ])
    case .date: "(\(make(.date, depth)) \(pick(["+", "-"])) \(pick(["1 month", "40 days", "1 year", "2 weeks"])))"
    case .dateTime: "(\(make(.dateTime, depth)) \(pick(["+", "-"])) \(pick(["1 month", "90 minutes", "1 day"])))"
    case .quantity: "(\(make(.quantity, depth)) \(pick(["+", "-"])) \(make(.quantity, depth)))"
    case .integers: integers(depth)
    case .interval:
      pick([
        "Interval[\(make(.integer, 0)), \(make(.integer, depth))]",
        "(\(make(.interval, depth)) \(pick(["union", "intersect", "except"])) \(make(.interval, depth)))",
      ])
    }
  }

  private mutating func boolean(_ depth: Int) -> String {
    switch next(9) {
    case 0, 1:
      return "(\(make(.boolean, depth)) \(pick(["and", "or", "xor", "implies"])) \(make(.boolean, depth)))"
    case 2: return "(not \(make(.boolean, depth)))"
    case 3:
      return "(\(make(.boolean, depth)) \(pick(["is null", "is true", "is not false"])))"
    case 4:
      let kind: Kind = [.integer, .decimal, .string, .date, .dateTime, .quantity][next(6)]
      return "(\(make(kind, depth)) \(pick(["<", "<=", ">", ">=", "=", "!=", "~"])) \(make(kind, depth)))"
    case 5: return "(exists (\(make(.integers, depth))))"
    case 6: return "(\(make(.integer, depth)) in \(make(.interval, depth)))"
    case 7:
      return "(\(make(.interval, depth)) \(pick(["overlaps", "before", "during", "meets"])) \(make(.interval, depth)))"
    default:
      let word = pick(["same month as", "before", "same day or after", "on or before"])
      return "(\(make(.date, depth)) \(word) \(make(.date, depth)))"
    }
  }

  private mutating func integer(_ depth: Int) -> String {
    switch next(6) {
    case 0, 1: return "(\(make(.integer, depth)) \(pick(["+", "-", "*", "div", "mod"])) \(make(.integer, depth)))"
    case 2: return "\(pick(["Count", "Sum", "Min", "Max", "First", "Last"]))(\(make(.integers, depth)))"
    case 3: return "Length(\(make(.string, depth)))"
    case 4:
      return query(depth) { generator in
        let total = generator.fresh("T")
        generator.scope.append((total, .integer))
        let step = generator.make(.integer, depth - 1)
        generator.scope.removeLast()
        return "aggregate \(total) starting (\(generator.literal(.integer))): \(step)"
      }
    default: return "(\(pick(["days", "months", "years"])) between \(make(.date, depth)) and \(make(.date, depth)))"
    }
  }

  private mutating func integers(_ depth: Int) -> String {
    switch next(5) {
    case 0: return "{ \(make(.integer, depth)), \(make(.integer, depth)) }"
    case 1: return "(\(make(.integers, depth)) \(pick(["union", "intersect", "except"])) \(make(.integers, depth)))"
    case 2: return "(\(pick(["Tail", "distinct "]))(\(make(.integers, depth))))"
    default:
      return query(depth) { generator in
        let condition = generator.next(2) == 0 ? "where \(generator.make(.boolean, depth - 1)) " : ""
        let result = "return \(generator.pick(["", "all "]))\(generator.make(.integer, depth - 1))"
        return condition + result + generator.pick(["", " sort asc", " sort desc"])
      }
    }
  }

  private mutating func query(_ depth: Int, _ clauses: (inout ExpressionGenerator) -> String) -> String {
    let source = make(.integers, depth)
    let element = fresh("X")
    scope.append((element, .integer))
    let rest = clauses(&self)
    scope.removeAll { $0.name == element }
    return "((\(source)) \(element) \(rest))"
  }

  private mutating func fresh(_ prefix: String) -> String {
    names += 1
    return "\(prefix)\(names)"
  }
}
