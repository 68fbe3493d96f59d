import CQL
import ClinicalValues

/// What a file of `forms/` says, with the places of its words, before it is checked against other files.
struct FormFile {
  /// An expression that becomes a definition of the form's library.
  struct Expression {
    let definition: String
    let text: PlacedText
    /// The type that it must be of.
    let type: CQLType
  }

  /// The form.
  var plan: FormPlan
  /// The file, from the version's folder.
  let file: String
  /// The form's keys.
  let fields: Fields
  /// The keys of each item, in the order of `plan.items`.
  var items: [Fields] = []
  /// The keys of each check, in the order of `plan.checks`.
  var checks: [Fields] = []
  /// Its expressions.
  var expressions: [Expression] = []
  /// What it names that must exist elsewhere.
  var references = PlanReferences()

  /// Where the item of that number begins: at its id.
  func place(ofItem index: Int) -> SourceLocation { items[index].place("id") }
}

/// Reads one file of `forms/`.
///
/// What is wrong or missing is reported and read as the least that is allowed, as in `PlanReader`, which it leans on.
struct FormReader {
  static let folder = "forms"
  private static let keys = [
    "id", "title", "domain", "occurs", "source", "signed", "dated", "resource", "words", "provisional", "items",
    "checks",
  ]
  private static let itemKeys = [
    "id", "label", "help", "section", "type", "concept", "gives", "units", "codes", "possible", "usual", "dated",
    "shown", "required", "calculated", "critical",
  ]

  private let name: String
  private let text: YAMLText
  private let dictionary: DataDictionary
  private var reader = PlanReader()
  /// The form; nil where the file is none.
  private(set) var form: FormFile?

  /// Everything that is wrong.
  var problems: [Problem] { reader.problems }

  /// Reads a text; codes without words of their own take those of the dictionary's concept.
  init(_ text: String, file: String, dictionary: DataDictionary) {
    name = file
    self.text = YAMLText(text, file: file)
    self.dictionary = dictionary
    guard let fields = reader.file(text, file, keys: FormReader.keys) else { return }
    form = FormFile(plan: plan(fields), file: file, fields: fields)
    for (id, item) in reader.items(fields, "items", "item", keys: FormReader.itemKeys) { read(id.value, item) }
    if fields.node("checks") != nil { readChecks(fields) }
    form?.references = reader.references
  }

  // MARK: the form

  private mutating func plan(_ fields: Fields) -> FormPlan {
    let words = fields.text("words", problems: &reader.problems)
    let provisional = fields.text("provisional", problems: &reader.problems)
    if let words { reader.references.quotes.append(words) }
    if let provisional { reader.references.provisional.append(provisional) }
    if words == nil, provisional == nil {
      reader.problems.append(
        Problem(
          "no-origin", at: fields.location, "Nothing says why this form is asked for.",
          remedy: "Quote the source (‘words:’), or name the provisional item that it rests on (‘provisional:’)."))
    }
    return FormPlan(
      id: reader.text(fields, "id"), title: reader.text(fields, "title"), domain: reader.text(fields, "domain"),
      occurs: reader.word(fields, "occurs", .visit), source: reader.word(fields, "source", .thisSystem),
      signed: fields.node("signed") == nil ? nil : reader.word(fields, "signed", FormSigner.investigator),
      dated: fields.text("dated", problems: &reader.problems)?.value,
      resource: fields.text("resource", problems: &reader.problems)?.value, items: [], checks: [],
      words: words?.value, provisional: provisional?.value)
  }

  // MARK: items

