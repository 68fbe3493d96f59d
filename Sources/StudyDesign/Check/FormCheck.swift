import CQL
import ClinicalValues

/// Whether the forms name what exists, and what they say of it fits.
struct FormCheck {
  let casebook: CasebookFiles
  let study: StudyFile
  let dictionary: DataDictionary
  let source: SourceText

  /// The problems that show without the libraries, in the order of the files.
  func problems() -> [Problem] {
    casebook.forms.flatMap(problems) + checksTwice()
  }

  /// That something cannot be an id.
  static func badID(_ what: String, _ id: String, at place: SourceLocation) -> Problem {
    Problem(
      "bad-id", at: place, "‘\(id)’ cannot be the id of \("aeiou".contains(what.first ?? "x") ? "an" : "a") \(what).",
      remedy: "Use a letter, then letters, digits, ‘_’ and ‘-’; ‘log’ and ‘once’ are taken.")
  }

  private func problems(_ form: FormFile) -> [Problem] {
    let references = form.references
    return names(form) + references.duplicates() + references.unknownProvisional(study)
      + references.misquoted(source) + dates(form) + checks(form)
      + form.plan.items.indices.flatMap { ItemCheck(form: form, index: $0, dictionary: dictionary).problems() }
  }

  // MARK: the form

  private func names(_ form: FormFile) -> [Problem] {
    var problems: [Problem] = []
    let id = form.fields.place("id")
    if !form.plan.id.isIdentifier { problems.append(FormCheck.badID("form", form.plan.id, at: id)) }
    if form.file != "\(FormReader.folder)/\(form.plan.id).yaml" {
      problems.append(
        Problem(
          "file-name", at: id, "The form ‘\(form.plan.id)’ stands in \(form.file).",
          remedy: "A form's file bears its id: rename one of the two."))
    }
    if form.plan.items.isEmpty, form.fields.node("items") != nil {
      problems.append(
        Problem(
          "no-items", at: form.fields.place("items"), "The form ‘\(form.plan.id)’ asks nothing.",
          remedy: "Give it items."))
    }
    if let resource = form.plan.resource {
      let known = Set(dictionary.concepts.map(\.resource)).union(study.collects.map(\.value)).sorted()
      if !known.contains(resource) {
        problems.append(
          Problem(
            "unknown-reference", at: form.fields.place("resource"),
            "No concept of the dictionary is recorded as ‘\(resource)’.",
            remedy: suggestion(for: resource, among: known, otherwise: "Use a resource of concepts.csv.")))
      }
    }
    return problems
  }

  // MARK: dates

  private func dates(_ form: FormFile) -> [Problem] {
    var problems: [Problem] = []
    if let name = form.plan.dated { problems += date(name, form.fields.place("dated"), form) }
    for (item, fields) in zip(form.plan.items, form.items) {
      if let name = item.dated { problems += date(name, fields.place("dated"), form) }
    }
    return problems
  }

  private func date(_ name: String, _ place: SourceLocation, _ form: FormFile) -> [Problem] {
    guard let item = form.plan.item(name) else {
      return PlanReferences.unknown(
        "item", [Located(name, at: place)], among: form.plan.items.map(\.id), "Add it to the items.")
    }
    guard !item.type.isDate else { return [] }
    return [
      Problem(
        "wrong-type", at: place, "‘\(name)’ says when it was so and is \(item.type.rawValue), not a date.",
        remedy: "Name an item of type date, partialDate or dateTime.")
    ]
  }

  // MARK: checks

  private func checks(_ form: FormFile) -> [Problem] {
    zip(form.plan.checks, form.checks).flatMap { check, fields -> [Problem] in
      let names = check.items.enumerated().map { Located($1, at: fields.place("items", $0)) }
      return (check.id.isIdentifier ? [] : [FormCheck.badID("check", check.id, at: fields.place("id"))])
        + PlanReferences.unknown("item", names, among: form.plan.items.map(\.id), "Add it to the items.")
    }
  }

  /// The id of a check is its own in the whole study: queries name it.
  private func checksTwice() -> [Problem] {
    var first: [String: SourceLocation] = [:]
    var problems: [Problem] = []
    for form in casebook.forms {
      for (check, fields) in zip(form.plan.checks, form.checks) {
        let place = fields.place("id")
        guard let earlier = first[check.id] else {
          first[check.id] = place
          continue
        }
        // Twice in one file is told with that file's other names.
        if earlier.file == place.file { continue }
        problems.append(PlanReferences.duplicate("check", Located(check.id, at: place), after: earlier))
      }
    }
    return problems
  }
}

extension ItemType {
  /// Whether an answer says when.
  var isDate: Bool { [.date, .partialDate, .dateTime].contains(self) }
}
