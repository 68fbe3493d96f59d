import FHIR
import StudyDesign

/// FHIR resources as JSON text, member by member in a fixed order, so that the same casebook gives the same bytes.
struct FHIRText {
  /// The JSON.
  let text: String

  static func string(_ text: String) -> FHIRText { FHIRText(text: JSON.quoted(text)) }

  /// A number or a truth value, as it is written.
  static func bare(_ text: String) -> FHIRText { FHIRText(text: text) }

  static func object(_ members: [(String, FHIRText)]) -> FHIRText {
    FHIRText(text: "{" + members.map { "\(JSON.quoted($0.0)):\($0.1.text)" }.joined(separator: ",") + "}")
  }

  static func array(_ items: [FHIRText]) -> FHIRText {
    FHIRText(text: "[" + items.map(\.text).joined(separator: ",") + "]")
  }

  /// `{"coding": [{"system", "code"}]}`.
  static func concept(_ system: String, _ code: String, display: String? = nil) -> FHIRText {
    concept([coding(system, code, display: display)])
  }

  /// `{"coding": [...]}`.
  static func concept(_ codings: [FHIRText], text: String? = nil) -> FHIRText {
    var members: [(String, FHIRText)] = codings.isEmpty ? [] : [("coding", .array(codings))]
    if let text { members.append(("text", .string(text))) }
    return .object(members)
  }

  static func coding(_ system: String, _ code: String, display: String? = nil) -> FHIRText {
    .object(
      [("system", .string(system)), ("code", .string(code))] + (display.map { [("display", .string($0))] } ?? []))
  }

  /// A Quantity in UCUM; a comparator stands before the number where the laboratory gave one.
  static func quantity(_ number: String, _ unit: String, comparator: String? = nil) -> FHIRText {
    var members: [(String, FHIRText)] = [("value", .bare(number))]
    if let comparator { members.append(("comparator", .string(comparator))) }
    members += [("unit", .string(unit)), ("system", .string(FHIRSystem.ucum)), ("code", .string(unit))]
    return .object(members)
  }
}

/// Code systems that a casebook's resources name.
enum FHIRSystem {
  static let concept = "urn:tandem:concept"
  static let ucum = "http://unitsofmeasure.org"
  static let atc = ATC.system
  static let terminology = "http://terminology.hl7.org/CodeSystem/"
}
