import CQL
import ClinicalValues

/// Whether an item of a form says of itself what its type allows, and fits its concept.
struct ItemCheck {
  let form: FormFile
  let index: Int
  let dictionary: DataDictionary

  private var item: ItemPlan { form.plan.items[index] }
  private var fields: Fields { form.items[index] }
  /// Its concept, if it names one that exists.
  var concept: DataConcept? { item.concept.flatMap { dictionary[$0] } }

  /// The problems, in the order of its keys.
  func problems() -> [Problem] {
    var problems: [Problem] = []
    if !item.id.isIdentifier { problems.append(FormCheck.badID("item", item.id, at: fields.place("id"))) }
    if let concept = item.concept {
      problems += PlanReferences.unknown(
        "concept", [Located(concept, at: fields.place("concept"))], among: dictionary.concepts.map(\.id),
        "Add it to concepts.csv.")
    }
    problems += RoleCheck(form: form.plan, item: item, fields: fields, dictionary: dictionary).problems()
    return problems + unitProblems() + codeProblems() + rangeProblems() + requirementProblems()
  }

  private func problem(_ id: String, _ key: String, _ message: String, _ remedy: String) -> Problem {
    Problem(id, at: fields.place(key), message, remedy: remedy)
  }

  // MARK: units

  private func unitProblems() -> [Problem] {
    guard item.type == .quantity else {
      guard !item.units.isEmpty else { return [] }
      return [
        problem(
          "no-effect", "units", "‘\(item.id)’ is \(item.type.rawValue) and has units.",
          "Remove them, or write ‘type: quantity’.")
      ]
    }
    guard let first = item.units.first else {
      return [
        problem("no-units", "type", "The quantity ‘\(item.id)’ has no units to choose from.", "Add ‘units: [...]’.")
      ]
    }
    var problems: [Problem] = []
    for (number, unit) in item.units.enumerated() {
      let place = fields.place("units", number)
      if item.units[..<number].contains(unit) {
        problems.append(
          Problem("duplicate", at: place, "The unit ‘\(unit)’ is there already.", remedy: "Remove one of the two."))
      } else if !UCUM.isValid(unit) {
        var reason = "‘\(unit)’ is no UCUM unit."
        do throws(UnitError) { _ = try UCUM.unit(unit) } catch { reason = "\(error)" }
        problems.append(Problem("invalid-unit", at: place, reason, remedy: "Correct it here."))
      } else if let problem = unitProblem(unit, first, at: place) {
        problems.append(problem)
      }
    }
    return problems
  }

  /// A value is compared in the unit of its concept: it must get there by the dictionary.
  private func unitProblem(_ unit: String, _ first: String, at place: SourceLocation) -> Problem? {
    if let concept, concept.valueType == .quantity, [.value, .component].contains(item.gives) {
      let allowed = [concept.unit ?? "1"] + concept.conversions.map(\.unit)
      guard !allowed.contains(unit) else { return nil }
      return Problem(
        "unlisted-unit", at: place, "The dictionary lists no unit ‘\(unit)’ for ‘\(concept.id)’.",
        remedy: "Use one of: \(allowed.joined(separator: ", ")); or add it there with its conversion.")
    }
    guard UCUM.isValid(first), !UCUM.areCommensurable(unit, first) else { return nil }
    return Problem(
      "wrong-unit", at: place, "‘\(unit)’ does not measure what ‘\(first)’ does.", remedy: "Use units of one kind.")
  }

  // MARK: codes

  private func codeProblems() -> [Problem] {
    guard fields.node("codes") != nil else {
      guard item.type == .code else { return [] }
      return [problem("no-codes", "type", "‘\(item.id)’ has no codes to choose from.", "Add ‘codes:’.")]
    }
    guard [.code, .integer, .medicine].contains(item.type) else {
      return [
        problem(
          "no-effect", "codes", "‘\(item.id)’ is \(item.type.rawValue) and has codes to choose from.",
          "Remove them, or write ‘type: code’.")
      ]
    }
    var problems: [Problem] = []
    for (number, code) in item.codes.enumerated() {
      let place = fields.place("codes", number)
      if item.codes[..<number].contains(where: { $0.code == code.code }) {
        problems.append(
          Problem(
            "duplicate", at: place, "The code ‘\(code.code)’ is there already.", remedy: "Remove one of the two."))
      }
      if code.label.isEmpty {
        problems.append(
          Problem(
            "no-words", at: place, "Nobody reads what ‘\(code.code)’ means: it has no words.",
            remedy: "Write ‘\(code.code): its words’."))
      }
      if item.type == .integer, !isPossible(code.code) {
        problems.append(
          Problem(
            "wrong-code", at: place, "‘\(code.code)’ is no whole number that ‘\(item.id)’ can be.",
            remedy: "Write the number, or correct ‘possible’."))
      }
    }
    return problems
  }

  private func isPossible(_ code: String) -> Bool {
    guard let number = Int32(code) else { return false }
    return item.possible?.contains(Decimal(number)) ?? true
  }

  // MARK: ranges

  private func rangeProblems() -> [Problem] {
    guard [.integer, .quantity].contains(item.type) else {
      return ["possible", "usual"].filter { fields.node($0) != nil }.map { key in
        problem(
          "no-effect", key, "‘\(item.id)’ is \(item.type.rawValue) and has no range.",
          "Remove it, or write ‘type: quantity’.")
      }
    }
    var problems: [Problem] = []
    if let possible = item.possible, let usual = item.usual,
      !(possible.contains(usual.lowerBound) && possible.contains(usual.upperBound))
    {
      problems.append(
        problem(
          "limits-crossed", "usual", "Usual values of ‘\(item.id)’ reach beyond the possible ones.",
          "Write possible limits that contain the usual ones."))
    }
    if let range = concept?.range, let possible = item.possible, item.gives != .nothing,
      possible.lowerBound < Decimal(range.lowerBound) || possible.upperBound > Decimal(range.upperBound)
    {
      problems.append(
        problem(
          "limits-crossed", "possible",
          "‘\(item.concept ?? "")’ is \(range.lowerBound) to \(range.upperBound) in the dictionary.",
          "Write limits that lie within."))
    }
    return problems
  }

  // MARK: requirement

  private func requirementProblems() -> [Problem] {
    guard item.calculated != nil, item.required != .never else { return [] }
    return [
      problem(
        "no-effect", "required", "‘\(item.id)’ is calculated, and nobody can be required to answer it.",
        "Remove ‘required’; require the items that it is calculated from.")
    ]
  }
}
