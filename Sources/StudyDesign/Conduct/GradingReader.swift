import CQL

/// Reads the section `grading:` of `safety.yaml`.
extension PlanReader {
  mutating func grading(_ root: Fields?) -> GradingPlan {
    guard let root, root.node("grading") != nil else { return GradingPlan() }
    let fields = section(
      root, "grading",
      keys: ["eventFromGrade", "items", "analytes", "instruments", "daily", "courses", "source", "provisional"])
    return GradingPlan(
      analytes: analytes(fields), instruments: instruments(fields), items: gradingItems(fields),
      daily: names(fields, "daily", \.concepts), eventFromGrade: whole(fields, "eventFromGrade", 1...4),
      courses: courses(fields), provisional: origin(fields))
  }

  private mutating func analytes(_ fields: Fields?) -> [GradedAnalyte] {
    items(fields, "analytes", "analyte", keys: ["id", "concept", "conversion"]).map { id, fields in
      references.analytes.append((id, concept(fields), fields.text("conversion", problems: &problems)))
      return GradedAnalyte(
        id.value, concept: text(fields, "concept"), conversion: fields.text("conversion", problems: &problems)?.value)
    }
  }

  /// A concept that must be there, kept for checking.
  private mutating func concept(_ fields: Fields?) -> Located<String>? {
    var unheard: [Problem] = []
    guard let text = fields?.text("concept", problems: &unheard) else { return nil }
    references.concepts.append(text)
    return text
  }

  private mutating func instruments(_ fields: Fields?) -> [String: InstrumentFilling] {
    var instruments: [String: InstrumentFilling] = [:]
    for (id, fields) in items(fields, "instruments", "instrument", keys: ["id", "assigned", "keys"]) {
      let keys = items(fields, "keys", "key of \(id.value)", keys: ["id", "concept", "unit", "words"])
      let filled = keys.map { key, fields in
        let words = fields.entries("words", problems: &problems).compactMap {
          code, node -> (String, Located<String>)? in
          guard case .text(let word) = node.content else { return nil }
          return (code.value, Located(word, at: node.location))
        }
        references.instrumentKeys.append(
          PlannedKey(instrument: id, key: key, concept: concept(fields), words: words.map { ($0.0, $0.1) }))
        return InstrumentKey(
          key.value, concept: text(fields, "concept"), unit: unit(fields, "unit"),
          words: Dictionary(words.map { ($0.0, $0.1.value) }) { first, _ in first })
      }
      instruments[id.value] = InstrumentFilling(assigned: named(fields, "assigned"), keys: filled)
    }
    return instruments
  }

  private mutating func gradingItems(_ fields: Fields?) -> GradingItems {
    let items = section(fields, "items", keys: ["age", "sex", "visitDate", "immunoglobulinGiven"])
    return GradingItems(
      age: item(items, "age"), sex: item(items, "sex"), visitDate: item(items, "visitDate"),
      immunoglobulinGiven: item(items, "immunoglobulinGiven"))
  }

  /// An item of a form, `form.item`, kept for checking; nil where it is not named.
  private mutating func item(_ fields: Fields?, _ key: String) -> ItemReference? {
    guard let text = fields?.text(key, problems: &problems) else { return nil }
    let parts = text.value.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    references.formItems.append(text)
    return parts.count == 2 ? ItemReference(form: parts[0], item: parts[1]) : nil
  }

  private mutating func courses(_ fields: Fields?) -> CoursePlan? {
    guard let fields, fields.node("courses") != nil else { return nil }
    let courses = section(fields, "courses", keys: ["carTCells", "bCells", "immunoglobulin"])
    let cells = section(courses, "carTCells", keys: ["concept", "limit", "below"])
    let bCells = section(courses, "bCells", keys: ["concept", "depleted", "inclusive", "returned"])
    let immunoglobulin = section(courses, "immunoglobulin", keys: ["concept", "severe"])
    return CoursePlan(
      copies: named(cells, "concept"), copiesLimit: named(cells, "limit"), copiesBelow: named(cells, "below"),
      bCells: named(bCells, "concept"), bCellsDepleted: decimal(bCells, "depleted"),
      bCellsDepletedInclusive: flag(bCells, "inclusive"), bCellsReturned: decimal(bCells, "returned"),
      immunoglobulin: named(immunoglobulin, "concept"), immunoglobulinSevere: decimal(immunoglobulin, "severe"))
  }

  /// A concept under a key that must be there.
  private mutating func named(_ fields: Fields?, _ key: String) -> String {
    guard let text = fields?.requiredText(key, problems: &problems) else { return "" }
    references.concepts.append(text)
    return text.value
  }
}
