import CQL
import StudyDesign

/// What to obtain next: a smallest set of data that would make the candidate eligible if they come out well.
struct NextSearch {
  private let study: Study
  /// Data that are due already, by concept.
  private let due: Set<String>
  /// The unknown criteria with their alternatives.
  private let open: [(id: String, ways: [Set<String>])]
  /// Ids of the criteria that no data would settle.
  let unsettled: [String]
  /// By datum, the records on file that cannot decide.
  private let corrections: [String: [Correction]]

  init(_ study: Study, _ judged: [Judged], due: Set<String> = []) {
    self.study = study
    self.due = due
    let unknown = judged.filter { $0.result.outcome == .unknown }
    let corrections = unknown.reduce(into: [String: [Correction]]()) { all, judged in
      all.merge(judged.corrections) { ($0 + $1).unique }
    }
    // Each element of the Patient is a datum of its own.
    let other = NextSearch.names(
      ofTheSame: corrections.filter { study.dictionary[$0.key]?.resource != "Patient" })
    open = unknown.map { judged in
      // Where no data would do, what is missing is all that can be named.
      let ways = judged.isSettleable ? judged.ways.filter { !$0.isEmpty } : [judged.result.open]
      return (id: judged.result.criterion.id, ways: ways.map { way in Set(way.map { other[$0] ?? $0 }) })
    }
    unsettled = unknown.filter { !$0.isSettleable }.map(\.result.criterion.id)
    self.corrections = corrections.filter { other[$0.key] == nil }
  }

  /// Of several data that wait for the same records to be corrected, one stands for all: the others by their names, with its own.
  private static func names(ofTheSame corrections: [String: [Correction]]) -> [String: String] {
    let alike = Dictionary(grouping: corrections.keys) { datum in Set((corrections[datum] ?? []).map(\.place)) }
    return alike.values.reduce(into: [String: String]()) { other, data in
      guard let first = data.min() else { return }
      for datum in data where datum != first { other[datum] = first }
    }
  }

  /// The data, cheapest to obtain first.
  var next: [NextDatum] {
    let chosen = SmallestSet(open.map(\.ways), cost: cost).solve()
    return chosen.sorted { order($0) < order($1) }.map { datum in
      let decides = open.filter { wish in
        wish.ways.contains { $0.contains(datum) && $0.isSubset(of: chosen) }
      }.map(\.id)
      return wanted(datum, decides)
    }
  }

  /// The data of which records on file are to be corrected, whether or not anything else would make the candidate eligible.
  var toCorrect: [NextDatum] {
    corrections.keys.sorted { order($0) < order($1) }.map { wanted($0, waiting(for: $0)) }
  }

  /// A datum by its concepts: of a set those of the records on file that are to be corrected, where there are any. A record on file
  /// that names none stands for itself: no other of its type would do.
  private func wanted(_ datum: String, _ decides: [String]) -> NextDatum {
    let corrections = corrections[datum] ?? []
    let all = members(of: datum)
    let named = Set(corrections.compactMap(\.concept))
    let onFile = all.filter(named.contains)
    let isUnnamed = !corrections.isEmpty && named.isEmpty
    let concepts = isUnnamed ? [datum] : onFile.isEmpty ? all : onFile
    return NextDatum(
      concept: concepts.first ?? datum, oneOf: concepts.count > 1 ? concepts : [], decides: decides,
      corrects: corrections.map(\.source).unique)
  }

  /// The criteria, by id, that a datum could decide.
  private func waiting(for datum: String) -> [String] {
    open.filter { wish in wish.ways.contains { $0.contains(datum) } }.map(\.id)
  }

  /// What is due already costs less than anything else, since it is obtained in any case. Then a datum of a dearer kind costs more; a
  /// record of some set costs more than one that is named, since it cannot be obtained at will.
  private func cost(_ datum: String) -> Int {
    let members = members(of: datum)
    let kinds = members.compactMap { id in study.dictionary[id].map { rank($0.kind) } }
    let extra = members.contains(where: due.contains) ? 0 : study.kinds.count + 1
    return extra + (kinds.min() ?? study.kinds.count) + (members.count > 1 ? 100 : 0)
  }

  private func order(_ datum: String) -> (Int, Int, String) {
    (cost(datum), members(of: datum).first.flatMap { study.dictionary.index(of: $0) } ?? .max, datum)
  }

  private func rank(_ kind: String) -> Int { study.kinds.firstIndex { $0.id == kind } ?? study.kinds.count }

  private func members(of datum: String) -> [String] {
    let dictionary = study.dictionary
    if let set = datum.suffix(after: ValueSetID.set), let indices = dictionary.sets[set] {
      return indices.map { dictionary.concepts[$0].id }
    }
    guard dictionary[datum] == nil else { return [datum] }
    // A record that names no concept may be of any of its type that the waiting criteria use.
    let waiting = waiting(for: datum)
    let possible = dictionary.concepts.filter { concept in
      concept.resource == datum && waiting.contains { concept.usedBy.contains($0) }
    }
    return possible.isEmpty ? [datum] : possible.map(\.id)
  }
}

extension CriterionResult {
  /// The missing data, a record that names none of the dictionary by its type.
  fileprivate var open: Set<String> { Set(namedMissing).union(unnamed.keys) }
}
