// Operators on strings. Positions and lengths count Unicode scalars.
//
// Source: HL7 CQL 1.5, Appendix B, "String Operators".

extension Operator {
  static let strings: [Operator] = [
    Operator(
      "Combine", spec: "09-b-cqlreference.html#combine",
      examples: [("Combine({ 'a', 'b', 'c' }, '-')", "'a-b-c'"), ("Combine({})", "null")],
      overloads: [
        .general([.list(.string)], .string) { (values, _) in combine(values[0], separator: .null) },
        .general([.list(.string), .string], .string) { (values, _) in combine(values[0], separator: values[1]) },
      ]),
    Operator(
      "Concatenate", spec: "09-b-cqlreference.html#concatenate",
      examples: [("Concatenate('a', 'b')", "'ab'"), ("Concatenate('a', null)", "null")],
      overloads: [.strict { (a: String, b: String) -> String? in a + b }]),
    Operator(
      "ConcatenateWithNull", .infix("&"), spec: "09-b-cqlreference.html#concatenate",
      examples: [("'John' & null & ' Doe'", "'John Doe'"), ("'a' & 'b'", "'ab'")],
      overloads: [.nullAware { (a: String?, b: String?) -> String? in (a ?? "") + (b ?? "") }]),
    Operator(
      "EndsWith", spec: "09-b-cqlreference.html#endswith",
      examples: [("EndsWith('ABC', 'C')", "true"), ("EndsWith('ABC', 'Z')", "false")],
      overloads: [
        .strict { (text: String, suffix: String) -> Bool? in
          text.utf8.count >= suffix.utf8.count && text.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
        }
      ]),
    Operator(
      "StartsWith", spec: "09-b-cqlreference.html#startswith",
      examples: [("StartsWith('ABCDE', 'ABC')", "true"), ("StartsWith('ABCDE', 'XYZ')", "false")],
      overloads: [.strict { (text: String, prefix: String) -> Bool? in text.utf8.starts(with: prefix.utf8) }]),
    Operator(
      "Length", spec: "09-b-cqlreference.html#length",
      examples: [("Length('ABCDE')", "5"), ("Length(null as String)", "null"), ("Length({ 1, null })", "2")],
      overloads: [
        .strict { (text: String) -> Int32? in Int32(exactly: text.unicodeScalars.count) },
        .generic([.list(.variable("T"))]) { (values, _) -> Int32? in
          Int32(clamping: values[0].elements?.count ?? 0)
        },
      ]),
    Operator(
      "Lower", spec: "09-b-cqlreference.html#lower",
      examples: [("Lower('Ab')", "'ab'"), ("Lower(null)", "null")],
      overloads: [.strict { (text: String) -> String? in text.lowercased() }]),
    Operator(
      "Upper", spec: "09-b-cqlreference.html#upper",
      examples: [("Upper('ab')", "'AB'"), ("Upper(null)", "null")],
      overloads: [.strict { (text: String) -> String? in text.uppercased() }]),
    Operator(
      "PositionOf", spec: "09-b-cqlreference.html#positionof",
      examples: [("PositionOf('B', 'ABCDEDCBA')", "1"), ("PositionOf('Z', 'ABCDE')", "-1")],
      overloads: [
        .strict { (pattern: String, text: String) -> Int32? in Scalars(text).first(Scalars(pattern), from: 0).position }
      ]),
    Operator(
      "LastPositionOf", spec: "09-b-cqlreference.html#lastpositionof",
      examples: [("LastPositionOf('B', 'ABCDEDCBA')", "7"), ("LastPositionOf('Z', 'ABCDE')", "-1")],
      overloads: [
        .strict { (pattern: String, text: String) -> Int32? in Scalars(text).last(Scalars(pattern)).position }
      ]),
    Operator(
      "Split", spec: "09-b-cqlreference.html#split",
      examples: [("Split('A B C', ' ')", "{'A', 'B', 'C'}"), ("Split('A B C', ',')", "{'A B C'}")],
      overloads: [
        .general([.string, .string], .list(.string)) { (values, _) in
          guard let text = String(values[0]) else { return .null }
          guard let separator = String(values[1]), !separator.isEmpty else { return .list([.string(text)]) }
          return .list(Scalars(text).split(by: Scalars(separator)).map { .string($0) })
        }
      ]),
    Operator(
      "Substring", spec: "09-b-cqlreference.html#substring",
      examples: [
        ("Substring('ABCDE', 2)", "'CDE'"), ("Substring('ABCDE', 2, 1)", "'C'"), ("Substring('AB', 2)", "null"),
      ],
      overloads: [
        .strict { (text: String, start: Int32) -> String? in Scalars(text).substring(from: Int(start), count: nil) },
        .nullAware { (text: String?, start: Int32?, count: Int32?) -> String? in
          guard let text, let start else { return nil }
          return Scalars(text).substring(from: Int(start), count: count.map { Int($0) })
        },
      ]),
    Operator(
      "Matches", spec: "09-b-cqlreference.html#matches",
      examples: [("Matches('1,2three', '\\\\d,\\\\d\\\\w+')", "true"), ("Matches('1,2three', '^\\\\w+$')", "false")],
      overloads: [
        .strict { (text: String, pattern: String) throws(EvaluationError) -> Bool? in
          try Pattern(pattern).isFound(in: text)
        }
      ]),
    Operator(
      "ReplaceMatches", spec: "09-b-cqlreference.html#replacematches",
      examples: [
        ("ReplaceMatches('ABCDE', 'C', 'XYZ')", "'ABXYZDE'"), ("ReplaceMatches('ab', '(a)(b)', '$2$1')", "'ba'"),
      ],
      overloads: [
        .strict { (text: String, pattern: String, substitution: String) throws(EvaluationError) -> String? in
          try Pattern(pattern).replacing(in: text, with: substitution)
        }
      ]),
    Operator(
      "SplitOnMatches", spec: "09-b-cqlreference.html#splitonmatches",
      examples: [
        ("SplitOnMatches('a1b22c', '\\\\d+')", "{'a', 'b', 'c'}"), ("SplitOnMatches('abc', '\\\\d')", "{'abc'}"),
      ],
      overloads: [
        .general([.string, .string], .list(.string)) { (values, _) throws(EvaluationError) in
          guard let text = String(values[0]) else { return .null }
          guard let pattern = String(values[1]) else { return .list([.string(text)]) }
          return .list(try Pattern(pattern).split(text).map { .string($0) })
        }
      ]),
  ]

