import CQL
import ClinicalValues
import FHIR
import StudyDesign

/// What of a record keeps it from deciding a criterion.
struct Weakness {
  /// A clause that says what it is and how it is put right.
  let clause: String
  /// Whether it is the file that is wrong and not the finding: it is mended where the record stands, and nobody repeats a test for it.
  let isOfTheFile: Bool

  /// A weakness of the finding itself.
  static func finding(_ clause: String) -> Weakness { Weakness(clause: clause, isOfTheFile: false) }
  /// A weakness of how it is written.
  static func file(_ clause: String) -> Weakness { Weakness(clause: clause, isOfTheFile: true) }
}

/// What a statement of a medicine does not say.
enum Unstated {
  /// How much a day, in the unit of its concept.
  case dose(unit: String)
  /// For what it is given, as a code.
  case reason

  /// Whether it leaves open what reads it, whatever else the record says: a low dose bars for no reason.
  var isSurelyACause: Bool { if case .dose = self { true } else { false } }

  /// A clause that says it.
  var clause: String {
    switch self {
    case .dose(let unit): "it states no single daily dose in \(unit) or what the dictionary takes for it"
    case .reason: "it has no coded reason (reasonCode)"
    }
  }
}

extension EvidenceReader {
  /// What of a record keeps it from deciding a criterion, as far as it can be seen from the record itself.
  func weaknesses(of record: CQL.Record) -> [Weakness] {
    guard let object = record.object as? FHIRObject else { return [] }
    let element = object.content
    switch element.definition.name {
    case "Observation": return observation(element, of: record)
    case "Condition": return reversed(element.first("onset"), element.first("abatement")) + statement(element)
    case "AllergyIntolerance": return statement(element)
    case "MedicationStatement":
      return reversed(element.first("effective")) + undated(element) + unnamed(object)
        + dose(of: element, record)
    case "Procedure": return reversed(element.first("performed"))
    case "Patient": return birthDate(element)
    default: return []
    }
  }

  private func observation(_ element: Element, of record: CQL.Record) -> [Weakness] {
    var weaknesses: [Weakness] = []
    if let status = element.first("status")?.text, !["final", "amended", "corrected"].contains(status) {
      weaknesses.append(.finding("its status is ‘\(status)’ and not final"))
    }
    switch element.first("effective") {
    case nil: weaknesses.append(.file("it has no date"))
    case let effective? where effective.isKind(of: "Timing"):
      weaknesses.append(.file("its date is a schedule (effectiveTiming), and no day"))
    default: break
    }
    if let untimely = untimely(element) {
      // What is surely outside does not come to count by being written otherwise.
      guard untimely.isOfTheFile else { return [untimely] }
      weaknesses.append(untimely)
    }
    guard let value = element.first("value") else {
      return element.all("component").isEmpty ? weaknesses + [.finding("it has no value")] : weaknesses
    }
    let concept = concept(askedBy: record)
    if let concept, let unfit = unfit(value, for: concept) { return weaknesses + [unfit] }
    guard value.isKind(of: "Quantity") else { return weaknesses }
    guard let number = value.json?["value"]?.number else { return weaknesses + [.file("it has no number")] }
    guard ExactNumber(number)?.neighbors != nil else {
      return weaknesses + [.file("its number is larger than any measurement")]
    }
    weaknesses += unit(of: value, concept)
    if weaknesses.isEmpty, let concept { weaknesses = limits(of: element, concept) }
    if weaknesses.isEmpty, let comparator = value.first("comparator")?.text {
      weaknesses.append(.finding("‘\(comparator)’ leaves open on which side of the limit it lies"))
    }
    return weaknesses
  }

  /// The one concept that a retrieve asked for; nil where it asked for several.
  private func concept(askedBy record: CQL.Record) -> DataConcept? {
    let concepts = terminology.concepts(of: record.retrieve.datum) ?? []
    return concepts.count == 1 ? concepts.first.map { study.dictionary.concepts[$0] } : nil
  }

  /// That a value is of another kind than the concept's, or none of its answers.
  private func unfit(_ value: Element, for concept: DataConcept) -> Weakness? {
    let kinds: [String]
    switch concept.valueType {
    case .quantity: kinds = ["Quantity", "integer"]
    case .integer: kinds = ["integer", "Quantity"]
    case .boolean: kinds = ["boolean"]
    case .coded: kinds = ["CodeableConcept"]
    case .dateTime, .period, .none: return nil
    }
    guard kinds.contains(where: value.isKind) else {
      let found = value.definition.name
      return .file("its value is of type \(found), and \(kinds[0]) is asked for (value\(kinds[0].capitalizedFirst))")
    }
    guard concept.valueType == .coded, !concept.valueCodes.isEmpty, value.codes.isEmpty else { return nil }
    return .file("its answer has no code")
  }