  private mutating func read(_ id: String, _ fields: Fields) {
    let type = reader.word(fields, "type", ItemType.text)
    let concept = fields.text("concept", problems: &reader.problems)
    let isCalculated = fields.node("calculated") != nil
    var item = ItemPlan(
      id: id, label: reader.text(fields, "label"), help: fields.text("help", problems: &reader.problems)?.value,
      section: fields.text("section", problems: &reader.problems)?.value, type: type, concept: concept?.value,
      gives: reader.word(fields, "gives", or: concept == nil ? ItemRole.nothing : .value, .nothing),
      units: fields.texts("units", problems: &reader.problems).map(\.value), codes: codes(fields),
      possible: reader.decimalRange(fields, "possible"), usual: reader.decimalRange(fields, "usual"),
      dated: fields.text("dated", problems: &reader.problems)?.value,
      shown: expression(fields, "shown", "shown_\(id)", .boolean), required: requirement(fields, id),
      calculated: isCalculated ? expression(fields, "calculated", id, type.valueType) : nil,
      critical: reader.flag(fields, "critical"))
    // What the dictionary says need not be said twice.
    let known = item.concept.flatMap { dictionary[$0] }
    if type == .quantity, item.units.isEmpty, let unit = known?.unit { item.units = [unit] }
    if type == .integer, item.possible == nil, item.gives != .nothing, let range = known?.range {
      item.possible = Decimal(range.lowerBound)...Decimal(range.upperBound)
    }
    form?.plan.items.append(item)
    form?.items.append(fields)
  }

  /// Codes with their words: a mapping, a list of `code` and `label`, or a list of concepts, whose words are the dictionary's.
  private mutating func codes(_ fields: Fields) -> [CodePlan] {
    guard let node = fields.node("codes") else { return [] }
    var codes: [CodePlan] = []
    if case .mapping(let pairs) = node.content {
      for (key, value) in pairs {
        guard case .text(let label) = value.content else {
          reader.problems.append(
            Problem(
              "expected-text", at: value.location, "Expected the words of ‘\(key.value)’, found \(value.description).",
              remedy: "Write them on one line."))
          continue
        }
        codes.append(CodePlan(code: key.value, label: label))
      }
      return codes
    }
    for node in fields.list("codes", problems: &reader.problems) {
      if case .text(let code) = node.content {
        codes.append(CodePlan(code: code, label: dictionary[code]?.display ?? ""))
        continue
      }
      guard let entry = Fields(node, "a code", keys: ["code", "label"], problems: &reader.problems) else { continue }
      codes.append(CodePlan(code: reader.text(entry, "code"), label: reader.text(entry, "label")))
    }
    return codes
  }

  private mutating func requirement(_ fields: Fields, _ id: String) -> Requirement {
    switch fields.text("required", problems: &reader.problems)?.value {
    case nil, "never": .never
    case "always": .always
    default: expression(fields, "required", "required_\(id)", .boolean).map { .when($0) } ?? .never
    }
  }

  // MARK: expressions

  private mutating func expression(
    _ fields: Fields, _ key: String, _ definition: String, _ type: CQLType
  ) -> FormExpression? {
    guard let written = fields.text(key, problems: &reader.problems) else { return nil }
    form?.expressions.append(
      FormFile.Expression(definition: definition, text: text.placed(written), type: type))
    return FormExpression(text: written.value.trimmed, definition: definition)
  }

  private mutating func readChecks(_ fields: Fields) {
    for (id, check) in reader.items(fields, "checks", "check", keys: ["id", "fires", "message", "items", "deviation"]) {
      if check.node("fires") == nil { _ = check.requiredText("fires", problems: &reader.problems) }
      if check.node("items") == nil { _ = check.requiredText("items", problems: &reader.problems) }
      guard let fires = expression(check, "fires", "check_\(id.value)", .boolean) else { continue }
      form?.plan.checks.append(
        CheckPlan(
          id: id.value, fires: fires, message: reader.text(check, "message"),
          items: check.texts("items", problems: &reader.problems).map(\.value),
          deviation: check.node("deviation") == nil ? nil : reader.word(check, "deviation", CheckDeviation.medication)))
      form?.checks.append(check)
    }
  }
}

extension ItemType {
  /// The type of an answer in CQL.
  var valueType: CQLType {
    switch self {
    case .boolean: .boolean
    case .integer: .integer
    case .quantity: .quantity
    case .text, .code, .adverseEventTerm, .medicine: .string
    case .date, .partialDate: .date
    case .dateTime: .dateTime
    }
  }
}
