import CQL
import ClinicalValues

/// Reads `endpoints.yaml`.
///
/// What is wrong or missing is reported and read as the least that is allowed, as in `PlanReader`, which it leans on.
struct EndpointReader {
  var reader = PlanReader()
  var file: EndpointFile
  /// What the whole file rests on: it holds for each part that names nothing of its own.
  private var fallback = PartOrigin()
  /// Whether a part was found that rests on nothing: the first one stands for all.
  private var isOriginMissed = false

  /// Everything that is wrong.
  var problems: [Problem] { reader.problems }

  static let origin = ["source", "provisional"]

  init(_ text: String) {
    file = EndpointFile(plan: .nothing)
    let keys = [
      "timePoints", "baseline", "medicines", "drugFree", "newTreatment", "flare", "context", "picks", "cohorts",
      "bCells", "persistence", "sets",
    ]
    guard let root = reader.file(text, EndpointFile.name, keys: keys + Self.origin) else { return }
    fallback = ownOrigin(root)
    file.cohortsPlace = root.place("cohorts")
    file.setsPlace = root.place("sets")
    readTimes(root)
    readMedicines(root)
    readContext(root)
    for (id, fields) in reader.items(root, "picks", "pick", keys: ["id", "of", "atLeast"] + Self.origin) {
      file.plan.picks.append(pick(id.value, fields))
    }
    readCohorts(root)
    readCells(root)
    for (id, fields) in reader.items(root, "sets", "analysis set", keys: ["id", "title", "definition"] + Self.origin) {
      readSet(id, fields)
    }
    file.references = reader.references
  }

  // MARK: origin

  private mutating func ownOrigin(_ fields: Fields) -> PartOrigin {
    let source = fields.text("source", problems: &reader.problems)
    let provisional = fields.text("provisional", problems: &reader.problems)
    if let source { reader.references.quotes.append(source) }
    if let provisional { reader.references.provisional.append(provisional) }
    return PartOrigin(source: source?.value, provisional: provisional?.value)
  }

  /// Where a part comes from: its own words or item, else what the whole file rests on.
  mutating func origin(_ fields: Fields?) -> PartOrigin {
    guard let fields else { return fallback }
    let own = ownOrigin(fields)
    guard own == PartOrigin() else { return own }
    if fallback == PartOrigin(), !isOriginMissed {
      isOriginMissed = true
      reader.problems.append(
        Problem(
          "no-origin", at: fields.location, "Nothing says where this part comes from.",
          remedy:
            "Quote the source (‘source:’) or name the provisional item that it rests on (‘provisional:’), here or "
            + "at the top of the file."))
    }
    return fallback
  }

  // MARK: items

  static let days: [ItemType] = [.date, .partialDate, .dateTime]
  static let numbers: [ItemType] = [.integer, .quantity]

  /// An item that a text names, kept to be checked.
  mutating func path(_ text: Located<String>?, _ types: [ItemType], _ use: String) -> ItemPath {
    guard let text else { return ItemPath(form: "", item: "") }
    guard let path = ItemPath(text.value) else {
      reader.problems.append(
        Problem(
          "unknown-reference", at: text.location, "‘\(text.value)’ names no item of a form.",
          remedy: "Write form.ITEM, such as spirometry.REORRES_FVCPP."))
      return ItemPath(form: "", item: "")
    }
    claim(path, at: text.location, types, use)
    return path
  }

  /// An item of a key that must be there.
  mutating func item(_ fields: Fields?, _ key: String, _ types: [ItemType], _ use: String) -> ItemPath {
    path(fields?.requiredText(key, problems: &reader.problems), types, use)
  }

  /// An item by its id alone, of a form that stands beside it.
  mutating func item(_ fields: Fields?, _ key: String, of form: String, _ types: [ItemType], _ use: String) -> String {
    guard let text = fields?.requiredText(key, problems: &reader.problems) else { return "" }
    claim(ItemPath(form: form, item: text.value), at: text.location, types, use)
    return text.value
  }

  mutating func claim(_ path: ItemPath, at location: SourceLocation, _ types: [ItemType], _ use: String) {
    if !path.form.isEmpty { file.items.append(.init(path: path, location: location, types: types, use: use)) }
  }

  mutating func dated(_ fields: Fields?, _ types: [ItemType], _ use: String) -> DatedItem {
    let item = item(fields, "item", types, use)
    return DatedItem(item: item, day: self.item(fields, "day", of: item.form, Self.days, "the day of \(use)"))
  }

  // MARK: parts

