import CQL

/// Whether what one file names exists in another, and only once.
struct ReferenceCheck {
  let study: StudyFile
  let criteria: [Criterion]
  let dictionary: DataDictionary
  let source: SourceText

  /// The problems, in the order of the files.
  func problems() -> [Problem] {
    duplicates() + criteria.flatMap(problems) + orderProblems() + provisionalProblems() + dictionaryProblems()
  }

  // MARK: what is named twice

  private func duplicates() -> [Problem] {
    repeated(study.cohorts.map { Located($0.value.id, at: $0.location) }, "cohort")
      + repeated(study.kinds.map { Located($0.value.id, at: $0.location) }, "kind of data")
      + repeated(study.provisional.map { Located($0.id, at: $0.location) }, "provisional item")
      + repeated(study.parameters.map { Located($0.id, at: $0.location) }, "parameter")
      + repeated(criteria.map { Located($0.id, at: $0.location) }, "criterion")
      + repeated(dictionary.concepts.map { Located($0.id, at: $0.location) }, "concept")
      + repeated(source.anchors, "anchor") + sharedCodes()
  }

  /// What a measurement, a medicine or a vaccine is recorded under names one thing: under a code of two concepts the number of the one
  /// would decide the other. The code of a diagnosis may say two things at once (M32.1 is lupus, and that of the kidneys).
  private func sharedCodes() -> [Problem] {
    var first: [[String]: DataConcept] = [:]
    var problems: [Problem] = []
    for concept in dictionary.concepts where concept.resource != "Condition" {
      for (number, code) in concept.codes.enumerated() {
        let key = [concept.resource, code.system, code.code, code.last ?? ""]
        guard let earlier = first[key], earlier.id != concept.id else {
          first[key] = concept
          continue
        }
        problems.append(
          Problem(
            "duplicate", at: concept.place(number == 0 ? "code" : "additional_codes"),
            "The code \(code.code) of \(code.system) is that of ‘\(earlier.id)’ already, on line \(earlier.location.line).",
            remedy: "Give each its own: a record with this one would be both."))
      }
    }
    return problems
  }

  private func repeated(_ names: [Located<String>], _ what: String) -> [Problem] {
    var first: [String: SourceLocation] = [:]
    var problems: [Problem] = []
    for name in names {
      if let earlier = first[name.value] {
        problems.append(
          Problem(
            "duplicate", at: name.location, "The \(what) ‘\(name.value)’ is there already, on line \(earlier.line).",
            remedy: "Give one of the two another id, or remove it."))
      } else {
        first[name.value] = name.location
      }
    }
    return problems
  }

  // MARK: what is named and does not exist

  private func problems(_ criterion: Criterion) -> [Problem] {
    var problems: [Problem] = []
    let cohorts = study.cohorts.map(\.value.id)
    for cohort in criterion.cohorts where !cohorts.contains(cohort.value) {
      problems.append(unknown("cohort", cohort, among: cohorts + ["all"], declaredIn: "study.yaml under ‘cohorts:’"))
    }
    for item in criterion.provisional where !study.provisional.contains(where: { $0.id == item.value }) {
      problems.append(
        unknown(
          "provisional item", item, among: study.provisional.map(\.id), declaredIn: "study.yaml under ‘provisional:’"))
    }
    return problems + sourceProblems(criterion)
  }

  /// Reports and lists go by the order of criteria.yaml, which must be the source's.
  private func orderProblems() -> [Problem] {
    let places = Dictionary(
      source.anchors.enumerated().map { ($0.element.value, $0.offset) }, uniquingKeysWith: { first, _ in first })
    var before: (place: Int, id: String)?
    return criteria.compactMap { criterion -> Problem? in
      guard let place = places[criterion.anchor.value] else { return nil }
      guard let earlier = before, place < earlier.place else {
        before = (place, criterion.id)
        return nil
      }
      return Problem(
        "out-of-order", at: criterion.location,
        "\(criterion.id) stands after \(earlier.id), but its anchor stands before that of \(earlier.id) in source.md.",
        remedy: "Keep the criteria in the order of the source.")
    }
  }

