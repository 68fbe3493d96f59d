import ClinicalValues
import FHIR
import StudyDesign

/// Codes of a record that identify nothing as they are written, and something if only their spelling were mended: `i63.9`, `H02ab07`,
/// `M340`, a system in capitals.
///
/// A record without a code that the dictionary lists is ignored. One that was only mistyped would be ignored as well, and a stroke
/// written `i63.9` would clear the candidate; so it is told, with the code that is meant.
struct MistypedCodes {
  private let dictionary: DataDictionary
  private let systems: [String: String]
  /// Codes that must match exactly, by their folded form.
  private let exact: [Code: Code]

  init(_ dictionary: DataDictionary) {
    self.dictionary = dictionary
    let codes = dictionary.concepts.flatMap(\.codes)
    systems = Dictionary(codes.map { (Self.folded($0.system), $0.system) }, uniquingKeysWith: { first, _ in first })
    exact = Dictionary(
      codes.filter { $0.match == .exact }.map {
        (Code(Self.folded($0.code), system: $0.system), Code($0.code, system: $0.system))
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The mistyped codes of a record's resources of some types, as problems.
  func problems(in record: FHIR.Record, types: Set<String>) -> [FHIR.Problem] {
    var known: [Code: Code?] = [:]
    var problems: [FHIR.Problem] = []
    for resource in record.resources where types.contains(resource.type) && !isEnteredInError(resource) {
      for element in coded(resource.element) {
        let codes = element.codes
        let identified = Set(codes.flatMap { dictionary.concepts(identifiedBy: Code($0.code, system: $0.system)) })
        for code in codes {
          let plain = Code(code.code, system: code.system)
          let meant = known[plain] ?? mended(plain)
          known[plain] = .some(meant)
          guard let meant, !identified.isSuperset(of: dictionary.concepts(identifiedBy: meant)) else { continue }
          problems.append(problem(plain, meant, at: element, of: resource))
        }
      }
    }
    return problems
  }

  /// The elements whose codes identify concepts.
  private func coded(_ resource: Element) -> [Element] {
    let own = ["code", "vaccineCode", "category", "reasonCode", "medication"].flatMap { resource.all($0) }
    let inside = resource.all("component").flatMap { $0.all("code") }
    let contained = resource.all("contained").filter { $0.definition.name == "Medication" }.flatMap { $0.all("code") }
    return (own + inside + contained).filter { $0.isKind(of: "CodeableConcept") }
  }

  /// The code that one is a misspelling of; nil where it is none.
  private func mended(_ code: Code) -> Code? {
    guard let system = code.system.flatMap({ systems[Self.folded($0)] }) else { return nil }
    let text = code.code.filter { !$0.isWhitespace }
    let upper = text.uppercased()
    var candidates = [text, upper]
    // ICD-10 has a point after the category.
    if upper.count > 3, !upper.contains(".") { candidates.append("\(upper.prefix(3)).\(upper.dropFirst(3))") }
    if let listed = exact[Code(Self.folded(text), system: system)] { candidates.append(listed.code) }
    // A spreadsheet drops the zero of ‘03’.
    if text.allSatisfy(\.isNumber) { candidates += ["0" + text, "00" + text] }
    let asWritten = Set(dictionary.concepts(identifiedBy: code))
    return candidates.lazy.map { Code($0, system: system) }.first { candidate in
      !asWritten.isSuperset(of: dictionary.concepts(identifiedBy: candidate))
    }
  }

  private func problem(_ code: Code, _ meant: Code, at element: Element, of resource: Resource) -> FHIR.Problem {
    FHIR.Problem(
      .error, "mistyped-code", at: element.json?.place, resource: resource.reference,
      "The code ‘\(code.code)’ of ‘\(code.system ?? "")’ identifies nothing, but ‘\(meant.code)’ of ‘\(meant.system ?? "")’ does.",
      remedy: "Write it so, or give the code that is meant.")
  }

  private func isEnteredInError(_ resource: Resource) -> Bool {
    resource["status"]?.text == "entered-in-error"
      || resource["verificationStatus"]?.codes.contains { $0.code == "entered-in-error" } == true
  }

  /// Without what spelling gets wrong: capitals, blanks, a slash at the end.
  private static func folded(_ text: String) -> String {
    let text = text.lowercased().filter { !$0.isWhitespace }
    return text.hasSuffix("/") ? String(text.dropLast()) : text
  }
}
