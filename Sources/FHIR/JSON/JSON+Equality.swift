import ClinicalValues

extension JSON {
  /// Whether two values have one content: the order of an object's members has no meaning, `1.0` equals `1.00`.
  public func isEqual(to other: JSON) -> Bool {
    guard kind == other.kind else { return false }
    switch kind {
    case .null: return true
    case .boolean: return boolean == other.boolean
    case .string: return string == other.string
    case .number:
      if scalarBytes == other.scalarBytes { return true }
      guard let a = Decimal(exactlyUTF8: scalarBytes), let b = Decimal(exactlyUTF8: other.scalarBytes) else {
        return false
      }
      return a == b
    case .array:
      let a = elements
      let b = other.elements
      return a.count == b.count && zip(a, b).allSatisfy { $0.isEqual(to: $1) }
    case .object:
      let a = namedMembers.sorted { $0.name < $1.name }
      let b = other.namedMembers.sorted { $0.name < $1.name }
      return a.count == b.count && zip(a, b).allSatisfy { $0.name == $1.name && $0.value.isEqual(to: $1.value) }
    }
  }
}
