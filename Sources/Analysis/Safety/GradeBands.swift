public import ClinicalValues
import Instruments

/// Ranges of counts that are too low, by grade, to be drawn behind a course.
public enum GradeBands {
  /// The ranges of an analyte by grade, from the table of CTCAE v5.0; none where it has no fixed limits.
  ///
  /// - Parameters:
  ///   - unit: the unit of the course, UCUM; where it is another than the table's, none. Nil: that of the table.
  ///   - lowerLimit: the lower limit of normal, at which the lightest grade begins; nil where there is no one limit: that grade has none.
  public static func of(
    _ analyte: String, unit: String? = nil, lowerLimit: Decimal? = nil
  ) -> [(grade: Int, range: ClosedRange<Double>)] {
    guard let analyte = CTCAE.analyte(analyte), unit == nil || analyte.unit == unit else { return [] }
    return analyte.ladders.filter { $0.direction == .low }.flatMap { $0.bands(from: 1, lowerLimit: lowerLimit) }
      .compactMap { band in
        guard let high = band.high, let top = Double(high.description) else { return nil }
        let bottom = band.low.flatMap { Double($0.description) } ?? 0
        guard bottom < top else { return nil }
        return (band.grade, bottom...top)
      }
  }
}
