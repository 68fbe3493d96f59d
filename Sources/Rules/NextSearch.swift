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
  private let corrections: [String: [String]]

  init(_ study: Study, _ judged: [Judged], due: Set<String> = []) {
    self.study = study
    self.due = due
    let unknown = judged.filter { $0.result.outcome == .unknown }
    open = unknown.map { judged in
      // Where no data would do, what is missing is all that can be named.
      (
        judged.result.criterion.id,
        judged.isSettleable ? judged.ways.filter { !$0.isEmpty } : [Set(judged.result.missing)]
      )
    }
    unsettled = unknown.filter { !$0.isSettleable }.map(\.result.criterion.id)
    corrections = unknown.reduce(into: [:]) { all, judged in
      all.merge(judged.corrections) { known, new in known + new.filter { !known.contains($0) } }
    }
  }

  /// The data, cheapest to obtain first.
  var next: [NextDatum] {
    let chosen = SmallestSet(open.map(\.ways), cost: cost).solve()
    return chosen.sorted { order($0) < order($1) }.map { datum in
      let decides = open.filter { wish in
        wish.ways.contains { $0.contains(datum) && $0.isSubset(of: chosen) }
      }.map(\.id)
      let members = members(of: datum)
      return NextDatum(
        concept: members.first ?? datum, oneOf: members.count > 1 ? members : [], decides: decides,
        corrects: corrections[datum] ?? [])
    }
  }

  /// The data of which records on file are to be corrected, whether or not anything else would make the candidate eligible.
  var toCorrect: [NextDatum] {
    corrections.sorted { order($0.key) < order($1.key) }.map { datum, places in
      let members = members(of: datum)
      return NextDatum(
        concept: members.first ?? datum, oneOf: members.count > 1 ? members : [],
        decides: open.filter { wish in wish.ways.contains { $0.contains(datum) } }.map(\.id), corrects: places)
    }
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
    guard let set = datum.suffix(after: ValueSetID.set), let indices = study.dictionary.sets[set] else {
      return [datum]
    }
    return indices.map { study.dictionary.concepts[$0].id }
  }
}
