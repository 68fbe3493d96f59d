public import ClinicalValues

/// A code with its system, as an index compares it.
struct CodeKey: Hashable, Comparable {
  /// Empty where the coding names none.
  let system: String
  let code: String

  static func < (a: CodeKey, b: CodeKey) -> Bool {
    a.system == b.system ? a.code < b.code : a.system < b.system
  }
}

extension Element {
  /// Its codes, as an index compares them.
  var codeKeys: [CodeKey] { codes.map { CodeKey(system: $0.system ?? "", code: $0.code) } }
}

/// Which codes are meant.
public enum CodePattern: Hashable, Sendable {
  /// One code. An empty system means codings that name none.
  case exact(system: String, code: String)
  /// All codes that begin so, as ICD-10 and ATC group them: `I63` means `I63.9` too.
  case prefix(system: String, prefix: String)
  /// All categories from one to another, both with what is below them: ICD-10 `C00` to `C97` means `C97.9` too.
  case range(system: String, from: String, through: String)
}

/// The codes of some resources in order, each with the resources that bear it.
public final class CodeTable: Sendable {
  private let keys: [CodeKey]
  /// Resources by the place of their code in `keys`.
  private let members: [[Int]]

  init(_ entries: [(resource: Int, codes: [CodeKey])]) {
    var byKey: [CodeKey: [Int]] = [:]
    for (resource, codes) in entries {
      for code in codes where byKey[code]?.last != resource { byKey[code, default: []].append(resource) }
    }
    let sorted = byKey.sorted { $0.key < $1.key }
    keys = sorted.map(\.key)
    members = sorted.map(\.value)
  }

  /// The resources that bear any of these codes, each once, in the order of the source; their places in the record.
  public func find(_ patterns: some Sequence<CodePattern>) -> [Int] {
    var found: [Int] = []
    var lists = 0
    for pattern in patterns {
      for place in places(pattern) {
        found.append(contentsOf: members[place])
        lists += 1
      }
    }
    guard lists > 1 else { return found }
    found.sort()
    var unique: [Int] = []
    unique.reserveCapacity(found.count)
    for resource in found where unique.last != resource { unique.append(resource) }
    return unique
  }

  /// The resources with a code of which `isMeant` is true; each distinct code is asked for once.
  public func find<Failure: Error>(where isMeant: (Code) throws(Failure) -> Bool) throws(Failure) -> [Int] {
    var found: Set<Int> = []
    for (key, members) in zip(keys, members)
    where try isMeant(Code(key.code, system: key.system.isEmpty ? nil : key.system)) {
      found.formUnion(members)
    }
    return found.sorted()
  }

  /// The resources with a code that names a system and of which `isMeant` is true; codes of other systems are not
  /// looked at.
  public func find(system: String, where isMeant: (Code) -> Bool) -> [Int] {
    var found: Set<Int> = []
    for place in places(system, from: "", while: { _ in true })
    where isMeant(Code(keys[place].code, system: system)) {
      found.formUnion(members[place])
    }
    return found.sorted()
  }

  private func places(_ pattern: CodePattern) -> Range<Int> {
    switch pattern {
    case .exact(let system, let code):
      let start = firstPlace(notBefore: CodeKey(system: system, code: code))
      let isThere = start < keys.count && keys[start] == CodeKey(system: system, code: code)
      return start..<(isThere ? start + 1 : start)
    case .prefix(let system, let prefix):
      return places(system, from: prefix) { $0.hasPrefix(prefix) }
    case .range(let system, let from, let through):
      return places(system, from: from) { $0.prefix(through.count) <= through }
    }
  }

  private func places(_ system: String, from start: String, while isMeant: (String) -> Bool) -> Range<Int> {
    let first = firstPlace(notBefore: CodeKey(system: system, code: start))
    var end = first
    while end < keys.count, keys[end].system == system, isMeant(keys[end].code) { end += 1 }
    return first..<end
  }

  private func firstPlace(notBefore key: CodeKey) -> Int {
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
