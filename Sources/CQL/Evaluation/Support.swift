/// What a value rests on, as a graph that shares its parts: kept while interpreting, read only when asked.
///
/// A list keeps a support for each element and a tuple for each of its elements, so that taking one of them keeps only
/// what that one rests on.
final class Support: Sendable {
  enum Form: Sendable {
    /// Nothing: a constant.
    case nothing
    /// A record of the data.
    case record(Record)
    /// A retrieve that contributed nothing.
    case retrieve(RetrieveOutcome)
    /// All of these.
    case all([Support])
    /// These, of which any one could have given a value: the sources of a list that came out empty.
    case either([Support])
    /// A list: each element's support, and what the list rests on as a whole (it matters where the list is empty).
    case list([Support], whole: Support)
    /// A tuple's elements in their order.
    case tuple([Support])
    /// A truth value with structure of its own.
    case truth(Why)
    /// The first, and also what was needed to choose or compute it.
    case beside(Support, also: Support)
    /// The value of a named definition or of a call of a tagged function.
    case named(Support, DefinitionName)
    /// Nothing came of `source` because these conditions on its records were unknown.
    case blocked(source: Support, by: [Support])
  }

  let form: Form
  /// How deep the graph is below this node, bounded so that reading and freeing it never exhausts the stack.
  let depth: Int

  static let nothing = Support(.nothing, depth: 0)
  static let depthLimit = 500

  private init(_ form: Form, depth: Int) {
    self.form = form
    self.depth = depth
  }

  /// A node over others; beyond the depth limit it is flattened to the records and retrieves below it.
  convenience init(_ form: Form) {
    let depth = Support.depth(form)
    guard depth > Support.depthLimit else {
      self.init(form, depth: depth)
      return
    }
    let flat = Gathering.all(below: form)
    self.init(
      .all(
        flat.records.map { Support(.record($0), depth: 1) } + flat.retrieves.map { Support(.retrieve($0), depth: 1) }),
      depth: 2)
  }

  private static func depth(_ form: Form) -> Int {
    func over(_ parts: [Support]) -> Int { 1 + (parts.lazy.map(\.depth).max() ?? 0) }
    return switch form {
    case .nothing: 0
    case .record, .retrieve: 1
    case .all(let parts), .either(let parts), .tuple(let parts): over(parts)
    case .list(let elements, let whole): over(elements + [whole])
    case .truth(let why): 1 + why.depth
    case .beside(let support, let also): over([support, also])
    case .named(let support, _): 1 + support.depth
    case .blocked(let source, let conditions): over(conditions + [source])
    }
  }

  /// Whether it rests on no data at all.
  var isNothing: Bool {
    if case .nothing = form { return true }
    return false
  }
}

/// The name under which a library defines something.
public struct DefinitionName: Hashable, Sendable {
  /// The library; empty where it has no name.
  public let library: String
  /// The definition or function.
  public let name: String

  /// The name of a definition of a library.
  public init(library: String, name: String) {
    self.library = library
    self.name = name
  }
}

extension Support {
  /// All of these, without constants; long chains (`a + b + c ...`, an aggregate over many rows) stay flat.
  static func all(_ parts: [Support]) -> Support {
    var kept: [Support] = []
    for (number, part) in parts.enumerated() where !part.isNothing {
      if number == 0, case .all(let inner) = part.form, inner.count < chainLimit {
        kept = inner
      } else {
        kept.append(part)
      }
    }
    return kept.count <= 1 ? kept.first ?? .nothing : Support(.all(kept))
  }

  static let chainLimit = 256

  /// Any of these.
  static func either(_ parts: [Support]) -> Support {
    let kept = parts.filter { !$0.isNothing }
    return kept.count <= 1 ? kept.first ?? .nothing : Support(.either(kept))
  }

  /// This, and what was needed to choose it.
  func beside(_ also: Support) -> Support { also.isNothing ? self : Support(.beside(self, also: also)) }

  /// What the list rests on as a whole; of another value, all of it.
  var whole: Support {
    switch form {
    case .list(_, let whole): whole
    case .beside(let support, let also): support.whole.beside(also)
    case .named(let support, let name): support.whole.named(name)
    default: self
    }
  }

  /// This, as the value of a definition.
  func named(_ name: DefinitionName) -> Support { isNothing ? self : Support(.named(self, name)) }

  /// What each of `count` elements of a list rests on.
  func elements(_ count: Int) -> [Support] {
    switch form {
    case .list(let elements, _) where elements.count == count: elements
    case .beside(let support, let also): support.elements(count).map { $0.beside(also) }
    case .named(let support, let name): support.elements(count).map { $0.named(name) }
    default: Array(repeating: self, count: count)
    }
  }

  /// What an element of a tuple rests on.
  func element(at position: Int, of count: Int) -> Support {
    switch form {
    case .tuple(let elements) where elements.count == count: elements[position]
    case .beside(let support, let also): support.element(at: position, of: count).beside(also)
    case .named(let support, let name): support.element(at: position, of: count).named(name)
    default: self
    }
  }
}
