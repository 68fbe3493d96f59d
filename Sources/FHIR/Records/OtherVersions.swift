/// What tells a resource of another FHIR version from one of R4, where it is sure: elements and resource types that R4
/// does not have and another version does, and that change what a record means.
///
/// Sources: hl7.org/fhir/DSTU2, /STU3, /R5 (resource definitions and their "R4 diff" pages).
enum OtherVersion: String {
  case dstu2 = "DSTU2 (1.0)"
  case stu3 = "STU3 (3.0)"
  case r5 = "R5 (5.0)"

  /// The version that a resource type is of, if it is surely not R4.
  static func ofResource(_ type: String) -> OtherVersion? { resources[type] }

  /// The version that an element is of, by `Type.element`, if R4 surely has no such element.
  static func ofElement(_ name: String, in type: String) -> OtherVersion? { elements["\(type).\(name)"] }

  /// The version of a `fhirVersion` element; nil for 4.x.
  static func ofNumber(_ number: String) -> String? {
    let major = number.prefix { $0 != "." }
    guard let version = Int(major), version != 4 else { return nil }
    return number
  }

  /// Elements that are a code (a text) in the older versions and a CodeableConcept in R4.
  static let codesBeforeR4: Set<String> = [
    "Condition.clinicalStatus", "Condition.verificationStatus", "AllergyIntolerance.clinicalStatus",
    "AllergyIntolerance.verificationStatus",
  ]

  private static let resources: [String: OtherVersion] = table([
    .dstu2: [
      "Conformance", "DiagnosticOrder", "MedicationOrder", "DeviceUseRequest", "ImagingObjectSelection", "Order",
      "OrderResponse",
    ],
    .stu3: [
      "BodySite", "DataElement", "DeviceComponent", "EligibilityRequest", "EligibilityResponse", "ExpansionProfile",
      "ImagingManifest", "ProcedureRequest", "ProcessRequest", "ProcessResponse", "ReferralRequest", "Sequence",
      "ServiceDefinition",
    ],
    .r5: [
      "ActorDefinition", "ArtifactAssessment", "BiologicallyDerivedProductDispense", "ConditionDefinition",
      "DeviceAssociation", "DeviceDispense", "DeviceUsage", "EncounterHistory", "FormularyItem", "GenomicStudy",
      "ImagingSelection", "InventoryItem", "InventoryReport", "NutritionIntake", "Permission", "RequestOrchestration",
      "Requirements", "TestPlan", "Transport",
    ],
  ])

  private static let elements: [String: OtherVersion] = table([
    .dstu2: [
      "AllergyIntolerance.substance", "Condition.dateRecorded", "Immunization.wasNotGiven",
      "MedicationAdministration.wasNotGiven", "MedicationStatement.wasNotTaken", "Observation.comments",
      "Procedure.notPerformed",
    ],
    .stu3: [
      "AllergyIntolerance.assertedDate", "Condition.assertedDate", "Immunization.notGiven",
      "MedicationAdministration.notGiven", "MedicationStatement.taken", "Procedure.notDone",
    ],
    .r5: [
      "Consent.decision", "Encounter.actualPeriod", "MedicationAdministration.medication",
      "MedicationDispense.medication", "MedicationRequest.medication", "MedicationStatement.adherence",
      "MedicationStatement.medication", "Observation.triggeredBy", "Procedure.occurrenceDateTime",
      "Procedure.occurrencePeriod",
    ],
  ])

  private static func table(_ lists: [OtherVersion: [String]]) -> [String: OtherVersion] {
    var table: [String: OtherVersion] = [:]
    for (version, names) in lists {
      for name in names { table[name] = version }
    }
    return table
  }
}
