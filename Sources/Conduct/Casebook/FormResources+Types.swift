import ClinicalValues
import FHIR
import StudyDesign
import Trial

// One function a type of resource, with the elements that `patient-file.md` asks for.

extension FormResources {
  private func head(_ type: String) -> [(String, FHIRText)] { [("resourceType", .string(type))] }
  private var reference: FHIRText { .object([("reference", .string(subject))]) }

  private func coded(_ concept: DataConcept) -> FHIRText? {
    concept.ownCode.map { .concept($0.system, $0.code, display: concept.display) }
  }

  /// What a coded item chose: a concept of the dictionary, an ATC code, or words.
  private func chosen(_ group: Group) -> FHIRText? {
    let texts = group.texts(.code)
    guard !texts.isEmpty else { return group.concepts.first.flatMap(coded) }
    let codings = texts.compactMap { text -> FHIRText? in
      if let code = dictionary[text]?.ownCode {
        return .coding(code.system, code.code, display: dictionary[text]?.display)
      }
      return ATC.isCode(text) ? .coding(FHIRSystem.atc, text) : nil
    }
    return codings.isEmpty ? .concept([], text: texts.joined(separator: "; ")) : .concept(codings)
  }

  // MARK: - Observation

  func observation(_ group: Group) -> FHIRText? {
    guard let concept = group.concepts.first, let code = coded(concept) else { return nil }
    let first = group.value?.item ?? group.components.first?.item ?? group.roles.first?.item
    var members = head("Observation") + [("status", .string("final")), ("code", code)]
    if let start = group.date(.start) {
      members.append(("effectivePeriod", period(start, group.date(.end))))
    } else if let when = group.date(.effective) ?? when(first) {
      members.append(("effectiveDateTime", .string(when)))
    }
    if let (item, entry) = group.value { members += value(of: concept, item, entry, isComponent: false) }
    if !group.components.isEmpty {
      let components = group.components.compactMap { part -> FHIRText? in
        guard let code = coded(part.concept) else { return nil }
        return .object([("code", code)] + value(of: part.concept, part.item, part.entry, isComponent: true))
      }
      members.append(("component", .array(components)))
    }
    return .object(members + [("subject", reference)])
  }

  private func period(_ start: String, _ end: String?) -> FHIRText {
    .object([("start", .string(start))] + (end.map { [("end", .string($0))] } ?? []))
  }

  private func value(
    of concept: DataConcept, _ item: ItemPlan, _ entry: Entry, isComponent: Bool
  ) -> [(String, FHIRText)] {
    guard let text = entry.answer.text else { return [] }
    switch (concept.valueType, item.type) {
    case (.boolean, _), (_, .boolean): return [("valueBoolean", .bare(text))]
    case (.coded, _): return [("valueCodeableConcept", .concept(FHIRSystem.concept, text))]
    case (.dateTime, _): return [("valueDateTime", .string(FHIRDate.text(text)))]
    case (.integer, _): return [("valueInteger", .bare(text))]
    case (.quantity, _):
      guard let measured = MeasuredValue(text) else { return [] }
      let unit = entry.answer.unit ?? concept.unit ?? "1"
      let value = FHIRText.quantity("\(measured.number)", unit, comparator: measured.comparator)
      return [("valueQuantity", value)] + (isComponent ? [] : limits(concept, item, entry, unit))
    case (.period, _), (.none, _): return [("valueString", .string(text))]
    }
  }

  /// The laboratory's limits: those given with the value, else those of its file for the day of sampling.
  private func limits(
    _ concept: DataConcept, _ item: ItemPlan, _ entry: Entry, _ unit: String
  ) -> [(String, FHIRText)] {
    var low = entry.low
    var high = entry.high
    var unit = unit
    if low == nil, high == nil, let day = when(item).flatMap({ CalendarDate($0.prefix(10)) }),
      let known = range(concept, record.laboratory(of: entry), day)
    {
      (low, high, unit) = (known.low, known.high, known.unit)
    }
    guard low != nil || high != nil else { return [] }
    var members: [(String, FHIRText)] = []
    if let low { members.append(("low", .quantity("\(low)", unit))) }
    if let high { members.append(("high", .quantity("\(high)", unit))) }
    return [("referenceRange", .array([.object(members)]))]
  }

  // MARK: - Conditions, medicines, procedures

  func condition(_ group: Group) -> FHIRText? {
    guard let code = chosen(group) else { return nil }
    let certain = group.text(.verification) ?? group.isTrue.map { $0 ? "confirmed" : "refuted" }
    var members = head("Condition")
    if let certain {
      members.append(("verificationStatus", .concept(FHIRSystem.terminology + "condition-ver-status", certain)))
    }
    members.append(("code", code))
    if let status = group.text(.status) {
      members.append(("clinicalStatus", .concept(FHIRSystem.terminology + "condition-clinical", status)))
    }
    if let start = group.date(.start) ?? group.date(.effective) { members.append(("onsetDateTime", .string(start))) }
    if let end = group.date(.end) { members.append(("abatementDateTime", .string(end))) }
    return .object(members + [("subject", reference)])
  }

