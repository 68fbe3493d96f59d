/// Walks an explanation and collects the records and retrieves that it comes down to, each once, in order.
struct Gathering {
  private(set) var records: [Record] = []
  private(set) var retrieves: [RetrieveOutcome] = []
  private(set) var definitions: [DefinitionName] = []

  private enum Item {
    case support(Support)
    case why(Why)
  }

  private struct RecordKey: Hashable {
    let index: Int
    let reference: String
    let datum: String
  }

  private var waiting: [Item] = []
  private var seen: Set<ObjectIdentifier> = []
  private var seenRecords: Set<RecordKey> = []
  private var seenRetrieves: Set<String> = []
  private var seenDefinitions: Set<DefinitionName> = []

  init(_ why: Why) {
    waiting = [.why(why)]
    run()
  }

  init(_ support: Support) {
    waiting = [.support(support)]
    run()
  }

  private init(below form: Support.Form) {
    visit(form)
    run()
  }

  /// Everything under a node that is not to be built.
  static func all(below form: Support.Form) -> Gathering { Gathering(below: form) }

  private mutating func run() {
    while let item = waiting.popLast() {
      switch item {
      case .support(let support):
        if seen.insert(ObjectIdentifier(support)).inserted { visit(support.form) }
      case .why(let why):
        if seen.insert(ObjectIdentifier(why)).inserted { visit(why) }
      }
    }
  }

  private mutating func visit(_ why: Why) {
    switch why.rule {
    case .data: waiting.append(.support(why.support))
    case .definition(let name, _), .call(let name, _):
      if seenDefinitions.insert(name).inserted { definitions.append(name) }
      fallthrough
    default: waiting.append(contentsOf: why.decidingParts.reversed().map { .why($0) })
    }
  }

  private mutating func visit(_ form: Support.Form) {
    switch form {
    case .nothing: break
    case .record(let record): add(record)
    case .retrieve(let outcome): add(outcome)
    case .all(let parts), .either(let parts), .tuple(let parts): later(parts)
    case .list(let elements, let whole): later(elements.isEmpty ? [whole] : elements)
    case .truth(let why): waiting.append(.why(why))
    case .beside(let support, let also): later([support, also])
    case .named(let support, let name):
      if seenDefinitions.insert(name).inserted { definitions.append(name) }
      later([support])
    case .blocked(let source, let conditions): later(conditions + [source])
    }
  }

  private mutating func later(_ parts: [Support]) {
    waiting.append(contentsOf: parts.reversed().map { .support($0) })
  }

  private mutating func add(_ record: Record) {
    let key = RecordKey(
      index: record.origin.index, reference: record.origin.reference, datum: record.retrieve.datum)
    if seenRecords.insert(key).inserted { records.append(record) }
  }

  private mutating func add(_ outcome: RetrieveOutcome) {
    if seenRetrieves.insert("\(outcome.className) \(outcome.datum)").inserted { retrieves.append(outcome) }
  }
}
