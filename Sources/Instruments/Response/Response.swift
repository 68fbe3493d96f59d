extension Instrument {
  /// Response, remission and progression. None is an endpoint of the registry text: the sponsor chooses.
  static let response: [Instrument] = [
    doris2021, lldas, sri4, sscChange, criss2016, rcriss, tis, essdaiResponse, star, aihaResponse, msDisability, neda3,
  ]
}

/// Components that must all pass: one that fails decides, whatever is missing.
struct Components {
  let all: [(name: String, passes: Bool?)]
  /// The changes that components are, by their names.
  let changes: [String: Change]

  init(_ all: [(name: String, passes: Bool?)], of changes: [String: Change] = [:]) {
    self.all = all
    self.changes = changes
  }

  /// `result`, `failed` and `missing`; the names in the order of the components. A change that is not recorded whole is missing, also
  /// where what is recorded of it decides the result.
  var values: [(name: String, value: Datum)] {
    let passes = Kleene.and(all.map(\.passes))
    return [
      ("result", .text(passes.map { $0 ? "met" : "notMet" } ?? "indeterminate")), ("failed", names { $0 == false }),
      ("missing", names { $0 == nil }),
    ]
  }

  var result: Result { Result(values) }

  private func names(where isMeant: (Bool?) -> Bool) -> Datum {
    .list(
      all.filter { isMeant(changes[$0.name]?.isRecorded == false ? nil : $0.passes) }.map { .text($0.name) })
  }
}