  func medication(_ group: Group) -> FHIRText? {
    guard let code = chosen(group) else { return nil }
    let status = group.text(.status) ?? (group.isTrue == false ? "not-taken" : "unknown")
    var members = head("MedicationStatement") + [("status", .string(status)), ("medicationCodeableConcept", code)]
    if group.date(.start) != nil || group.date(.end) != nil {
      let period = [("start", group.date(.start)), ("end", group.date(.end))].compactMap { name, date in
        date.map { (name, FHIRText.string($0)) }
      }
      members.append(("effectivePeriod", .object(period)))
    } else if let day = group.date(.effective) {
      members.append(("effectiveDateTime", .string(day)))
    }
    if let reason = group.text(.statusReason) {
      members.append(("statusReason", .array([.concept(FHIRSystem.concept, reason)])))
    }
    if let isEffective = group.text(.effectiveDose) {
      members.append(
        (
          "extension",
          .array([.object([("url", .string("urn:tandem:effective-dose")), ("valueBoolean", .bare(isEffective))])])
        ))
    }
    if let dose = group.roles.last(where: { $0.item.gives == .dose })?.entry.answer, let text = dose.text,
      let amount = MeasuredValue(text)
    {
      let quantity = FHIRText.quantity("\(amount.number)", dose.unit ?? "mg/d", comparator: amount.comparator)
      members.append(
        ("dosage", .array([.object([("doseAndRate", .array([.object([("doseQuantity", quantity)])]))])])))
    }
    if let indication = group.text(.indication) {
      let coded = dictionary[indication]?.ownCode.map { FHIRText.concept($0.system, $0.code) }
      members.append(("reasonCode", .array([coded ?? .concept([], text: indication)])))
    }
    return .object(members + [("subject", reference)])
  }

  func procedure(_ group: Group) -> FHIRText? {
    guard let code = chosen(group) else { return nil }
    let status = group.text(.status).map { ["true": "completed", "false": "not-done"][$0] ?? $0 }
    let said = group.isTrue.map { $0 ? "completed" : "not-done" }
    var members = head("Procedure") + [("status", .string(status ?? said ?? "unknown")), ("code", code)]
    let hasEnd = plan.items.contains { $0.gives == .end }
    if let start = group.date(.start), hasEnd {
      members.append(("performedPeriod", period(start, group.date(.end))))
    } else if let day = group.date(.effective) ?? group.date(.start) ?? group.value.flatMap({ when($0.item) }) {
      members.append(("performedDateTime", .string(day)))
    }
    return .object(members + [("subject", reference)])
  }

  func immunization(_ group: Group) -> FHIRText? {
    guard let code = chosen(group) else { return nil }
    let said = group.isTrue.map { $0 ? "completed" : "not-done" }
    var members =
      head("Immunization") + [
        ("status", .string(group.text(.status) ?? said ?? "not-done")), ("vaccineCode", code), ("patient", reference),
      ]
    if let day = group.date(.effective) ?? group.date(.start) { members.append(("occurrenceDateTime", .string(day))) }
    return .object(members)
  }

  func allergy(_ group: Group) -> FHIRText? {
    guard let code = chosen(group) else { return nil }
    var members = head("AllergyIntolerance") + [("code", code), ("patient", reference)]
    for (role, element, system) in [
      (ItemRole.verification, "verificationStatus", "allergyintolerance-verification"),
      (.status, "clinicalStatus", "allergyintolerance-clinical"),
    ] {
      if let text = group.text(role) { members.append((element, .concept(FHIRSystem.terminology + system, text))) }
    }
    for severity in group.texts(.severity) {
      if ["mild", "moderate", "severe"].contains(severity) {
        let manifestation = FHIRText.array([.concept([], text: "as recorded")])
        let reaction = FHIRText.object([("manifestation", manifestation), ("severity", .string(severity))])
        members.append(("reaction", .array([reaction])))
      } else {
        members.append(("criticality", .string(severity)))
      }
    }
    if let start = group.date(.start) { members.append(("onsetDateTime", .string(start))) }
    return .object(members)
  }

  // MARK: - Consent, adverse events

  func consent(_ group: Group) -> FHIRText? {
    guard let concept = group.concepts.first, let category = coded(concept), let status = group.text(.status) else {
      return nil
    }
    var members =
      head("Consent") + [
        ("status", .string(status)), ("scope", .concept(FHIRSystem.terminology + "consentscope", "research")),
        ("category", .array([category])), ("patient", reference),
      ]
    if let signed = group.date(.effective) ?? when(group.roles.first?.item) {
      members.append(("dateTime", .string(signed)))
    }
    members += [
      ("policyRule", .concept(FHIRSystem.terminology + "v3-ActCode", "OPTIN")),
      ("provision", .object([("type", .string(status == "rejected" ? "deny" : "permit"))])),
    ]
    return .object(members)
  }

  func adverseEvent(_ group: Group) -> FHIRText? {
    guard let concept = group.concepts.first, let code = concept.ownCode else { return nil }
    let codings = [FHIRText.coding(code.system, code.code)]
    var members =
      head("AdverseEvent") + [
        ("actuality", .string("actual")), ("event", .concept(codings, text: group.text(.code))), ("subject", reference),
      ]
    if let day = group.date(.start) ?? group.date(.effective) { members.append(("date", .string(day))) }
    return .object(members)
  }
}
