import CQL

/// What `criteria.yaml` says, before anything is checked against other files.
struct CriteriaFile {
  var criteria: [Criterion] = []

  static let name = "criteria.yaml"
  private static let keys = [
    "id", "title", "kind", "cohort", "heading", "source", "anchor", "definition", "provisional", "notes", "lay", "ask",
  ]

  /// Reads the file; what is wrong is added to `problems`, and the rest kept.
  init(_ text: String, problems: inout [Problem]) {
    let root: YAMLNode
    do throws(Problem) { root = try YAMLNode.read(text, file: CriteriaFile.name) } catch {
      problems.append(error)
      return
    }
    guard let fields = Fields(root, "this file", keys: ["criteria"], problems: &problems) else { return }
    for node in fields.list("criteria", problems: &problems) { read(node, &problems) }
  }

  private mutating func read(_ node: YAMLNode, _ problems: inout [Problem]) {
    guard let fields = Fields(node, "a criterion", keys: CriteriaFile.keys, problems: &problems) else { return }
    guard let id = fields.requiredText("id", problems: &problems),
      let title = fields.requiredText("title", problems: &problems),
      let kind = kind(fields, &problems), let anchor = fields.requiredText("anchor", problems: &problems),
      let cohorts = cohorts(fields, &problems), let definition = definition(fields, &problems)
    else { return }
    criteria.append(
      Criterion(
        id: id.value, kind: kind, title: title.value, source: fields.text("source", problems: &problems)?.value,
        heading: fields.text("heading", problems: &problems)?.value,
        lay: fields.text("lay", problems: &problems)?.value, ask: fields.text("ask", problems: &problems)?.value,
        anchor: anchor, cohorts: cohorts,
        library: definition.library, definition: definition.name, notes: notes(fields, &problems),
        provisional: provisional(fields, &problems), location: id.location))
  }

  private func kind(_ fields: Fields, _ problems: inout [Problem]) -> Criterion.Kind? {
    guard let word = fields.requiredText("kind", problems: &problems) else { return nil }
    if let kind = Criterion.Kind(rawValue: word.value) { return kind }
    problems.append(
      Problem(
        "unknown-word", at: word.location, "The kind of a criterion is ‘\(word.value)’.",
        remedy: suggestion(for: word.value, among: Criterion.Kind.allCases.map(\.rawValue), otherwise: "")))
    return nil
  }

  /// The cohorts that it is asked of; `all` is none in particular. It must be said, so that none is forgotten.
  private func cohorts(_ fields: Fields, _ problems: inout [Problem]) -> [Located<String>]? {
    guard fields.node("cohort") != nil else {
      _ = fields.requiredText("cohort", problems: &problems)
      return nil
    }
    let cohorts = fields.texts("cohort", problems: &problems)
    return cohorts.map(\.value) == ["all"] ? [] : cohorts
  }

  private func definition(
    _ fields: Fields, _ problems: inout [Problem]
  ) -> (library: Located<String>, name: Located<String>)? {
    guard let node = fields.node("definition") else {
      _ = fields.requiredText("definition", problems: &problems)
      return nil
    }
    guard let inner = Fields(node, "a definition", keys: ["library", "name"], problems: &problems),
      let library = inner.requiredText("library", problems: &problems),
      let name = inner.requiredText("name", problems: &problems)
    else { return nil }
    return (library, name)
  }

  private func provisional(_ fields: Fields, _ problems: inout [Problem]) -> [Located<String>] {
    guard fields.node("provisional") != nil else {
      _ = fields.requiredText("provisional", problems: &problems)
      return []
    }
    let items = fields.texts("provisional", problems: &problems)
    return items.map(\.value) == ["false"] ? [] : items
  }

  private func notes(_ fields: Fields, _ problems: inout [Problem]) -> [Criterion.Note] {
    var notes: [Criterion.Note] = []
    let kinds = ["reading", "oddity", "conflict", "unchecked"]
    for node in fields.list("notes", problems: &problems) {
      guard let note = Fields(node, "a note", keys: kinds, problems: &problems) else { continue }
      for kind in kinds {
        if let text = note.text(kind, problems: &problems) {
          notes.append(Criterion.Note(kind: kind, text: text.value))
        }
      }
    }
    return notes
  }
}
