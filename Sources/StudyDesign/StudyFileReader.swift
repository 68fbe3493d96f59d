import CQL

/// What `study.yaml` says, before anything is checked against other files.
struct StudyFile {
  var id: Located<String>?
  var version: Located<String>?
  var title = ""
  var titleNote: String?
  var registry: [RegistryField] = []
  var cohorts: [Located<Cohort>] = []
  var arms: [Arm] = []
  var kinds: [Located<DataKind>] = []
  var parameters: [StudyParameter] = []
  var provisional: [ProvisionalItem] = []
  var collects: [Located<String>] = []
  /// Who conducts it.
  var conducted = ConductedBy.tandem

  static let name = "study.yaml"

  /// An empty file, in place of one that is not there.
  init() {}

  /// Reads the file; what is wrong is added to `problems`, and the rest kept.
  init(_ text: String, problems: inout [Problem]) {
    let root: YAMLNode
    do throws(Problem) { root = try YAMLNode.read(text, file: StudyFile.name) } catch {
      problems.append(error)
      return
    }
    let keys = [
      "id", "version", "title", "titleNote", "language", "registry", "cohorts", "arms", "kinds", "parameters",
      "collects", "conducted", "provisional",
    ]
    guard let fields = Fields(root, "this file", keys: keys, problems: &problems) else { return }
    id = fields.requiredText("id", problems: &problems)
    version = fields.requiredText("version", problems: &problems)
    title = fields.requiredText("title", problems: &problems)?.value ?? ""
    titleNote = fields.text("titleNote", problems: &problems)?.value
    collects = fields.texts("collects", problems: &problems)
    for node in fields.list("registry", problems: &problems) { readField(node, &problems) }
    for node in fields.list("cohorts", problems: &problems) { readCohort(node, &problems) }
    for node in fields.list("kinds", problems: &problems) { readKind(node, &problems) }
    for node in fields.list("parameters", problems: &problems) { readParameter(node, &problems) }
    for node in fields.list("provisional", problems: &problems) { readProvisional(node, &problems) }
    readArms(fields, &problems)
    readConducted(fields, &problems)
  }

  private mutating func readConducted(_ fields: Fields, _ problems: inout [Problem]) {
    guard let word = fields.text("conducted", problems: &problems) else { return }
    if let known = ConductedBy(rawValue: word.value) {
      conducted = known
    } else {
      problems.append(
        Problem(
          "unknown-word", at: word.location, "‘\(word.value)’ is no ‘conducted’.",
          remedy: suggestion(for: word.value, among: ConductedBy.allCases.map(\.rawValue), otherwise: "")))
    }
  }

  private mutating func readField(_ node: YAMLNode, _ problems: inout [Problem]) {
    guard
      let fields = Fields(node, "a registry field", keys: ["field", "label", "value", "note"], problems: &problems),
      let id = fields.requiredText("field", problems: &problems),
      let label = fields.requiredText("label", problems: &problems)
    else { return }
    registry.append(
      RegistryField(
        id: id.value, label: label.value, value: fields.text("value", problems: &problems)?.value,
        note: fields.text("note", problems: &problems)?.value))
  }

  private mutating func readCohort(_ node: YAMLNode, _ problems: inout [Problem]) {
    guard let fields = Fields(node, "a cohort", keys: ["id", "name", "title", "heading"], problems: &problems),
      let id = fields.requiredText("id", problems: &problems),
      let name = fields.requiredText("name", problems: &problems)
    else { return }
    let title = fields.requiredText("title", problems: &problems)?.value ?? ""
    let heading = fields.text("heading", problems: &problems)?.value
    cohorts.append(
      Located(Cohort(id: id.value, name: name.value, title: title, heading: heading), at: id.location))
  }

  private mutating func readKind(_ node: YAMLNode, _ problems: inout [Problem]) {
    guard let fields = Fields(node, "a kind of data", keys: ["id", "title"], problems: &problems),
      let id = fields.requiredText("id", problems: &problems)
    else { return }
    let title = fields.requiredText("title", problems: &problems)?.value ?? ""
    kinds.append(Located(DataKind(id: id.value, title: title), at: id.location))
  }

