/// What people call a record that is of no concept of the dictionary: reports name it by the type of its resource.
public enum UnnamedRecord {
  /// As a heading; nil for a type that no criterion reads.
  public static func title(ofType type: String) -> String? { titles[type] }

  private static let titles = [
    "Patient": "Who the candidate is", "Condition": "A diagnosis without a listed code",
    "MedicationStatement": "A medicine that cannot be told", "Procedure": "A procedure without a listed code",
    "Observation": "A finding without a listed code", "Immunization": "A vaccine that cannot be told",
    "AllergyIntolerance": "An allergy without a listed code",
  ]
}