  private mutating func readTimes(_ root: Fields) {
    for (id, fields) in reader.items(root, "timePoints", "time point", keys: ["id", "visit", "note"] + Self.origin) {
      file.plan.timePoints.append(
        TimePointPlan(
          id: id.value, visit: visit(fields, "visit"), note: fields.text("note", problems: &reader.problems)?.value,
          origin: origin(fields)))
    }
    let baseline = reader.section(root, "baseline", keys: ["afterBridging", "beside"] + Self.origin)
    let bridging = baseline?.text("afterBridging", problems: &reader.problems)
    file.plan.baseline = BaselinePlan(
      afterBridging: bridging.map { path($0, Self.days, "the first day of bridging") },
      beside: visit(baseline, "beside"),
      origin: origin(baseline))
  }

  private mutating func visit(_ fields: Fields?, _ key: String) -> String {
    guard let text = fields?.requiredText(key, problems: &reader.problems) else { return "" }
    file.visits.append(text)
    return text.value
  }

  /// The mappings of a list that must be there.
  mutating func mappings(_ root: Fields, _ key: String, _ what: String, keys: [String]) -> [Fields] {
    if root.node(key) == nil { _ = root.requiredText(key, problems: &reader.problems) }
    return root.list(key, problems: &reader.problems).compactMap {
      Fields($0, what, keys: keys, problems: &reader.problems)
    }
  }

  private mutating func readMedicines(_ root: Fields) {
    let keys = [
      "form", "medicine", "start", "end", "state", "neverTaken", "stillTaken", "continuedIn", "dose", "reason",
      "forDisease",
    ]
    let forms = mappings(root, "medicines", "a form of medicines", keys: keys)
    file.plan.medicines = forms.map { medicineForm($0) }
    for fields in forms { checkContinued(fields) }
    for fields in mappings(root, "newTreatment", "an answer", keys: ["item", "day"]) {
      file.plan.newTreatment.append(dated(fields, [.boolean], "a new treatment"))
    }
    file.plan.flare = dated(reader.section(root, "flare", keys: ["item", "day"]), [.boolean], "a flare")
    let free = reader.section(root, "drugFree", keys: ["said", "excluded", "apart", "exempt"] + Self.origin)
    let said = reader.section(free, "said", keys: ["item", "day"])
    let exempt = free?.texts("exempt", problems: &reader.problems) ?? []
    for medicines in file.plan.medicines { look(for: exempt, in: medicines.form, medicines.reason) }
    file.plan.drugFree = DrugFreePlan(
      said: dated(said, [.boolean], "being free of drugs"), excluded: reader.names(free, "excluded", \.conceptsOrSets),
      apart: reader.names(free, "apart", \.concepts),
      exempt: exempt.map(\.value), origin: origin(free))
  }

  private mutating func medicineForm(_ fields: Fields) -> MedicineFormPlan {
    let form = fields.requiredText("form", problems: &reader.problems)
    if let form { file.forms.append(form) }
    let id = form?.value ?? ""
    let never = fields.texts("neverTaken", problems: &reader.problems)
    let still = fields.texts("stillTaken", problems: &reader.problems)
    let disease = fields.texts("forDisease", problems: &reader.problems)
    let plan = MedicineFormPlan(
      form: id, medicine: item(fields, "medicine", of: id, [.medicine], "a medicine"),
      start: item(fields, "start", of: id, Self.days, "the first day of a medicine"),
      end: item(fields, "end", of: id, Self.days, "the last day of a medicine"),
      state: item(fields, "state", of: id, [.code], "the state of a medicine"),
      neverTaken: never.map(\.value), stillTaken: still.map(\.value),
      continuedIn: fields.text("continuedIn", problems: &reader.problems)?.value,
      dose: fields.node("dose") == nil ? nil : item(fields, "dose", of: id, [.quantity], "a daily dose"),
      reason: fields.node("reason") == nil ? nil : item(fields, "reason", of: id, [.code], "why a medicine is given"),
      forDisease: disease.map(\.value))
    look(for: never + still, in: id, plan.state)
    look(for: disease, in: id, plan.reason)
    return plan
  }

  /// What is continued elsewhere is so in another form of medicines that is kept up to date.
  private mutating func checkContinued(_ fields: Fields) {
    guard let other = fields.text("continuedIn", problems: &reader.problems) else { return }
    let kept = file.plan.medicines.filter { $0.continuedIn == nil }.map(\.form)
    guard !kept.contains(other.value) else { return }
    reader.problems.append(
      Problem(
        "unknown-continuation", at: other.location,
        "‘\(other.value)’ is no form of medicines that is kept up to date.",
        remedy: "Name one of \(kept.joined(separator: ", ")), a form of this list without continuedIn."))
  }

  /// Answers that an item must offer.
  private mutating func look(for answers: [Located<String>], in form: String, _ item: String?) {
    guard let item, !answers.isEmpty else { return }
    file.answers.append(EndpointFile.AnswerClaim(item: ItemPath(form: form, item: item), answers: answers))
  }

