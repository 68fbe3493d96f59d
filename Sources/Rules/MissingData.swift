import CQL
import StudyDesign

extension EvidenceReader {
  /// The concepts, by id, that could still decide: of a set, those on record that leave it open, else all its members.
  func missing(in why: Why, usedBy id: String) -> [String] {
    var single: Set<String> = []
    var members: Set<String> = []
    for undecided in why.undecided {
      switch undecided {
      case .undecidable(let record): single.formUnion(evidence(record, usedBy: id).map(\.concept))
      case .missing(let outcome):
        let names = concepts(of: outcome.datum, usedBy: id)
        if names.count == 1 { single.formUnion(names) } else { members.formUnion(names) }
      }
    }
    return inDictionaryOrder(single.isEmpty ? members : single)
  }

  /// The concepts behind what a retrieve asked for; of the Patient those that the criterion `id` uses.
  func concepts(of datum: String, usedBy id: String) -> [String] {
    if let indices = terminology.concepts(of: datum) {
      return indices.sorted().map { study.dictionary.concepts[$0].id }
    }
    let patient = study.dictionary.concepts.filter {
      $0.resource == datum && $0.element != nil && $0.usedBy.contains(id)
    }
    return patient.isEmpty ? [datum] : patient.map(\.id)
  }

  private func inDictionaryOrder(_ ids: Set<String>) -> [String] {
    let dictionary = study.dictionary
    return ids.sorted { (dictionary.index(of: $0) ?? .max, $0) < (dictionary.index(of: $1) ?? .max, $1) }
  }
}
