import ClinicalValues
public import Instruments

/// An instrument together with the concepts that are its items in the data dictionary.
public struct Scale: Sendable {
  /// The instrument.
  public let instrument: Instrument
  /// The instrument's key of each item, by concept id.
  public let keys: [String: String]

  /// The scale of the instrument of that concept id; nil where the dictionary lists no items for it, or where they are not
  /// those of the instrument (`tandem study check` reports that).
  public init?(_ dictionary: DataDictionary, instrument id: String) {
    guard let instrument = Instrument.named(id) else { return nil }
    var keys: [String: String] = [:]
    for concept in dictionary.concepts where concept.instrument == id {
      guard let key = Scale.key(of: concept.id, among: instrument.items.map(\.key)) else { return nil }
      keys[concept.id] = key
    }
    guard !keys.isEmpty, Set(keys.values).count == keys.count else { return nil }
    self.instrument = instrument
    self.keys = keys
  }

  /// The key of the item that a concept is: the longest one that its id ends with (`sledaiLowComplement`: `lowComplement`).
  static func key(of concept: String, among keys: [String]) -> String? {
    let concept = concept.lowercased()
    return keys.filter { concept.hasSuffix($0.lowercased()) }.max { $0.count < $1.count }
  }
}

extension Scale {
  /// Where the dictionary's items are not those of the instrument; of one that Tandem does not compute, only where a weight is missing.
  static func problems(_ dictionary: DataDictionary, instrument id: String) -> [Problem] {
    let items = dictionary.concepts.filter { $0.instrument == id }
    guard let instrument = Instrument.named(id) else {
      return missingWeights(items, of: dictionary[id]?.display ?? id)
    }
    var problems: [Problem] = []
    var used: [String: String] = [:]
    for concept in items {
      guard let key = key(of: concept.id, among: instrument.items.map(\.key)) else {
        problems.append(
          Problem(
            "unknown-item", at: concept.place("concept"), "‘\(concept.id)’ is no item of \(instrument.title).",
            remedy: "Its id ends with one of: \(instrument.items.map(\.key).joined(separator: ", "))."))
        continue
      }
      if let other = used[key] {
        problems.append(
          Problem(
            "duplicate", at: concept.place("concept"),
            "‘\(concept.id)’ and ‘\(other)’ are the same item of \(instrument.title).",
            remedy: "Rename or remove one of the two."))
      }
      used[key] = concept.id
    }
    guard problems.isEmpty else { return problems }
    return missingWeights(items, of: instrument.title) + weightProblems(items, instrument)
  }

  /// Where an item has no weight and others of its instrument have one: screening adds up the items that weigh something, and would take
  /// their sum for the whole. An instrument that is no weighted sum has no weights at all.
  private static func missingWeights(_ items: [DataConcept], of title: String) -> [Problem] {
    guard items.contains(where: { $0.weight != nil }) else { return [] }
    return items.filter { $0.weight == nil }.map { item in
      Problem(
        "missing-cell", at: item.place("weight"),
        "‘\(item.id)’ has no weight, so \(title) is added up without it.",
        remedy: "Write the weight of the instrument.")
    }
  }

  /// Where an item weighs other than it does in the instrument: screening adds up by the one, `score` by the other.
  private static func weightProblems(_ items: [DataConcept], _ instrument: Instrument) -> [Problem] {
    let none = Dictionary(uniqueKeysWithValues: instrument.items.map { ($0.key, $0.lowest) })
    guard let least = total(instrument, none) else { return [] }
    return items.compactMap { concept in
      guard let weight = concept.weight, let key = key(of: concept.id, among: instrument.items.map(\.key)),
        let item = instrument.items.first(where: { $0.key == key }), let (answer, level) = item.highest,
        let most = total(instrument, none.merging([key: answer]) { $1 }), let added = most - least,
        added != Decimal(weight * level)
      else { return nil }
      return Problem(
        "other-weight", at: concept.place("weight"),
        "‘\(concept.id)’ weighs \(weight), but adds \(added) to \(instrument.title) at its highest answer.",
        remedy: "Write the weight of the instrument.")
    }
  }

  private static func total(_ instrument: Instrument, _ input: [String: Datum]) -> Decimal? {
    let result = instrument(input)
    guard case .number(let total)? = result["total"] ?? result["total150"] else { return nil }
    return total
  }
}

extension Item {
  /// The answer that gives no points.
  fileprivate var lowest: Datum { accepts(.bool(false)) ? .bool(false) : .whole(0) }

  /// The answer that gives most, and its level; nil for a question of another kind.
  fileprivate var highest: (answer: Datum, level: Int)? {
    if accepts(.bool(true)) { return (.bool(true), 1) }
    return (1...10).last { accepts(.whole($0)) }.map { (.whole($0), $0) }
  }
}

extension Scale {
  /// The instrument's key of the item that a form asks with an item of its own; nil where it is none of this instrument.
  public func key(of item: ItemPlan) -> String? {
    item.gives == .nothing ? nil : item.concept.flatMap { keys[$0] }
  }
}
