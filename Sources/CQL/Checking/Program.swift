/// A checked set of libraries: every reference resolved, every expression typed, ready to be lowered or interpreted.
public struct Program: Sendable {
  /// The libraries, included ones before those that include them; the last is the main one.
  public internal(set) var libraries: [CheckedLibrary]

  /// An empty program, to which the checker adds.
  init() { libraries = [] }
}

/// One library of a program.
public struct CheckedLibrary: Sendable {
  /// Name in its `library` declaration, empty where it has none.
  public let name: String
  /// Version in its declaration.
  public let version: String?
  /// The file it came from, for messages.
  public let file: String
  /// Expression definitions in the order of the text.
  public internal(set) var definitions: [Definition]
  /// Function definitions in the order of the text; one entry an overload.
  public internal(set) var functions: [Function]
  /// Parameters.
  public internal(set) var parameters: [Parameter]
  /// Value sets by their local name.
  public internal(set) var valueSets: [String: ValueSetName]
}

/// `define "Name": expression`.
public struct Definition: Sendable {
  /// Its name.
  public let name: String
  /// Where it stands.
  public let location: SourceLocation
  /// Its meaning.
  public let body: Node
  /// Scope values that its body needs room for.
  public let slotCount: Int
  /// `@tag: value` lines of the comment before it (CQL 1.5, "Tags").
  public let tags: [String: String]
  /// Marked `private`.
  public let isPrivate: Bool
}

/// `define function "Name"(a A, b B): expression`. Operands take the first slots.
public struct Function: Sendable {
  /// Its name.
  public let name: String
  /// Where it stands.
  public let location: SourceLocation
  /// Names and types of its operands.
  public let operands: [(name: String, type: CQLType)]
  /// Type of its result.
  public let result: CQLType
  /// Its meaning; nil for an external function.
  public let body: Node?
  /// Scope values that its body needs room for, operands included.
  public let slotCount: Int
  /// `@tag: value` lines of the comment before it.
  public let tags: [String: String]
}

/// `parameter "Name" Type default expression`.
public struct Parameter: Sendable {
  /// Its name.
  public let name: String
  /// Its type.
  public let type: CQLType
  /// Its default.
  public let defaultValue: Node?
  /// Where it stands.
  public let location: SourceLocation
}

/// A place in a text: lines and columns count from 1, columns in characters.
public struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
  /// The file, or `<expression>`.
  public let file: String
  /// Line, from 1.
  public let line: Int
  /// Column, from 1.
  public let column: Int
  /// A place.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
  /// `file:line:column`.
  public var description: String { "\(file):\(line):\(column)" }
}

/// A typed expression.
public final class Node: Sendable {
  /// What it is.
  public let kind: Kind
  /// Its type.
  public let type: CQLType
  /// Where it stands.
  public let location: SourceLocation

  /// A typed expression.
  public init(_ kind: Kind, type: CQLType, at location: SourceLocation) {
    self.kind = kind
    self.type = type
    self.location = location
  }

  /// What an expression is, after checking. Scope values are slots of the running definition or function.
  public enum Kind: Sendable {
    case literal(Value)
    /// An operator's overload on operands that have its operand types (conversions are nodes of their own).
    case apply(name: String, overload: Overload, operands: [Node])
    /// An expression definition, by indices into `Program.libraries` and its `definitions`.
    case definition(library: Int, index: Int)
    /// A parameter, by indices.
    case parameter(library: Int, index: Int)
    /// A call of a defined function, by indices.
    case call(library: Int, index: Int, arguments: [Node])
    /// The value of a slot: operand, alias, let, `$this`, `$index`, `$total`.
    case slot(Int)
    case retrieve(className: String, codePath: String?, terminology: Node?)
    /// An element of an object, a tuple, or an interval's `low`, `high` ... On a list: of each of its elements (flattened).
    case property(Node, name: String)
    case list([Node])
    case tuple([(name: String, value: Node)])
    /// An instance selector of a System class or a model class (`Quantity { value: 1, unit: 'g' }`).
    case instance(className: String, elements: [(name: String, value: Node)])
    case interval(low: Node, lowClosed: Closedness, high: Node, highClosed: Closedness)
    case ifThenElse(condition: Node, then: Node, otherwise: Node)
    /// `case when c then x ... else y end`, or with `comparand`: `comparand = c`.
    case caseOf(comparand: Node?, items: [(when: Node, then: Node)], otherwise: Node)
    /// `x is T`.
    case isType(Node, CQLType)
    /// `x as T`: null where it is of another type, an error if `strict` (`cast x as T`).
    case asType(Node, CQLType, strict: Bool)
    case query(Query)
  }

  /// Whether a bound is part of its interval: known from the text, or an expression (`lowClosed` of instances).
  public enum Closedness: Sendable {
    case fixed(Bool)
    case computed(Node)
  }
}

/// A query, clause by clause.
public struct Query: Sendable {
  /// Sources in order; more than one is a cross product. A source that is no list is taken as itself, and so then is the
  /// result; where such a source is null, so is the result, and nothing else is evaluated.
  public let sources: [(slot: Int, source: Node, isList: Bool)]
  /// `let` items.
  public let lets: [(slot: Int, value: Node)]
  /// `with` and `without`, in order.
  public let relationships: [Relationship]
  /// `where`.
  public let filter: Node?
  /// `return`; nil: the source itself. Where several sources have none, the checker writes the tuple of them.
  public let result: Node?
  /// `return` is distinct unless `all` is written.
  public let isDistinct: Bool
  /// `aggregate`.
  public let aggregate: Aggregate?
  /// `sort`.
  public let sort: [SortItem]
  /// The result is a list (some source is one, and there is no aggregate).
  public let isList: Bool

  /// `with X such that c`, `without X such that c`.
  public struct Relationship: Sendable {
    /// Slot of its alias.
    public let slot: Int
    /// The related source.
    public let source: Node
    /// Whether the source is a list.
    public let isList: Bool
    /// `such that`.
    public let condition: Node
    /// `without`.
    public let isNegated: Bool
  }

  /// `aggregate [distinct] name starting x: expression`.
  public struct Aggregate: Sendable {
    /// Slot of the accumulator.
    public let slot: Int
    /// `distinct`.
    public let isDistinct: Bool
    /// `starting`; null where it is not written.
    public let start: Node
    /// The step.
    public let step: Node
  }

  /// One key of `sort`.
  public struct SortItem: Sendable {
    /// The key, over the slot of `$this`; nil: the element itself.
    public let key: Node?
    /// Slot that holds the element while `key` is computed.
    public let slot: Int
    /// `desc`.
    public let isDescending: Bool
  }
}
