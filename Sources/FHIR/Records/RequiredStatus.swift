/// The codes that R4 requires of `status`, for the resources that a patient's file is read from.
///
/// Source: HL7 FHIR R4 (4.0.1), required bindings of `status`; a resource of these types without a status is no R4 either.
enum RequiredStatus {
  static let codes: [String: Set<String>] = [
    "Observation": [
      "registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown",
    ],
    "MedicationStatement": [
      "active", "completed", "entered-in-error", "intended", "stopped", "on-hold", "unknown", "not-taken",
    ],
    "Procedure": [
      "preparation", "in-progress", "not-done", "on-hold", "stopped", "completed", "entered-in-error", "unknown",
    ],
    "Immunization": ["completed", "entered-in-error", "not-done"],
    "Consent": ["draft", "proposed", "active", "rejected", "inactive", "entered-in-error"],
  ]
}