  /// A quotation must be what stands at its anchor, and a lost one must be provisional.
  private func sourceProblems(_ criterion: Criterion) -> [Problem] {
    let anchor = criterion.anchor
    guard let isQuoted = source.says(criterion.source ?? "", at: anchor.value) else {
      return [
        unknown("anchor", anchor, among: source.anchors.map(\.value), declaredIn: "source.md as <a id=\"...\"></a>")
      ]
    }
    guard isQuoted else {
      return [
        Problem(
          "misquoted", at: criterion.location,
          "The source of \(criterion.id) is not what source.md says at the anchor ‘\(anchor.value)’.",
          remedy: "Copy the words from there, or move the anchor.")
      ]
    }
    guard criterion.source == nil, criterion.provisional.isEmpty else { return [] }
    return [
      Problem(
        "lost-not-provisional", at: criterion.location,
        "\(criterion.id) has no source and is not marked provisional.",
        remedy: "Name the provisional item that it rests on, or quote its source.")
    ]
  }

  private func provisionalProblems() -> [Problem] {
    var problems: [Problem] = []
    for item in study.provisional {
      for id in item.criteria {
        guard let criterion = criteria.first(where: { $0.id == id.value }) else {
          problems.append(unknown("criterion", id, among: criteria.map(\.id), declaredIn: "criteria.yaml"))
          continue
        }
        guard !criterion.provisional.contains(where: { $0.value == item.id }), namesOnlyKnownItems(criterion) else {
          continue
        }
        problems.append(
          Problem(
            "one-sided", at: id.location,
            "‘\(item.id)’ lists \(id.value), which does not list ‘\(item.id)’ among its provisional items.",
            remedy: "Add ‘\(item.id)’ to ‘provisional:’ of \(id.value), or remove \(id.value) here."))
      }
    }
    for criterion in criteria {
      for name in criterion.provisional {
        guard let item = study.provisional.first(where: { $0.id == name.value }),
          !item.criteria.contains(where: { $0.value == criterion.id }), namesOnlyKnownCriteria(item)
        else { continue }
        problems.append(
          Problem(
            "one-sided", at: name.location,
            "\(criterion.id) rests on ‘\(item.id)’, which does not list \(criterion.id).",
            remedy: "Add \(criterion.id) to ‘criteria:’ of ‘\(item.id)’ in study.yaml."))
      }
    }
    for parameter in study.parameters {
      guard let name = parameter.provisional, !study.provisional.contains(where: { $0.id == name.value }) else {
        continue
      }
      problems.append(
        unknown("provisional item", name, among: study.provisional.map(\.id), declaredIn: "‘provisional:’"))
    }
    return problems
  }

  /// A misspelled name is one problem, not also a missing counterpart.
  private func namesOnlyKnownItems(_ criterion: Criterion) -> Bool {
    criterion.provisional.allSatisfy { name in study.provisional.contains { $0.id == name.value } }
  }

  private func namesOnlyKnownCriteria(_ item: ProvisionalItem) -> Bool {
    item.criteria.allSatisfy { name in criteria.contains { $0.id == name.value } }
  }

  private func dictionaryProblems() -> [Problem] {
    var problems: [Problem] = []
    let kinds = study.kinds.map(\.value.id)
    let ids = dictionary.concepts.map(\.id)
    for concept in dictionary.concepts {
      if !kinds.contains(concept.kind) {
        let kind = Located(concept.kind, at: concept.place("kind"))
        problems.append(unknown("kind of data", kind, among: kinds, declaredIn: "study.yaml under ‘kinds:’"))
      }
      if let instrument = concept.instrument, dictionary[instrument] == nil {
        let name = Located(instrument, at: concept.place("item_of"))
        problems.append(unknown("concept", name, among: ids, declaredIn: "concepts.csv"))
      }
    }
    return problems
  }

  private func unknown(
    _ what: String, _ name: Located<String>, among known: [String], declaredIn place: String
  ) -> Problem {
    Problem(
      "unknown-reference", at: name.location, "There is no \(what) ‘\(name.value)’.",
      remedy: suggestion(for: name.value, among: known, otherwise: "Declare it in \(place)."))
  }
}
