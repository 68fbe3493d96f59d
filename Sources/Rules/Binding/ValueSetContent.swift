import ClinicalValues
import FHIR

/// What is in a value set.
struct ValueSetContent {
  struct Entry: Hashable {
    let system: String?
    let code: String
  }
  var codes: Set<Entry> = []
  /// Code systems that are in it as a whole, but for `removed`.
  var systems: Set<String> = []
  var removed: Set<Entry> = []

  func contains(_ code: Code) -> Bool {
    guard let system = code.system else { return codes.contains { $0.code == code.code } }
    let entry = Entry(system: system, code: code.code)
    return codes.contains(entry) || (systems.contains(system) && !removed.contains(entry))
  }

  mutating func formUnion(_ other: ValueSetContent) {
    // A code that either side has is in the union.
    removed = removed.filter {
      !other.codes.contains($0) && (other.removed.contains($0) || !other.systems.contains($0.system ?? ""))
    }
    removed.formUnion(
      other.removed.filter { !codes.contains($0) && !systems.contains($0.system ?? "") })
    codes.formUnion(other.codes)
    systems.formUnion(other.systems)
  }

  mutating func subtract(_ other: ValueSetContent) {
    codes = codes.filter { !other.contains(Code($0.code, system: $0.system)) }
    systems.subtract(other.systems)
    removed.formUnion(other.codes.filter { systems.contains($0.system ?? "") })
  }

  /// Codes of concepts and of those below them.
  static func collect(_ concepts: [Element], into codes: inout Set<String>) {
    for concept in concepts {
      if let code = concept.first("code")?.text { codes.insert(code) }
      collect(concept.all("concept"), into: &codes)
    }
  }
}

/// Lists a ValueSet resource. Source: FHIR R4, ValueSet ("Value Set Compose", "Expansion").
struct ValueSetReader {
  let definitions: [String: Element]
  /// Why the value set cannot be listed.
  private(set) var reason: String?
  private var open: Set<String> = []

  init(definitions: [String: Element]) { self.definitions = definitions }

  /// What is in the value set; nil, with a reason, where it cannot be told from the files.
  mutating func content(of definition: Element, named name: String) -> ValueSetContent? {
    guard open.insert(name).inserted else {
      reason = "The value set includes itself (by way of \(name))."
      return nil
    }
    defer { open.remove(name) }
    if let expansion = definition.first("expansion") {
      var content = ValueSetContent()
      collect(expansion.all("contains"), into: &content)
      return content
    }
    guard let compose = definition.first("compose") else {
      reason = "The value set has neither an expansion nor a compose."
      return nil
    }
    var content = ValueSetContent()
    for include in compose.all("include") {
      guard let part = part(include) else { return nil }
      content.formUnion(part)
    }
    for exclude in compose.all("exclude") {
      guard let part = part(exclude) else { return nil }
      content.subtract(part)
    }
    return content
  }

  private func collect(_ entries: [Element], into content: inout ValueSetContent) {
    for entry in entries {
      if let code = entry.first("code")?.text, entry.first("abstract")?.boolean != true {
        content.codes.insert(.init(system: entry.first("system")?.text, code: code))
      }
      collect(entry.all("contains"), into: &content)
    }
  }

  /// What one include or exclude means: the codes of its system that are in all of its value sets.
  private mutating func part(_ include: Element) -> ValueSetContent? {
    guard include.all("filter").isEmpty else {
      reason = "The value set is defined by a filter, which only a terminology server can expand."
      return nil
    }
    var part: ValueSetContent?
    if let system = include.first("system")?.text {
      let concepts = include.all("concept").compactMap { $0.first("code")?.text }
      part =
        concepts.isEmpty
        ? ValueSetContent(systems: [system])
        : ValueSetContent(codes: Set(concepts.map { .init(system: system, code: $0) }))
    }
    for url in include.all("valueSet").compactMap(\.text) {
      guard let definition = definitions[url] else {
        reason = "The value set includes \(url), which is not here."
        return nil
      }
      guard let inner = content(of: definition, named: url) else { return nil }
      guard let outer = part else {
        part = inner
        continue
      }
      part = intersection(outer, inner)
    }
    return part ?? ValueSetContent()
  }

  private func intersection(_ a: ValueSetContent, _ b: ValueSetContent) -> ValueSetContent {
    let codes = a.codes.filter { b.contains(Code($0.code, system: $0.system)) }
      .union(b.codes.filter { a.contains(Code($0.code, system: $0.system)) })
    return ValueSetContent(
      codes: codes, systems: a.systems.intersection(b.systems), removed: a.removed.union(b.removed))
  }
}
