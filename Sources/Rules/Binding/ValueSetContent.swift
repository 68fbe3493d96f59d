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
  /// Not all of it is listed: whether any other code is in it is not known.
  var isPartial = false

  /// Whether a code is in it; nil where that is not known. A code without a system is compared by itself with those that
  /// are listed; it may be one of a system that is in as a whole.
  func contains(_ code: Code) -> Bool? {
    guard let system = code.system else {
      return codes.contains { $0.code == code.code } ? true : systems.isEmpty && !isPartial ? false : nil
    }
    let entry = Entry(system: system, code: code.code)
    if codes.contains(entry) || (systems.contains(system) && !removed.contains(entry)) { return true }
    return isPartial ? nil : false
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
    isPartial = isPartial || other.isPartial
  }

  /// Removes what is in another; false, without a change, where it is not known what that is.
  mutating func subtract(_ other: ValueSetContent) -> Bool {
    guard let kept = filter(codes, { other.contains($0).map { !$0 } }), !other.isPartial else { return false }
    codes = kept
    systems.subtract(other.systems)
    removed.formUnion(other.codes.filter { systems.contains($0.system ?? "") })
    return true
  }

  /// What is in both; nil where that is not known.
  func intersection(_ other: ValueSetContent) -> ValueSetContent? {
    guard !isPartial, !other.isPartial, let own = filter(codes, { other.contains($0) }),
      let others = filter(other.codes, { contains($0) })
    else { return nil }
    return ValueSetContent(
      codes: own.union(others), systems: systems.intersection(other.systems), removed: removed.union(other.removed))
  }

  /// The entries for which a condition holds; nil where it is not known for one of them.
  private func filter(_ entries: Set<Entry>, _ isKept: (Code) -> Bool?) -> Set<Entry>? {
    var kept: Set<Entry> = []
    for entry in entries {
      guard let decision = isKept(Code(entry.code, system: entry.system)) else { return nil }
      if decision { kept.insert(entry) }
    }
    return kept
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
      content.isPartial = isPartial(expansion)
      if content.isPartial {
        reason = "The expansion does not list all of the value set, so whether any other code is in it is not known."
      }
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
      guard content.subtract(part) else {
        reason = "The value set excludes what its files do not wholly list."
        return nil
      }
    }
    return content
  }

  /// Whether an expansion says that it lists less than there is: fewer entries than its total, a page of it, or a server's
  /// mark that it was cut short.
  private func isPartial(_ expansion: Element) -> Bool {
    func count(_ entries: [Element]) -> Int { entries.reduce(0) { $0 + 1 + count($1.all("contains")) } }
    if let total = expansion.first("total")?.integer, Int(total) > count(expansion.all("contains")) { return true }
    if let offset = expansion.first("offset")?.integer, offset > 0 { return true }
    return expansion.all("extension").contains { mark in
      ["toocostly", "unclosed"].contains { mark.first("url")?.text?.hasSuffix("valueset-\($0)") == true }
    }
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
      guard let both = outer.intersection(inner) else {
        reason = "The value set takes what is common to others that its files do not wholly list."
        return nil
      }
      part = both
    }
    return part ?? ValueSetContent()
  }
}
