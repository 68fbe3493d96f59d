import ClinicalValues
import FHIR
import StudyDesign
import Trial

/// A value that nobody measured: what the criteria would say if it came out so.
public struct SupposedValue: Sendable, Hashable {
  /// The concept of the data dictionary, by id: one that an Observation holds.
  public let concept: String
  /// The value as a person writes it: a number in the concept's unit, `true` or `false`, a code.
  public let text: String

  /// A value of a concept.
  public init(_ concept: String, _ text: String) {
    self.concept = concept
    self.text = text
  }

  /// What the source of evidence begins with where it is only supposed.
  public static let source = "urn:tandem:supposed:"

  /// Supposed values as a bundle of Observations of a day.
  ///
  /// - Throws: `Refusal` (`no-such-value`) with the first that the dictionary cannot hold.
  static func bundle(
    _ supposed: [SupposedValue], of participant: ParticipantID, on day: CalendarDate, in study: Study
  ) throws(Refusal) -> FHIRText {
    var entries: [FHIRText] = []
    for value in supposed {
      let observation = try value.observation(of: participant, on: day, in: study)
      entries.append(.object([("fullUrl", .string(source + value.concept)), ("resource", observation)]))
    }
    return .object([
      ("resourceType", .string("Bundle")), ("type", .string("collection")), ("entry", .array(entries)),
    ])
  }

  private func observation(
    of participant: ParticipantID, on day: CalendarDate, in study: Study
  ) throws(Refusal) -> FHIRText {
    guard let concept = study.dictionary[concept], concept.resource == "Observation", let code = concept.ownCode,
      let value = value(of: concept)
    else {
      throw Refusal(
        "no-such-value", because: "‘\(text)’ is no value of \(study.dictionary[concept]?.display ?? concept).",
        remedy: "Write a number in the unit that stands beside the field, or choose one of its answers.")
    }
    return .object([
      ("resourceType", .string("Observation")), ("status", .string("final")),
      ("code", .concept(code.system, code.code, display: concept.display)),
      ("effectiveDateTime", .string(day.description)), value,
      ("subject", .object([("reference", .string("Patient/\(participant)"))])),
    ])
  }

  private func value(of concept: DataConcept) -> (String, FHIRText)? {
    switch concept.valueType {
    case .quantity:
      MeasuredValue(text).map { value in
        ("valueQuantity", .quantity("\(value.number)", concept.unit ?? "1", comparator: value.comparator))
      }
    case .integer: Int(text).map { ("valueInteger", .bare(String($0))) }
    case .boolean: Bool(text).map { ("valueBoolean", .bare(String($0))) }
    case .coded: concept.valueCodes.contains(text) ? ("valueCodeableConcept", .concept(FHIRSystem.concept, text)) : nil
    case .dateTime, .period, .none: nil
    }
  }
}
