import ClinicalValues
import Conduct
import StudyDesign
import Trial

extension Director {
  /// The site answers what is asked about a participant's casebook; what was typed wrong has been corrected before.
  mutating func answerQueries(_ key: String) async throws {
    let id = try id(key)
    let open = try await live.state().participants[id]?.casebook.queries.filter { $0.status == .open } ?? []
    for query in open where !isToBeCorrected(query, key) {
      try await act(
        AnswerQuery(participant: id, query: query.number, text: Self.answer(to: query.query)),
        by: try of(.coordinator, key))
    }
  }

  /// Whether a correction is due: the query goes by itself then.
  private func isToBeCorrected(_ query: QueryState, _ key: String) -> Bool {
    (try? story(key))?.slips.contains {
      $0.form == query.query.form.description && query.query.items.contains($0.item)
    } ?? false
  }

  private static func answer(to query: RaisedQuery) -> String {
    let check = query.check ?? ""
    let answers = [
      ("VS-FEVER", "Correct; the fever belongs to the adverse event that is on record."),
      ("ICE-BELOW-10", "Correct; neurotoxicity is on record as an adverse event."),
      ("HEM-", "Confirmed with the laboratory: correct, after lymphodepletion."),
      ("INF-", "Confirmed with the laboratory; cytokine release is on record."),
      ("LD-", "Correct as ordered."), ("IG-LOW", "Correct; replacement begins with the next visit."),
      ("AESI-", "Correct as entered."), ("usual:", "Compared with the source: correct as entered."),
    ]
    return answers.first { check.hasPrefix($0.0) }?.1
      ?? (query.check == nil ? "Looked up: the source says the same; a copy is in the binder." : "Correct as entered.")
  }

  /// Data management and the monitor look at the answers.
  mutating func closeQueries(_ key: String) async throws {
    let id = try id(key)
    let answered = try await live.state().participants[id]?.casebook.queries.filter { $0.status == .answered } ?? []
    for query in answered {
      let isChecks = query.query.check != nil
      try await act(
        CloseQuery(participant: id, query: query.number, text: isChecks ? "Plausible." : "Seen at the site."),
        by: try isChecks ? cast.acting(.dataManager) : of(.monitor, key))
    }
  }

  /// A slip is put right, with its reason.
  mutating func correct(_ place: Int, _ key: String) async throws {
    let slip = try story(key).slips[place]
    let form = try FormKey(slip.form)
    guard
      let held = try await live.state().participants[try id(key)]?.casebook.forms[form]?.entry(slip.item)
    else { throw NotThere(what: "the slip in \(slip.form)") }
    try await save(
      [Entry(slip.item, .value(slip.meant, unit: held.answer.unit))], form, of: key,
      by: try of(.coordinator, key), correction: slip.reason)
  }

  /// The monitor compares the forms of a visit with their source, and asks about one.
  mutating func monitor(_ visit: String, asks: Bool, _ key: String) async throws {
    let id = try id(key)
    let monitor = try of(.monitor, key)
    guard let casebook = try await live.state().participants[id]?.casebook else { throw UnknownKey(key: key) }
    let critical = ["consent", "eligibilityStatements", "infusion", "infusionDose", "vitalSigns", "chemistry", "visit"]
    let forms = casebook.keys().filter { form in
      (form.visit == visit || (visit == "D7" && form.visit == "D0") || (visit == "SCR" && form.form == "consent"))
        && critical.contains(form.form) && form.row == 1 && casebook.state(of: form) == .complete
    }
    for form in forms {
      try await act(
        VerifyItems(participant: id, form: form, source: "Hospital record of \(try here(key).date), seen at the site"),
        by: monitor)
    }
    guard asks else { return }
    guard let form = casebook.keys().first(where: { $0.visit == visit && $0.form == "physicalExamination" }) else {
      throw NotThere(what: "the examination of \(visit)")
    }
    try await act(
      RaiseQuery(
        participant: id, form: form,
        text: "The source of this examination was not in the binder. Please file a copy and confirm the entries."),
      by: monitor)
  }

