/// Ranges of blood counts that CTCAE v5.0 grades 3 and 4, to be drawn behind a course.
public enum GradeBands {
  /// The ranges of an analyte, 10*9/L; none where it has no fixed limits here.
  ///
  /// Source: CTCAE v5.0, "Neutrophil count decreased" and "Platelet count decreased".
  public static func of(_ analyte: String) -> [(grade: Int, range: ClosedRange<Double>)] {
    switch analyte {
    case "neutrophils": [(4, 0...0.5), (3, 0.5...1)]
    case "platelets": [(4, 0...25), (3, 25...50)]
    default: []
    }
  }
}