  private func unit(of quantity: Element, _ concept: DataConcept?) -> [Weakness] {
    guard let code = quantity.first("code")?.text else {
      return [.file("its unit has no UCUM code (valueQuantity.code)")]
    }
    guard UCUM.isValid(code) else { return [.file("‘\(code)’ is no UCUM unit")] }
    guard quantity.ucumUnit != nil else {
      return [.file("its unit is not said to be one of UCUM (valueQuantity.system)")]
    }
    guard let concept, let wanted = concept.unit else { return [] }
    guard let number = concept.inItsUnit(quantity) else {
      let units = ([wanted] + concept.conversions.map(\.unit)).joined(separator: ", ")
      return [.file("the dictionary does not take ‘\(code)’ for it, but \(units)")]
    }
    guard !concept.canBe(number) else { return [] }
    let range = concept.range.map { "from \($0.lowerBound) to \($0.upperBound)" } ?? "not below 0"
    return [.file("no such number can be: it is \(range)")]
  }

  /// That the laboratory's own limit is not there, where it is compared with and the dictionary says where it stands.
  private func limits(of observation: Element, _ concept: DataConcept) -> [Weakness] {
    [("high", "upper"), ("low", "lower")].compactMap { end, word in
      guard limits.contains(end), concept.note.contains("referenceRange.\(end)") else { return nil }
      let limits = observation.all("referenceRange").compactMap { $0.first(end) }
      guard let limit = limits.first else {
        return .file("the laboratory's \(word) limit of normal does not stand beside it (referenceRange.\(end))")
      }
      guard concept.inItsUnit(limit) == nil else { return nil }
      return .file(
        "the laboratory's \(word) limit of normal has no unit that the dictionary takes (such as \(concept.unit ?? "1"))"
      )
    }
  }

  /// That it is not said when a medicine was begun, or when it ended that is no longer taken.
  private func undated(_ statement: Element) -> [Weakness] {
    guard let status = statement.first("status")?.text,
      ["active", "completed", "stopped", "on-hold"].contains(status)
    else { return [] }
    let effective = statement.first("effective")
    let isPeriod = effective?.isKind(of: "Period") == true
    let start = isPeriod ? effective?.first("start") : effective
    let end = isPeriod ? effective?.first("end") : nil
    switch (start, end) {
    case (nil, nil): return [.finding("neither its start nor an end is recorded (effectivePeriod)")]
    case (nil, _?): return [.finding("its start is not recorded (effectivePeriod.start)")]
    case (_?, nil) where status != "active":
      return [.finding("it is \(status) and its end is not recorded (effectivePeriod.end)")]
    default: return []
    }
  }

  /// That no code says which medicine it is.
  private func unnamed(_ statement: FHIRObject) -> [Weakness] {
    medications.isNamed(statement) ? [] : [.file("no code says which medicine it is (give it its ATC code)")]
  }

  /// That a dose cannot have been given.
  private func dose(of statement: Element, _ record: CQL.Record) -> [Weakness] {
    guard let dose = statement.first("dosage")?.first("doseAndRate")?.first("dose"), dose.isKind(of: "Quantity"),
      let number = dose.json?["value"]?.number.flatMap({ ExactNumber($0) }), number < ExactNumber(0)
    else { return [] }
    return [.file("no dose is below 0")]
  }

  /// Why a record cannot decide, as clauses: that it has no reason only of one that is known to be the cause.
  func causes(of record: CQL.Record) -> [String] {
    let unstated = unstated(in: record).flatMap { unstated in
      unstated.isSurelyACause || culprits.contains(record.origin.index) ? unstated.clause : nil
    }
    return weaknesses(of: record).map(\.clause) + [unstated].compactMap(\.self)
  }

  /// What a statement of a medicine does not say and is read; without a dose nothing asks for the reason.
  func unstated(in record: CQL.Record) -> Unstated? {
    guard let object = record.object as? FHIRObject, object.className == "MedicationStatement",
      let concept = concept(of: record, object)
    else { return nil }
    let doses = object.content.all("dosage").flatMap { $0.all("doseAndRate") }.compactMap { $0.first("dose") }
    let isDosed = doses.count == 1 && doses.allSatisfy { concept.inItsUnit($0) != nil }
    if elements.contains("dosage"), concept.prednisoneEquivalent != nil, !isDosed {
      return .dose(unit: concept.unit ?? "1")
    }
    let hasReason = object.content.all("reasonCode").contains { !$0.codes.isEmpty }
    return elements.contains("reasonCode") && !hasReason ? .reason : nil
  }

  private func birthDate(_ patient: Element) -> [Weakness] {
    guard let text = patient.first("birthDate")?.json?.string, text.lacksDay else { return [] }
    return [.file("the birth date has no day")]
  }

  private func statement(_ element: Element) -> [Weakness] {
    guard let status = element.first("verificationStatus") else {
      return [.file("it has no verificationStatus: record whether it is confirmed or refuted")]
    }
    let codes = status.codes.map(\.code)
    guard codes.contains(where: { ["provisional", "differential", "unconfirmed"].contains($0) }) else { return [] }
    return [.finding("it is \(codes.joined(separator: ", "))")]
  }
}

extension String {
  /// With its first letter as a capital: `valueBoolean`.
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
