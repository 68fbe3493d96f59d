import CQL
import ClinicalValues
import FHIR
import Instruments
import StudyDesign

/// The functions that libraries declare `external` because their data stand in the dictionary: conversion to the unit of a
/// concept, totals of instruments, prednisone equivalents, which medicine of a set a code names.
struct DictionaryFunctions: Sendable {
  let terminology: DictionaryTerminology
  let models: [any Model]
  let medications: Medications

  private var dictionary: DataDictionary { terminology.dictionary }

  /// The functions by the names that libraries give them.
  var externals: [String: ExternalFunction] {
    [
      "InUnitOf": { arguments throws(EvaluationError) in inUnitOf(arguments) },
      "InstrumentTotal": { arguments throws(EvaluationError) in instrumentTotal(arguments) },
      "PrednisoneSixtieths": { arguments throws(EvaluationError) in prednisoneSixtieths(arguments) },
      "MedicinesOf": { arguments throws(EvaluationError) in medicinesOf(arguments) },
      "IsNamed": { arguments throws(EvaluationError) in isNamed(arguments) },
    ]
  }

  // MARK: units

  /// What a quantity or a count may be in the unit of a concept: a point, unless it has a comparator or more digits than a
  /// Decimal. Null where its unit is not listed for the concept, or it is no number.
  private func inUnitOf(_ arguments: [Value]) -> Value {
    guard arguments.count == 2, case .object(let value) = arguments[0], let element = (value as? FHIRObject)?.content,
      case .valueSet(let set) = arguments[1], let index = terminology.concepts(of: set.id)?.first
    else { return .null }
    let concept = dictionary.concepts[index]
    switch element.definition.name {
    case "Quantity", "SimpleQuantity":
      guard let number = concept.inItsUnit(element), concept.canBe(number) else { return .null }
      return range(number, comparator: element.first("comparator")?.text)
    case "integer":
      guard ["1", "{score}"].contains(concept.unit), let text = element.json?.number, let number = ExactNumber(text),
        concept.canBe(number)
      else { return .null }
      return range(number, comparator: nil)
    default: return .null
    }
  }

  /// The numbers that a number with a comparator stands for.
  private func range(_ number: ExactNumber, comparator: String?) -> Value {
    guard let (below, above) = number.neighbors else { return .null }
    let isExact = below == above
    switch comparator {
    case nil: return interval(below, isExact, above, isExact)
    case "<": return interval(.least, true, above, false)
    case "<=": return interval(.least, true, above, isExact)
    case ">": return interval(below, false, .greatest, true)
    case ">=": return interval(below, isExact, .greatest, true)
    default: return .null
    }
  }

  private func interval(_ low: Decimal, _ lowClosed: Bool, _ high: Decimal, _ highClosed: Bool) -> Value {
    .interval(
      IntervalValue(
        low: .decimal(low), lowClosed: lowClosed, high: .decimal(high), highClosed: highClosed, pointType: .decimal))
  }

  /// A daily dose in sixtieths of a mg of prednisone: the denominators of all equivalents divide 60. A dose below zero is none that can
  /// have been given.
  private func prednisoneSixtieths(_ arguments: [Value]) -> Value {
    guard arguments.count == 2, case .object(let value) = arguments[0], let dose = (value as? FHIRObject)?.content,
      dose.definition.name == "Quantity" || dose.definition.name == "SimpleQuantity", dose.first("comparator") == nil
    else { return .null }
    for index in medicines(arguments[1]) {
      let concept = dictionary.concepts[index]
      guard let factor = concept.prednisoneEquivalent, let daily = concept.inItsUnit(dose), concept.canBe(daily),
        let equivalent = daily * 60 * factor.numerator / factor.denominator
      else { continue }
      return range(equivalent, comparator: nil)
    }
    return .null
  }

  // MARK: medicines

  /// The ids of the medicines of a set that a statement is of.
  private func medicinesOf(_ arguments: [Value]) -> Value {
    guard arguments.count == 2, case .valueSet(let set) = arguments[1], let members = terminology.concepts(of: set.id)
    else { return .null }
    let found = Set(medicines(arguments[0])).intersection(members)
    return .list(found.sorted().map { .string(dictionary.concepts[$0].id) })
  }