  /// An investigator signs what is complete and asked to be signed, where no query is open about it.
  mutating func sign(_ key: String) async throws {
    let id = try id(key)
    let study = try protocolStudy()
    guard let casebook = try await live.state().participants[id]?.casebook else { throw UnknownKey(key: key) }
    for form in casebook.keys() {
      guard let signer = study.forms.first(where: { $0.id == form.form })?.signed,
        casebook.state(of: form) == .complete, case let badges = casebook.standing(of: form).badges,
        badges.openQueries + badges.answeredQueries + badges.signed + badges.locked == 0
      else { continue }
      try await act(
        SignForm(participant: id, form: form, content: try casebook.content(of: .form(form))),
        by: try of(signer == .principalInvestigator ? .principalInvestigator : .subInvestigator, key))
    }
  }

  // MARK: - What values show

  /// The investigators confirm the worst grades, and write down as adverse events what no event tells of yet.
  mutating func judgeValues(_ key: String) async throws {
    let id = try id(key)
    guard let book = shelf.editions.first?.book,
      let grading = try await live.state().grading(of: id, book: book)
    else { return }
    if !grading.toJudge.isEmpty {
      try await act(
        ConfirmGrades(participant: id, grades: grading.toJudge.map { ShownGrade($0.key, grade: $0.grade) }),
        by: try of(.principalInvestigator, key))
    }
    let unrecorded = Set(grading.unrecorded)
    for episode in grading.episodes {
      let name = "\(episode.term) \(episode.first.map(\.description) ?? "")"
      let isOurs = try patient(key).rows["adverseEvent \(name)"] != nil
      guard isOurs || unrecorded.contains(episode) else { continue }
      var answers = answers(episode)
      if !isOurs { answers["AEAWAREDTC"] = try here(key).adding(minutes: -25).dateTime.description }
      try await log(
        "adverseEvent", name, answers, key, by: try of(.subInvestigator, key),
        correction: isOurs ? "Followed up." : nil)
    }
  }

  /// The row of an adverse event that values show and nothing else.
  private func answers(_ episode: ToxicityEpisode) -> [String: String] {
    let isOfBlood = ["White blood cell", "Lymphocyte", "CD4", "Neutrophil", "Platelet", "Anemia"]
      .contains { episode.term.hasPrefix($0) }
    var answers = [
      "AETERM": episode.term, "AEDECOD": episode.term, "AESTDTC": episode.first?.description ?? "",
      "AETOXGR": "\(episode.worst.counting)", "AEPROPOSED": "PROPOSED CONFIRMED",
      "AESER": "false", "AESI": "NONE", "AEACN": "NOT APPLICABLE", "AECONTRT": "false",
      "AEOUT": "NOT RECOVERED/NOT RESOLVED",
      "AENARR": isOfBlood
        ? "A finding of the laboratory, expected after fludarabine and cyclophosphamide. No symptoms."
        : "A finding of the laboratory without symptoms, known of the disease.",
    ]
    if let over = episode.recovered?.day {
      answers["AEOUT"] = "RECOVERED/RESOLVED"
      answers["AEENDTC"] = over.description
    }
    for cause in Toxicity.Cause.allCases {
      answers[cause.rawValue] = cause == (isOfBlood ? .lymphodepletion : .disease) ? "POSSIBLY RELATED" : "NOT RELATED"
    }
    return answers
  }

  /// Data management freezes a visit that is through, and locks it where nothing is missing.
  mutating func freeze(_ visit: String, _ key: String) async throws {
    let id = try id(key)
    guard let participant = try await live.state().participants[id], let book = shelf.editions.first?.book else {
      throw UnknownKey(key: key)
    }
    let scope = CasebookScope.visit(visit, 1)
    guard !participant.casebook.keys(in: scope).isEmpty else { throw NotThere(what: "forms of \(visit)") }
    let manager = try cast.acting(.dataManager)
    try await act(FreezeCasebook(participant: id, scope: scope), by: manager)
    if visit == "SCR", participant.casebook.blockers(ofLocking: scope, plan: book).isEmpty {
      try await act(LockCasebook(participant: id, scope: scope), by: manager)
    }
  }
}