  private mutating func readContext(_ root: Fields) {
    let context = reader.section(
      root, "context",
      keys: ["days", "glucocorticoids", "immunoglobulin", "transfusions", "localReaction"] + Self.origin)
    let log = reader.section(context, "transfusions", keys: ["item", "day", "state", "notGiven"])
    let product = dated(log, [.code], "a blood product")
    let notGiven = log?.texts("notGiven", problems: &reader.problems) ?? []
    let state = item(log, "state", of: product.item.form, [.code], "the state of a blood product")
    look(for: notGiven, in: product.item.form, state)
    let transfusions = TransfusionPlan(product: product, state: state, notGiven: notGiven.map(\.value))
    file.plan.context = ContextPlan(
      days: reader.whole(context, "days", 1...3650),
      glucocorticoids: reader.names(context, "glucocorticoids", \.conceptsOrSets).first ?? "",
      immunoglobulin: reader.names(context, "immunoglobulin", \.concepts).first ?? "", transfusions: transfusions,
      localReaction: item(context, "localReaction", [.boolean], "a local reaction"), origin: origin(context))
  }

  private mutating func pick(_ id: String, _ fields: Fields) -> PickPlan {
    if fields.node("of") == nil { _ = fields.requiredText("of", problems: &reader.problems) }
    let choices = fields.entries("of", problems: &reader.problems).map { name, node -> PickPlan.Choice in
      guard case .text(let text) = node.content else {
        reader.problems.append(
          Problem(
            "expected-text", at: node.location, "Expected an item for ‘\(name.value)’, found \(node.description).",
            remedy: "Write form.ITEM."))
        return PickPlan.Choice(name: name.value, item: ItemPath(form: "", item: ""))
      }
      return PickPlan.Choice(
        name: name.value, item: path(Located(text, at: node.location), Self.numbers, "a measurement to pick from"))
    }
    return PickPlan(id: id, of: choices, atLeast: reader.whole(fields, "atLeast", 1...100), origin: origin(fields))
  }

  private mutating func readCells(_ root: Fields) {
    let cells = reader.section(
      root, "bCells", keys: ["item", "depletion", "depletionInclusive", "reconstitution"] + Self.origin)
    file.plan.bCells = BCellPlan(
      item: item(cells, "item", Self.numbers, "the count of B cells"),
      depletion: reader.decimal(cells, "depletion", 0...1_000_000),
      depletionInclusive: reader.flag(cells, "depletionInclusive"),
      reconstitution: reader.decimal(cells, "reconstitution", 0...1_000_000), origin: origin(cells))
    let persistence = reader.section(
      root, "persistence", keys: ["copies", "belowLimit", "lowerLimit"] + Self.origin)
    file.plan.persistence = PersistencePlan(
      copies: item(persistence, "copies", Self.numbers, "copies of the vector"),
      belowLimit: item(persistence, "belowLimit", [.boolean], "what is below the limit"),
      lowerLimit: item(persistence, "lowerLimit", Self.numbers, "the limit of quantification"),
      origin: origin(persistence))
  }

  private mutating func readSet(_ id: Located<String>, _ fields: Fields) {
    file.sets.append(id)
    guard let known = AnalysisSetID(rawValue: id.value) else {
      let all = AnalysisSetID.allCases.map(\.rawValue)
      reader.problems.append(
        Problem(
          "unknown-word", at: id.location, "There is no analysis set ‘\(id.value)’.",
          remedy: suggestion(for: id.value, among: all, otherwise: "")))
      return
    }
    file.plan.sets.append(
      AnalysisSetPlan(
        id: known, title: reader.text(fields, "title"), definition: reader.text(fields, "definition"),
        origin: origin(fields)))
  }
}

extension EndpointPlan {
  /// A plan that says nothing.
  static var nothing: EndpointPlan {
    let item = ItemPath(form: "", item: "")
    let dated = DatedItem(item: item, day: "")
    let origin = PartOrigin()
    return EndpointPlan(
      timePoints: [], baseline: BaselinePlan(beside: "", origin: origin), medicines: [],
      drugFree: DrugFreePlan(said: dated, excluded: [], apart: [], exempt: [], origin: origin), newTreatment: [],
      flare: dated,
      context: ContextPlan(
        days: 1, glucocorticoids: "", immunoglobulin: "",
        transfusions: TransfusionPlan(product: dated, state: "", notGiven: []), localReaction: item, origin: origin),
      picks: [], cohorts: [],
      bCells: BCellPlan(item: item, depletion: 0, depletionInclusive: false, reconstitution: 0, origin: origin),
      persistence: PersistencePlan(copies: item, belowLimit: item, lowerLimit: item, origin: origin), sets: [])
  }
}
