import ClinicalValues
import Instruments

/// Ranges of counts that are severe for being too low, to be drawn behind a course.
public enum GradeBands {
  /// The ranges of an analyte by grade, from the table of CTCAE v5.0; none where it has no fixed limits.
  ///
  /// - Parameter unit: the unit of the course, UCUM; where it is another than the table's, none. Nil: that of the table.
  public static func of(_ analyte: String, unit: String? = nil) -> [(grade: Int, range: ClosedRange<Double>)] {
    guard let analyte = CTCAE.analyte(analyte), unit == nil || analyte.unit == unit else { return [] }
    return analyte.ladders.filter { $0.direction == .low }.flatMap { $0.bands(from: CTCAE.severe) }.compactMap { band in
      guard let high = band.high, let top = Double(high.description) else { return nil }
      let bottom = band.low.flatMap { Double($0.description) } ?? 0
      return (band.grade, bottom...max(bottom, top))
    }
  }
}