  /// Whether it can be told which medicine a statement is of.
  private func isNamed(_ arguments: [Value]) -> Value {
    guard case .object(let value)? = arguments.first, let statement = value as? FHIRObject else { return .null }
    return .boolean(medications.isNamed(statement))
  }

  /// The concepts that the codes of a statement's medicine identify.
  private func medicines(_ statement: Value) -> [Int] {
    guard case .object(let value) = statement, let statement = value as? FHIRObject else { return [] }
    return medications.codes(of: statement).flatMap { terminology.concepts(identifiedBy: $0) }
  }

  // MARK: codes

  /// The codes of a value that is a code, a concept, or an element that converts to one.
  func codes(_ value: Value) -> [Code] {
    switch value {
    case .code(let code): return [code]
    case .concept(let concept): return concept.codes
    case .list(let values): return values.flatMap { codes($0) }
    case .object(let object):
      for model in models {
        let converted = model.convert(object, to: .concept)
        if case .concept(let concept) = converted { return concept.codes }
      }
      return []
    default: return []
    }
  }

  // MARK: instruments

  /// The total of an instrument by its items; null unless they settle it, those named counted as absent where missing.
  private func instrumentTotal(_ arguments: [Value]) -> Value {
    guard arguments.count == 2, case .object(let observation) = arguments[0] else { return .null }
    let absent = list(arguments[1]).compactMap { value -> Int? in
      guard case .valueSet(let set) = value else { return nil }
      return terminology.concepts(of: set.id)?.first
    }
    return total(of: observation, absentIfMissing: absent).map { .decimal($0) } ?? .null
  }

  /// The total that the items of an Observation give; nil where what is missing could change it, but for items `absentIfMissing`, which
  /// count as answered with no.
  func total(of observation: any DataObject, absentIfMissing: [Int] = []) -> Decimal? {
    guard let possible = possibleTotals(of: observation, absentIfMissing: absentIfMissing),
      possible.lowerBound == possible.upperBound
    else { return nil }
    return possible.lowerBound
  }

  /// The least and the most that a total can be, by the items that are there and what the missing ones can add; nil without items, for
  /// what is no instrument, and where an answer cannot be read.
  func possibleTotals(of observation: any DataObject, absentIfMissing: [Int] = []) -> ClosedRange<Decimal>? {
    guard case (let items, var answers)? = answered(observation) else { return nil }
    for item in items where answers[item] == nil && absentIfMissing.contains(item) { answers[item] = .bool(false) }
    if items.contains(where: { dictionary.concepts[$0].weight != nil }) { return weighed(items, answers) }
    return classification(items, answers).flatMap { $0.possibleTotals($1) }
  }

  /// Whether the items of classification criteria deny these whatever the total is: what they begin with is lacking, or something excludes
  /// them.
  func isDenied(byItemsOf observation: any DataObject) -> Bool {
    guard let (items, answers) = answered(observation),
      let (instrument, input) = classification(items, answers), case .text(let result)? = instrument(input)["result"]
    else { return false }
    return !["met", "indeterminate"].contains(result)
  }

  /// The items of an Observation's instrument, and its answers to them; nil for what is no instrument or has no items, and where an item
  /// is answered twice or not in its range.
  private func answered(_ observation: any DataObject) -> (items: [Int], answers: [Int: Datum])? {
    let components = list(observation.element("component"))
    guard !components.isEmpty,
      let concept = codes(observation.element("code")).lazy.flatMap({ terminology.concepts(identifiedBy: $0) }).first
    else { return nil }
    let items = dictionary.concepts.indices.filter {
      dictionary.concepts[$0].instrument == dictionary.concepts[concept].id
    }
    guard !items.isEmpty else { return nil }
    var answers: [Int: Datum] = [:]
    for component in components {
      guard case .object(let component) = component else { continue }
      for item in codes(component.element("code")).flatMap({ terminology.concepts(identifiedBy: $0) })
      where items.contains(item) {
        guard answers[item] == nil, let answer = answer(component.element("value"), to: dictionary.concepts[item])
        else { return nil }
        answers[item] = answer
      }
    }
    return (items, answers)
  }

