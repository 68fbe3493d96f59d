import CQL

extension Why {
  /// Where records must agree (`@agree` of a function) and one of them denies: the records that affirm it. They decide nothing, since one
  /// denial does, but who reads the reason must know of them.
  var contradicting: [CQL.Record] {
    var records: [CQL.Record] = []
    var seen: Set<ObjectIdentifier> = []
    var waiting = [self]
    while let node = waiting.popLast() {
      guard node.truth == false, seen.insert(ObjectIdentifier(node)).inserted else { continue }
      if case .call(_, let tags) = node.rule, tags["agree"] != nil {
        records += node.parts.flatMap(\.parts).filter(\.isAffirmed).flatMap(\.supporting)
      } else {
        waiting += node.parts.reversed()
      }
    }
    return records
  }

  /// Whether one of several is true.
  private var isAffirmed: Bool { if case .or = rule { truth == true } else { false } }
}
