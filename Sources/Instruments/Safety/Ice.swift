import ClinicalValues

extension Instrument {
  /// Encephalopathy after immune effector cells, 0 to 10: 10 is unimpaired, lower is worse. For adults.
  static let ice: Instrument = {
    let points: [(key: String, words: String)] = [
      ("orientedYear", "Oriented to the year"), ("orientedMonth", "Oriented to the month"),
      ("orientedCity", "Oriented to the city"), ("orientedHospital", "Oriented to the hospital"),
    ]
    let tasks: [(key: String, words: String)] = [
      ("followsCommand", "Follows a simple command"), ("writesSentence", "Writes a standard sentence"),
      ("countsBackward", "Counts backwards from 100 by tens"),
    ]
    let tests =
      points.map { Item.yesNo($0.key, $0.words) } + [.whole("objectsNamed", "Names objects, of three", 0...3)]
      + tasks.map { .yesNo($0.key, $0.words) }
    let sum = WeightedSum(weights: tests.map { ($0.key, 1) })
    return Instrument(
      id: "ice", title: "Immune Effector Cell-Associated Encephalopathy score",
      source: "Lee DW et al. Biol Blood Marrow Transplant 2019;25:625-638",
      items: tests + [.yesNo("unarousable", "Unarousable, cannot be tested")],
      score: { answers in
        // Nothing else is needed then; not recorded counts as arousable.
        if answers[yesNo: "unarousable"] == true { return ["total": .whole(0), "missing": .list([])] }
        return [
          "total": .whole(sum.total(of: answers)),
          "missing": .list(answers.missing.filter { $0 != "unarousable" }.map { .text($0) }),
        ]
      })
  }()
}