  /// An answer to an item: present or not, or a level in its range.
  private func answer(_ value: Value, to item: DataConcept) -> Datum? {
    switch plain(value) {
    case .boolean(let isPresent) where item.valueType == .boolean: return .bool(isPresent)
    case .integer(let level) where item.valueType == .integer: return item.level(level)
    case .quantity(let level) where item.valueType == .integer && ["1", "{score}"].contains(level.unit):
      return Int32(exactly: level.value).flatMap { item.level($0) }
    default: return nil
    }
  }

  /// The totals of a weighted sum: the weight of what is present, a level times the weight.
  private func weighed(_ items: [Int], _ answers: [Int: Datum]) -> ClosedRange<Decimal>? {
    var least = 0
    var open = 0
    for item in items {
      let concept = dictionary.concepts[item]
      guard let weight = concept.weight else { return nil }
      switch answers[item] {
      case .bool(let isPresent)?: least += isPresent ? weight : 0
      case .number(let level)?: least += (Int32(exactly: level).map { Int($0) } ?? 0) * weight
      default:
        guard let most = concept.mostPoints else { return nil }
        open += most
      }
    }
    return Decimal(least)...Decimal(least + open)
  }

  /// Classification criteria, in which an item weighs by what else is present, and what is answered of them: the instrument whose id and
  /// keys the items have (`sle2019Fever`).
  private func classification(
    _ items: [Int], _ answers: [Int: Datum]
  ) -> (instrument: Instrument, input: [String: Datum])? {
    let ids = items.map { dictionary.concepts[$0].id }
    guard let instrument = Instrument.classification.first(where: { ids.allSatisfy($0.isAsked(by:)) })
    else { return nil }
    let answered = answers.compactMap { item, answer in
      instrument.key(of: dictionary.concepts[item].id).map { ($0, answer) }
    }
    return (instrument, Dictionary(answered) { first, _ in first })
  }

  /// The total that an Observation states.
  func recordedTotal(of observation: any DataObject) -> Decimal? {
    switch plain(observation.element("value")) {
    case .integer(let number): Decimal(number)
    case .quantity(let quantity): quantity.value
    default: nil
    }
  }

  /// A value of the model as a value of the language, where it converts to one.
  func plain(_ value: Value) -> Value {
    guard case .object(let object) = value else { return value }
    for model in models {
      if let type = model.implicitConversion(of: object.className) { return model.convert(object, to: type) }
    }
    return value
  }

  /// The elements of a list; one value stands for itself.
  func list(_ value: Value) -> [Value] {
    switch value {
    case .null: []
    case .list(let values): values
    default: [value]
    }
  }
}

extension DataConcept {
  /// Whether a number in its unit can have been measured: none is below zero, and none outside the range of an instrument or a share.
  func canBe(_ number: ExactNumber) -> Bool {
    guard let range else { return number >= ExactNumber(0) }
    return number >= ExactNumber(Decimal(range.lowerBound)) && number <= ExactNumber(Decimal(range.upperBound))
  }

  /// A level as an answer to it as an item; nil where it is outside its range.
  fileprivate func level(_ level: Int32) -> Datum? {
    range?.contains(Int(level)) ?? true ? .whole(Int(level)) : nil
  }

  /// The most points that it gives as an item; nil where that is not known.
  fileprivate var mostPoints: Int? {
    switch (weight, valueType) {
    case (let weight?, .boolean): weight
    case (let weight?, _): range.map { $0.upperBound * weight }
    case (nil, _): nil
    }
  }

  /// A quantity of a record in the unit of this concept, every digit of it; nil where its unit is not given in UCUM, or not
  /// listed for it.
  func inItsUnit(_ quantity: Element) -> ExactNumber? {
    // The text itself: a number with more digits than a Decimal reads as absent.
    guard let text = quantity.json?["value"]?.number, let number = ExactNumber(text) else { return nil }
    guard let given = quantity.ucumUnit else { return nil }
    if given == unit ?? "1" { return number }
    return conversions.first { $0.unit == given }?.apply(to: number)
  }
}

extension Instrument {
  /// Its question that a concept of the dictionary asks, which is named by the id of the instrument and the key.
  fileprivate func key(of concept: String) -> String? {
    concept.suffix(after: id).flatMap { name in items.map(\.key).first { $0.lowercased() == name.lowercased() } }
  }

  fileprivate func isAsked(by concept: String) -> Bool { key(of: concept) != nil }
}
