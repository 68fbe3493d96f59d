import ClinicalValues

/// An expression as written: names are not resolved, nothing has a type.
///
/// Operators carry their ELM name (`a + b` is the operation `Add`), so that an operator is known by its entry in
/// `Operator.all` alone.
final class Expression: Sendable {
  indirect enum Kind: Sendable {
    case null
    case boolean(Bool)
    case string(String)
    /// Digits as written, with or without a point.
    case number(String)
    case long(String)
    case date(String)
    case dateTime(String)
    case time(String)
    case quantity(number: String, unit: String)
    /// Two quantities (or numbers).
    case ratio(Expression, Expression)
    case name(String)
    /// `$this`, `$index`, `$total`.
    case special(String)
    case member(Expression, String)
    /// `f(x)`, `a.f(x)`.
    case call(target: Expression?, name: String, arguments: [Expression])
    /// An operator on its operands, in the order of the text.
    case operation(String, [Expression], Precision?)
    /// `a phrase b` of time.
    case timing(TimingPhrase, Expression, Expression)
    case between(Expression, low: Expression, high: Expression, isProper: Bool)
    /// `days between a and b`, `duration in days of i`: `DurationBetween` or `DifferenceBetween`.
    case span(String, Precision, low: Expression, high: Expression)
    case spanOf(String, Precision, Expression)
    case isType(Expression, TypeSpecifier)
    case asType(Expression, TypeSpecifier, strict: Bool)
    case convert(Expression, to: TypeSpecifier)
    case convertUnit(Expression, unit: String)
    /// `minimum T`, `maximum T`.
    case extreme(TypeSpecifier, isMaximum: Bool)
    case ifThenElse(Expression, Expression, Expression)
    case caseOf(Expression?, [CaseItem], Expression)
    case interval(low: Expression, lowClosed: Bool, high: Expression, highClosed: Bool)
    case list(TypeSpecifier?, [Expression])
    case tuple([Element])
    case instance(TypeSpecifier, [Element])
    /// `Code '8480-6' from "LOINC" display '...'`.
    case code(CodeSelector)
    case concept([CodeSelector], display: String?)
    case retrieve(RetrieveSyntax)
    case query(QuerySyntax)
  }

  struct CaseItem: Sendable {
    let when: Expression
    let then: Expression
  }

  struct Element: Sendable {
    let name: String
    let value: Expression
    let location: SourceLocation
  }

  let kind: Kind
  let location: SourceLocation
  /// Longest path to a leaf; bounded by the parser, so that whoever walks the tree may recurse.
  let depth: Int

  init(_ kind: Kind, at location: SourceLocation, depth: Int) {
    self.kind = kind
    self.location = location
    self.depth = depth
  }
}

/// A code written in place.
struct CodeSelector: Sendable {
  let code: String
  let system: QualifiedName
  let display: String?
}

/// `A.B.C`.
struct QualifiedName: Sendable {
  let parts: [String]
  let location: SourceLocation

  /// As written, with dots.
  var text: String { parts.joined(separator: ".") }
}

/// A type as written.
struct TypeSpecifier: Sendable {
  indirect enum Kind: Sendable {
    case named(QualifiedName)
    case list(TypeSpecifier)
    case interval(TypeSpecifier)
    case tuple([(name: String, type: TypeSpecifier)])
    case choice([TypeSpecifier])
  }
  let kind: Kind
  let location: SourceLocation
}

/// `[context -> Type: path comparator terminology]`.
struct RetrieveSyntax: Sendable {
  let context: Expression?
  let type: QualifiedName
  /// The path as written, dots included; nil where none is.
  let codePath: String?
  /// `in`, `=` or `~`; nil where none is written.
  let comparator: String?
  let terminology: Expression?
}

/// The phrase between the two operands of a timing expression.
struct TimingPhrase: Sendable {
  /// A boundary of an interval: `starts`, `ends` on the left, `start`, `end` on the right.
  enum Boundary: Sendable { case start, end }

  enum Relation: Sendable {
    /// `same as`, `same or before`, `same or after`: the ELM name.
    case same(String)
    case includes(isProper: Bool)
    case includedIn(isProper: Bool)
    case beforeOrAfter(isBefore: Bool, isInclusive: Bool, offset: Offset?)
    case within(Expression, isProper: Bool)
    /// `meets before`, `overlaps`, `starts` ...: the ELM name.
    case other(String)
  }

  /// `3 days`, `3 days or more`, `less than 3 days`.
  struct Offset: Sendable {
    enum Kind: Sendable { case exactly, orMore, orLess, moreThan, lessThan }
    let quantity: Expression
    let kind: Kind
  }

  let left: Boundary?
  let relation: Relation
  let precision: Precision?
  let right: Boundary?
}

/// A query as written.
struct QuerySyntax: Sendable {
  struct Source: Sendable {
    let expression: Expression
    let alias: String
    let location: SourceLocation
  }
  struct Relationship: Sendable {
    let source: Source
    let condition: Expression
    let isNegated: Bool
  }
  struct Aggregate: Sendable {
    let isDistinct: Bool
    let name: String
    let start: Expression?
    let step: Expression
  }
  struct SortItem: Sendable {
    let key: Expression?
    let isDescending: Bool
    let location: SourceLocation
  }
  enum Duplicates: Sendable { case unsaid, all, distinct }

  var sources: [Source]
  var lets: [Expression.Element] = []
  var relationships: [Relationship] = []
  var filter: Expression?
  var result: Expression?
  var duplicates = Duplicates.unsaid
  var aggregate: Aggregate?
  var sort: [SortItem] = []
}

extension Expression {
  /// The expressions directly in it.
  var children: [Expression] {
    switch kind {
    case .null, .boolean, .string, .number, .long, .date, .dateTime, .time, .quantity, .name, .special, .extreme, .code,
      .concept:
      []
    case .ratio(let a, let b), .span(_, _, let a, let b), .interval(let a, _, let b, _): [a, b]
    case .timing(let phrase, let a, let b): [a, b] + (phrase.quantity.map { [$0] } ?? [])
    case .member(let a, _), .spanOf(_, _, let a), .isType(let a, _), .asType(let a, _, _), .convert(let a, _),
      .convertUnit(let a, _):
      [a]
    case .call(let target, _, let arguments): (target.map { [$0] } ?? []) + arguments
    case .operation(_, let operands, _), .list(_, let operands): operands
    case .between(let a, let low, let high, _): [a, low, high]
    case .ifThenElse(let a, let b, let c): [a, b, c]
    case .caseOf(let comparand, let items, let otherwise):
      (comparand.map { [$0] } ?? []) + items.flatMap { [$0.when, $0.then] } + [otherwise]
    case .tuple(let elements), .instance(_, let elements): elements.map(\.value)
    case .retrieve(let retrieve): [retrieve.context, retrieve.terminology].compactMap(\.self)
    case .query(let query): query.parts.compactMap(\.self)
    }
  }
}

extension QuerySyntax {
  /// Every expression in it.
  var parts: [Expression?] {
    sources.map(\.expression) + lets.map(\.value)
      + relationships.flatMap { [$0.source.expression, $0.condition] }
      + [filter, result, aggregate?.start, aggregate?.step] + sort.map(\.key)
  }
}
