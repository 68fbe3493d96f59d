import CQL

extension DataDictionary {
  /// The concepts that name medicines: those with a code of the ATC.
  public var medicines: [DataConcept] { concepts.filter { $0.atc != nil } }

  /// Medicines for what has been typed so far, the best first: a code that begins with it; a name that does; names with
  /// words that begin with its words; the members of a set of that name (`GC`); names that contain its words. By name
  /// within each.
  public func medicines(matching typed: String, limit: Int = 20) -> [DataConcept] {
    let query = typed.lowercased().trimmed
    let words = query.split { !$0.isLetter && !$0.isNumber }
    guard !words.isEmpty else { return [] }
    let ranked = medicines.compactMap { concept -> (rank: Int, concept: DataConcept)? in
      let names = [concept.display.lowercased(), concept.id.lowercased()]
      let parts = names.flatMap { $0.split { !$0.isLetter && !$0.isNumber } }
      if concept.atc?.lowercased().hasPrefix(query) == true { return (0, concept) }
      if names.contains(where: { $0.hasPrefix(query) }) { return (1, concept) }
      if words.allSatisfy({ word in parts.contains { $0.hasPrefix(word) } }) { return (2, concept) }
      if concept.sets.contains(where: { $0.lowercased() == query }) { return (3, concept) }
      return words.allSatisfy { word in names.contains { $0.contains(word) } } ? (4, concept) : nil
    }
    return ranked.sorted { ($0.rank, $0.concept.display, $0.concept.id) < ($1.rank, $1.concept.display, $1.concept.id) }
      .prefix(max(limit, 0)).map(\.concept)
  }
}

extension DataConcept {
  /// The code of the ATC that names it; nil for what is no medicine.
  public var atc: String? { codes.first { $0.system == ATC.system }?.code }
}
