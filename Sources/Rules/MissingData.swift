import CQL
import StudyDesign

extension EvidenceReader {
  /// The concepts, by id, that could still decide: of a set, those on record that leave it open, else all its members.
  func missing(in why: Why, usedBy id: String) -> [String] {
    var single: Set<String> = []
    var members: Set<String> = []
    for undecided in undecided(in: why, usedBy: id) {
      switch undecided {
      case .undecidable(let record) where record.className == "Patient":
        single.formUnion(openElements(of: record, usedBy: id).map(\.id))
      case .undecidable(let record): single.formUnion(evidence(record, usedBy: id).map(\.concept))
      case .missing(let outcome):
        let names = concepts(of: outcome.datum, usedBy: id)
        if names.count == 1 { single.formUnion(names) } else { members.formUnion(names) }
      }
    }
    return inDictionaryOrder(single.isEmpty ? members : single)
  }

  /// What a record of no concept of the dictionary may be of: those of its type that `id` uses.
  func concepts(ofType type: String, usedBy id: String) -> [String] {
    study.dictionary.concepts.filter { $0.resource == type && $0.usedBy.contains(id) }.map(\.id)
  }

  /// What an unknown waits for, without what is known to be in order. Where nothing is: beside a record of which it can be seen why it
  /// leaves something open, a birth date without a day or a number with a comparator, the others are no cause, unless records of their
  /// concept and day say otherwise.
  func undecided(in why: Why, usedBy id: String) -> [Undecided] {
    let all = why.undecided
    let waiting = all.filter { undecided in undecided.record.map { !inOrder.contains($0.origin.index) } ?? true }
    if waiting.count < all.count, waiting.contains(where: { $0.record != nil }) {
      // What was asked for and is there is not missing as well.
      let onFile = Set(waiting.filter { $0.record != nil }.map(\.datum))
      return waiting.filter { $0.record != nil || !onFile.contains($0.datum) }
    }
    let leavesOpen = all.map { undecided in
      guard case .undecidable(let record) = undecided else { return true }
      return leavesSomethingOpen(record, usedBy: id)
    }
    guard zip(all, leavesOpen).contains(where: { $0.record != nil && $1 }) else { return all }
    let facts = all.map { undecided -> Evidence? in
      guard case .undecidable(let record) = undecided else { return nil }
      return evidence(record, usedBy: id).first
    }
    let values = Dictionary(grouping: facts.compactMap(\.self)) { fact -> [String?] in [fact.concept, fact.when] }
      .mapValues { Set($0.map(\.value)) }
    return all.indices.filter { index in
      if leavesOpen[index] { return true }
      guard let own = facts[index] else { return true }
      return values[[own.concept, own.when], default: []].count > 1
    }.map { all[$0] }
  }

  /// Whether it can be seen from a record itself that it leaves something open.
  private func leavesSomethingOpen(_ record: CQL.Record, usedBy id: String) -> Bool {
    if record.className == "Patient" { return !openElements(of: record, usedBy: id).isEmpty }
    if !weaknesses(of: record).isEmpty { return true }
    let dates = evidence(record, usedBy: id).compactMap(\.when).flatMap { $0.split(separator: " ") }
    return dates.isEmpty || dates.contains { $0.first?.isNumber == true && $0.lacksDay }
  }

  /// The concepts behind what a retrieve asked for; of the Patient those that the criterion `id` uses.
  func concepts(of datum: String, usedBy id: String) -> [String] {
    if let indices = terminology.concepts(of: datum) {
      return indices.sorted().map { study.dictionary.concepts[$0].id }
    }
    let patient = datum == "Patient" ? patientElements(usedBy: id) : []
    return patient.isEmpty ? [datum] : patient.map(\.id)
  }

  func inDictionaryOrder(_ ids: Set<String>) -> [String] {
    let dictionary = study.dictionary
    return ids.sorted { (dictionary.index(of: $0) ?? .max, $0) < (dictionary.index(of: $1) ?? .max, $1) }
  }
}

extension Undecided {
  /// The record that is there and cannot decide.
  var record: CQL.Record? { if case .undecidable(let record) = self { record } else { nil } }
}