  private mutating func readParameter(_ node: YAMLNode, _ problems: inout [Problem]) {
    let keys = ["id", "type", "value", "unit", "title", "note", "provisional"]
    guard let fields = Fields(node, "a parameter", keys: keys, problems: &problems),
      let id = fields.requiredText("id", problems: &problems),
      let title = fields.requiredText("title", problems: &problems),
      let written = fields.requiredText("value", problems: &problems),
      let value = fields.number("value", problems: &problems)
    else { return }
    let unit = fields.text("unit", problems: &problems)?.value
    // Days are reckoned from dates of the calendar; any other number is an Integer of CQL.
    let range = unit == "d" ? 0...36_500 : Int(Int32.min)...Int(Int32.max)
    if !range.contains(value) {
      problems.append(
        Problem(
          "out-of-range", at: written.location,
          "‘\(id.value)’ is \(written.value), and must be \(range.lowerBound) to \(range.upperBound).",
          remedy: "Correct the number."))
    }
    if let type = fields.text("type", problems: &problems), type.value != "Integer" {
      problems.append(
        Problem(
          "unknown-word", at: type.location, "The type of a parameter is ‘\(type.value)’.", remedy: "Write Integer."))
    }
    parameters.append(
      StudyParameter(
        id: id.value, title: title.value, value: value, unit: unit, location: id.location,
        provisional: fields.text("provisional", problems: &problems)))
  }

  private mutating func readProvisional(_ node: YAMLNode, _ problems: inout [Problem]) {
    let keys = ["id", "title", "criteria", "appliesTo", "lost", "reading", "origin", "confirm"]
    guard let fields = Fields(node, "a provisional item", keys: keys, problems: &problems),
      let id = fields.requiredText("id", problems: &problems),
      let title = fields.requiredText("title", problems: &problems),
      let lost = fields.requiredText("lost", problems: &problems),
      let confirm = fields.requiredText("confirm", problems: &problems)
    else { return }
    let reading = fields.text("reading", problems: &problems)
    let origin = fields.texts("origin", problems: &problems).filter { !$0.value.isEmpty }
    if reading != nil, origin.isEmpty {
      problems.append(
        Problem(
          "no-origin", at: id.location, "The provisional item ‘\(id.value)’ has a reading and names no origin.",
          remedy: "Say under ‘origin:’ where the reading was taken from."))
    }
    provisional.append(
      ProvisionalItem(
        id: id.value, title: title.value, lost: lost.value, reading: reading?.value, origin: origin.map(\.value),
        confirm: confirm.value, criteria: fields.texts("criteria", problems: &problems),
        appliesTo: fields.text("appliesTo", problems: &problems)?.value, location: id.location))
  }

  /// The arms, whose references must be cohorts.
  private mutating func readArms(_ fields: Fields, _ problems: inout [Problem]) {
    let known = cohorts.map(\.value.id)
    for node in fields.list("arms", problems: &problems) {
      let keys = ["id", "title", "source", "cohorts"]
      guard let arm = Fields(node, "an arm", keys: keys, problems: &problems) else { continue }
      let id = arm.requiredText("id", problems: &problems)?.value
      let title = arm.requiredText("title", problems: &problems)?.value
      let source = arm.text("source", problems: &problems)?.value
      let treated = arm.texts("cohorts", problems: &problems)
      if let id, let title {
        arms.append(Arm(id: id, title: title, source: source, cohorts: treated.map(\.value)))
      }
      for cohort in treated where !known.contains(cohort.value) {
        problems.append(
          Problem(
            "unknown-cohort", at: cohort.location, "There is no cohort ‘\(cohort.value)’.",
            remedy: suggestion(for: cohort.value, among: known, otherwise: "Declare it under ‘cohorts:’.")))
      }
    }
  }
}
