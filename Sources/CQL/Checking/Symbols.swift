import ClinicalValues

/// What a name of a library stands for.
enum Symbol {
  case definition(Int)
  case parameter(Int)
  case function
  case valueSet(ValueSetName)
  case codeSystem(CodeSystemName)
  case code(Code)
  case concept(Concept)
  /// An included library, by its index in the program; nil where it could not be compiled.
  case library(Int?)

  /// How a message calls it.
  var noun: String {
    switch self {
    case .definition: "a definition"
    case .parameter: "a parameter"
    case .function: "a function"
    case .valueSet: "a value set"
    case .codeSystem: "a code system"
    case .code: "a code"
    case .concept: "a concept"
    case .library: "an included library"
    }
  }
}

/// The names of a library as another one sees them.
struct Exports {
  var symbols: [String: Symbol] = [:]
  var privateNames: Set<String> = []
  /// Indices of functions by name, in `CheckedLibrary.functions`.
  var functions: [String: [Int]] = [:]
  var privateFunctions: Set<Int> = []
  var fluentFunctions: Set<Int> = []
  /// How deep evaluation goes, for each definition, function and parameter that was checked.
  var heights: [Callee: Int] = [:]
}

/// A definition, function or parameter of a library, by its number.
enum Callee: Hashable {
  case definition(Int)
  case function(Int)
  case parameter(Int)
}

/// The local names of a definition or function while its body is checked, and the slots that they take.
struct Scope {
  struct Binding {
    let name: String
    let slot: Int
    let type: CQLType
  }

  var bindings: [Binding] = []
  var slotCount = 0
  /// The element whose own elements can be named without it: while a sort key is checked.
  var implicit: Binding?
  /// Aggregates without a starting value around this place; their steps are checked twice each.
  var inferredAggregates = 0

  /// A new slot.
  mutating func slot() -> Int {
    slotCount += 1
    return slotCount - 1
  }

  mutating func bind(_ name: String, _ type: CQLType) -> Int {
    let slot = slot()
    bindings.append(Binding(name: name, slot: slot, type: type))
    return slot
  }

  func lookup(_ name: String) -> Binding? { bindings.last { $0.name == name } }
}

/// The names most like a misspelled one.
enum Suggestion {
  /// ` Did you mean 'Age'?`, where a name is near enough.
  static func text(for name: String, among names: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased().unicodeScalars)
    guard wanted.count <= 64 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in names.sorted() where candidate != name {
      let other = Array(candidate.lowercased().unicodeScalars)
      guard abs(other.count - wanted.count) <= 2 else { continue }
      let distance = distance(wanted, other)
      if distance <= min(2, max(1, wanted.count / 3)), distance < min(wanted.count, best?.distance ?? Int.max) {
        best = (candidate, distance)
      }
    }
    return best.map { "Did you mean '\($0.name)'?" }
  }

  /// Insertions, deletions, replacements and exchanges of neighbors between two texts.
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var rows = [Array(0...b.count)]
    for (i, x) in a.enumerated() {
      var row = [i + 1]
      for (j, y) in b.enumerated() {
        var least = min(rows[i][j] + (x == y ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, x == b[j - 1], a[i - 1] == y { least = min(least, rows[i - 1][j - 1] + 1) }
        row.append(least)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
