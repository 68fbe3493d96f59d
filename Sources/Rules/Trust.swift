public import FHIR
import StudyDesign

extension Screening {
  /// What makes a record unfit to be screened: elements that criteria decide on and that cannot be read, and codes that are
  /// mistyped.
  ///
  /// What cannot be read is absent to a criterion, and an absent record may let an older, better one count: a positive test dated
  /// “2026-04-31” would be passed over, and the negative one before it would clear the candidate. So the file is refused, and the
  /// place told. Numbers of more digits than a Decimal are no fault: criteria compare them as they are written.
  public func unreadable(in record: FHIR.Record) -> [FHIR.Problem] {
    let types = Dictionary(record.resources.map { ($0.reference, $0) }, uniquingKeysWith: { first, _ in first })
    let lost = record.problems.filter { problem in
      guard problem.severity == .warning, Self.fatal.contains(problem.id), let name = problem.resource,
        let resource = types[name], study.collects.contains(resource.type)
      else { return false }
      guard let element = problem.element, element.hasPrefix(resource.path) else { return true }
      // `Bundle.entry[3].resource.effectiveDateTime`: what follows the resource's own path.
      let member = element.dropFirst(resource.path.count).drop { $0 == "." }.prefix { $0.isLetter || $0.isNumber }
      return member.isEmpty || Self.deciding.contains { member.hasPrefix($0) }
    }
    return lost + mistyped.problems(in: record, types: study.collects.union(["Medication"]))
  }

  /// Kinds of problems after which a datum is lost.
  private static let fatal: Set<String> = [
    "contradictory-choice", "empty-text", "implicit-rules", "impossible-date", "modifier-extension", "null-member",
    "unknown-status",
    "wrong-number", "wrong-type",
  ]

  /// The elements that criteria read (docs/patient-file.md); of a choice element the name without its type.
  private static let deciding = [
    "abatement", "birthDate", "category", "clinicalStatus", "code", "component", "criticality", "dateTime", "dosage",
    "effective", "extension", "gender", "implicitRules", "medication", "modifierExtension", "occurrence", "onset",
    "patient",
    "performed",
    "provision", "reaction", "reasonCode", "referenceRange", "status", "subject", "vaccineCode", "value",
    "verificationStatus",
  ]
}
