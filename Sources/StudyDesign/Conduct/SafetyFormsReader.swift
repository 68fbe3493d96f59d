import CQL
import Instruments

/// Reads `forms` of `safety.yaml`: which items of which forms say what safety follows from.
extension PlanReader {
  mutating func safetyForms(_ root: Fields?) -> SafetyForms {
    let fields = section(
      root, "forms",
      keys: [
        "adverseEvent", "course", "details", "report", "assessment", "question", "death", "pregnancy",
        "pregnancyOutcome", "medication", "vector", "kinds", "noKind", "terms",
      ])
    var forms = SafetyForms()
    forms.adverseEvent = binding(fields, "adverseEvent")
    forms.course = binding(fields, "course")
    forms.details = binding(fields, "details")
    forms.report = binding(fields, "report")
    forms.assessment = binding(fields, "assessment")
    forms.question = binding(fields, "question")
    forms.death = binding(fields, "death")
    forms.pregnancy = binding(fields, "pregnancy")
    forms.pregnancyOutcome = binding(fields, "pregnancyOutcome")
    forms.medication = binding(fields, "medication")
    forms.vector = binding(fields, "vector")
    forms.kinds = kinds(fields)
    references.noInterest = fields?.text("noKind", problems: &problems)
    forms.noKind = references.noInterest?.value
    forms.terms = terms(fields)
    return forms
  }

  /// A form with the ids of all items that mean something; nil where the study does not have it.
  private mutating func binding<Item: SafetyItem>(_ forms: Fields?, _ key: String) -> FormBinding<Item>? {
    guard forms?.node(key) != nil,
      let fields = section(forms, key, keys: ["form"] + Item.allCases.map(\.rawValue)),
      let form = fields.requiredText("form", problems: &problems)
    else { return nil }
    var items: [Item: String] = [:]
    var named: [(meaning: String, id: Located<String>)] = []
    for item in Item.allCases {
      guard let id = fields.requiredText(item.rawValue, problems: &problems) else { continue }
      items[item] = id.value
      named.append((item.rawValue, id))
    }
    references.boundForms.append((form, named))
    return FormBinding(form: form.value, items: items)
  }

  private mutating func terms(_ forms: Fields?) -> [String: String] {
    var terms: [String: String] = [:]
    for (term, node) in forms?.entries("terms", problems: &problems) ?? [] {
      guard case .text(let code) = node.content else {
        problems.append(
          Problem(
            "unknown-word", at: node.location, "‘\(term.value)’ has no code: found \(node.description).",
            remedy: "Write the code that the form of adverse events has for it."))
        continue
      }
      terms[term.value] = code
      references.interestTerms.append((term, Located(code, at: node.location)))
    }
    return terms
  }

  private mutating func kinds(_ forms: Fields?) -> [String: SpecialInterestKind] {
    var kinds: [String: SpecialInterestKind] = [:]
    for (code, node) in forms?.entries("kinds", problems: &problems) ?? [] {
      guard case .text(let text) = node.content, let kind = SpecialInterestKind(rawValue: text) else {
        problems.append(
          Problem(
            "unknown-word", at: node.location, "‘\(code.value)’ is no kind that rules name: found \(node.description).",
            remedy: "Write one of \(SpecialInterestKind.allCases.map(\.rawValue).joined(separator: ", "))."))
        continue
      }
      kinds[code.value] = kind
      references.interestKinds.append(code)
    }
    return kinds
  }
}

extension PlanReferences {
  /// Forms, items and codes that safety follows from and that the casebook does not have, and terms that CTCAE does not have.
  func boundFormProblems(among forms: [FormPlan]) -> [Problem] {
    unknownItems(among: forms) + unknownInterests(among: forms)
      + PlanReferences.unknown(
        "term of CTCAE v5.0", interestTerms.map(\.term), among: CTCAE.terms.map(\.name),
        "Write it as CTCAE has it.")
  }

  /// Codes of events of special interest that the form of adverse events does not have, and that of none where it is one.
  private func unknownInterests(among forms: [FormPlan]) -> [Problem] {
    let interests = interestKinds + interestTerms.map(\.code)
    var problems: [Problem] = []
    for bound in boundForms {
      guard let named = bound.items.first(where: { $0.meaning == AdverseEventItem.specialInterest.rawValue }),
        let form = forms.first(where: { $0.id == bound.form.value }), let item = form.item(named.id.value)
      else { continue }
      problems += PlanReferences.unknown(
        "code of \(form.id).\(item.id)", interests + [noInterest].compactMap(\.self), among: item.codes.map(\.code),
        "Add it to forms/\(form.id).yaml.")
    }
    if let noInterest, interests.contains(where: { $0.value == noInterest.value }) {
      problems.append(
        Problem(
          "contradiction", at: noInterest.location,
          "‘\(noInterest.value)’ is said to be no event of special interest, and ‘kinds’ or ‘terms’ has it as one.",
          remedy: "Write the code that stands for none of them."))
    }
    return problems
  }

  private func unknownItems(among forms: [FormPlan]) -> [Problem] {
    boundForms.flatMap { bound -> [Problem] in
      guard let form = forms.first(where: { $0.id == bound.form.value }) else {
        return PlanReferences.unknown("form", [bound.form], among: forms.map(\.id), "Add it to forms/.")
      }
      return PlanReferences.unknown(
        "item of \(form.id)", bound.items.map(\.id), among: form.items.map(\.id), "Add it to forms/\(form.id).yaml.")
    }
  }
}