  /// Strings one after another; null for no list and for a list without strings.
  private static func combine(_ list: Value, separator: Value) -> Value {
    guard let elements = list.elements else { return .null }
    let texts = elements.compactMap { String($0) }
    return texts.isEmpty ? .null : .string(texts.joined(separator: String(separator) ?? ""))
  }
}

extension Optional where Wrapped == Int {
  /// A position, -1 for none.
  fileprivate var position: Int32? { Int32(exactly: self ?? -1) }
}

/// A string as an array of its Unicode scalars.
struct Scalars {
  let scalars: [Unicode.Scalar]

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  private func matches(_ pattern: Scalars, at index: Int) -> Bool {
    scalars[index..<(index + pattern.scalars.count)].elementsEqual(pattern.scalars)
  }

  /// Where a pattern first begins at or after an index.
  func first(_ pattern: Scalars, from start: Int) -> Int? {
    guard start <= scalars.count - pattern.scalars.count else { return nil }
    return (start...(scalars.count - pattern.scalars.count)).first { matches(pattern, at: $0) }
  }

  /// Where a pattern last begins.
  func last(_ pattern: Scalars) -> Int? {
    guard scalars.count >= pattern.scalars.count else { return nil }
    return (0...(scalars.count - pattern.scalars.count)).last { matches(pattern, at: $0) }
  }

  /// The pieces between the occurrences of a separator that is not empty.
  func split(by separator: Scalars) -> [String] {
    var pieces: [String] = []
    var start = 0
    while let next = first(separator, from: start) {
      pieces.append(text(start..<next))
      start = next + separator.scalars.count
    }
    return pieces + [text(start..<scalars.count)]
  }

  /// The scalars from an index on; nil if there is none at it.
  func substring(from start: Int, count: Int?) -> String? {
    guard start >= 0, start < scalars.count else { return nil }
    return text(start..<min(scalars.count, start + max(0, count ?? scalars.count)))
  }

  func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }
}
