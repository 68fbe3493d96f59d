import CQL
import ClinicalValues
import Synchronization

/// What a definition of the libraries reads that bears on why a record cannot decide: with which ends of the laboratory's range of normal
/// it compares (`@limit` of a function), and in which window of time it looks (`@window`).
struct PartReading: Sendable {
  /// `low`, `high`.
  var limits: Set<String> = []
  /// Names of the elements that it reads: `dosage`, `reasonCode`.
  var elements: Set<String> = []
  /// The windows that it looks in, by their definitions.
  var windows: Set<DefinitionName> = []
  /// Whether it also looks in windows that are no definition, but depend on what a function is asked.
  var hasOtherWindows = false

  /// The one window that it looks in; nil where there are several, so that none can be blamed for what was passed over.
  var onlyWindow: DefinitionName? { windows.count == 1 && !hasOtherWindows ? windows.first : nil }
}

/// The readings of a program's definitions, each worked out when it is first asked for.
final class PartReadings: Sendable {
  private let program: Program
  private let known = Mutex<[DefinitionName: PartReading]>([:])

  init(_ program: Program) { self.program = program }

  subscript(_ name: DefinitionName) -> PartReading {
    if let reading = known.withLock({ $0[name] }) { return reading }
    let reading = program.reading(of: name)
    known.withLock { $0[name] = reading }
    return reading
  }
}

/// A window of time, as an evaluation has it.
struct Window: Sendable {
  /// What it is called: `the screening window`.
  let words: String
  /// Its first day.
  let first: CalendarDate
  /// Its last day.
  let last: CalendarDate
}

extension Program {
  /// Definitions that are windows, with what they are called.
  var windows: [(name: DefinitionName, words: String)] {
    libraries.flatMap { library in
      library.definitions.compactMap { definition in
        definition.tags["window"].map { (DefinitionName(library: library.name, name: definition.name), $0) }
      }
    }
  }

  /// What a definition reads, through whatever it refers to.
  fileprivate func reading(of name: DefinitionName) -> PartReading {
    var reading = PartReading()
    let owner = libraries.last { $0.name == name.library }
    var waiting = owner?.definitions.first { $0.name == name.name }.map { [$0.body] } ?? []
    var seen: Set<DefinitionName> = []
    while let node = waiting.popLast() {
      waiting += node.children
      switch node.kind {
      case .definition(let library, let index):
        let found = libraries[library].definitions[index]
        let name = DefinitionName(library: libraries[library].name, name: found.name)
        if found.tags["window"] != nil {
          reading.windows.insert(name)
        } else if seen.insert(name).inserted {
          waiting.append(found.body)
        }
      case .call(let library, let index, _):
        let found = libraries[library].functions[index]
        if let limit = found.tags["limit"] { reading.limits.insert(limit) }
        if found.tags["window"] != nil { reading.hasOtherWindows = true }
        // Overloads share a name, so a function is known by its place.
        let name = DefinitionName(library: libraries[library].name, name: "\(index)()")
        if seen.insert(name).inserted, let body = found.body { waiting.append(body) }
      case .property(_, let name): reading.elements.insert(name)
      default: break
      }
    }
    return reading
  }
}

extension Evaluation {
  /// The windows of a program as this evaluation has them.
  func windows(_ named: [(name: DefinitionName, words: String)]) throws(EvaluationError) -> [DefinitionName: Window] {
    var windows: [DefinitionName: Window] = [:]
    for (name, words) in named {
      if case .interval(let span) = try value(of: name.name, in: name.library), case .date(let first) = span.low,
        case .date(let last) = span.high
      {
        windows[name] = Window(words: words, first: first, last: last)
      }
    }
    return windows
  }
}
