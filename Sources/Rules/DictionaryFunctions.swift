import CQL
import ClinicalValues
import FHIR
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

  /// The total of an instrument by its items; null unless every item is there, but for those named as absent where missing.
  private func instrumentTotal(_ arguments: [Value]) -> Value {
    guard arguments.count == 2, case .object(let observation) = arguments[0] else { return .null }
    let absent = list(arguments[1]).compactMap { value -> Int? in
      guard case .valueSet(let set) = value else { return nil }
      return terminology.concepts(of: set.id)?.first
    }
    guard let total = total(of: observation, absentIfMissing: absent.map { dictionary.concepts[$0].id }) else {
      return .null
    }
    return .integer(total)
  }

  /// The least and the most that a total can be, by the items that are there and what the missing ones can add; nil for what is no
  /// instrument, and where an answer cannot be read.
  func possibleTotals(of observation: any DataObject) -> ClosedRange<Int>? {
    guard let (items, points) = answered(observation) else { return nil }
    let known = points.values.reduce(0, +)
    let open = items.filter { points[$0] == nil }.map { dictionary.concepts[$0].mostPoints }
    guard !open.contains(nil) else { return nil }
    return known...known + open.compactMap(\.self).reduce(0, +)
  }

  /// The total that the items of an Observation add up to by the dictionary's weights; nil unless every item is there once,
  /// with an answer in its range. Items `absentIfMissing`, by concept id, count as answered with no where they are missing.
  func total(of observation: any DataObject, absentIfMissing: [String] = []) -> Int32? {
    guard case (let items, var points)? = answered(observation) else { return nil }
    for item in items where points[item] == nil && absentIfMissing.contains(dictionary.concepts[item].id) {
      points[item] = 0
    }
    return points.count == items.count ? Int32(exactly: points.values.reduce(0, +)) : nil
  }

  /// The items of an Observation's instrument, and the points of those that it answers; nil for what is no instrument, and where an item is
  /// answered twice or not in its range.
  private func answered(_ observation: any DataObject) -> (items: [Int], points: [Int: Int])? {
    guard
      let concept = codes(observation.element("code")).lazy.flatMap({ terminology.concepts(identifiedBy: $0) }).first
    else { return nil }
    let items = dictionary.concepts.indices.filter {
      dictionary.concepts[$0].instrument == dictionary.concepts[concept].id && dictionary.concepts[$0].weight != nil
    }
    guard !items.isEmpty else { return nil }
    var points: [Int: Int] = [:]
    for component in list(observation.element("component")) {
      guard case .object(let component) = component else { continue }
      for item in codes(component.element("code")).flatMap({ terminology.concepts(identifiedBy: $0) })
      where items.contains(item) {
        guard points[item] == nil, let answer = self.points(component.element("value"), of: dictionary.concepts[item])
        else { return nil }
        points[item] = answer
      }
    }
    return (items, points)
  }

  /// The points of an answer: the weight of what is present, a level in its range times the weight.
  private func points(_ value: Value, of item: DataConcept) -> Int? {
    guard let weight = item.weight else { return nil }
    switch plain(value) {
    case .boolean(let isPresent) where item.valueType == .boolean: return isPresent ? weight : 0
    case .integer(let level) where item.valueType == .integer:
      return item.range?.contains(Int(level)) ?? true ? Int(level) * weight : nil
    case .quantity(let level) where item.valueType == .integer && ["1", "{score}"].contains(level.unit):
      guard let whole = Int32(exactly: level.value), item.range?.contains(Int(whole)) ?? true else { return nil }
      return Int(whole) * weight
    default: return nil
    }
  }

  /// The total that an Observation states.
  func recordedTotal(of observation: any DataObject) -> Int32? {
    switch plain(observation.element("value")) {
    case .integer(let number): number
    case .quantity(let quantity): Int32(exactly: quantity.value)
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
