import CQL
public import ClinicalValues
import StudyDesign

/// The days of a participant's way that criteria and findings reckon from, as far as they are known.
public struct Anchors: Sendable, Hashable {
  /// The actual day of the last leukapheresis.
  public var leukapheresis: CalendarDate?
  /// The first day of lymphodepletion, booked or actual.
  public var firstDose: CalendarDate?
  /// The day of the infusion, booked or actual.
  public var dayZero: CalendarDate?

  /// Anchors; those that are not known yet are left out.
  public init(leukapheresis: CalendarDate? = nil, firstDose: CalendarDate? = nil, dayZero: CalendarDate? = nil) {
    self.leukapheresis = leukapheresis
    self.firstDose = firstDose
    self.dayZero = dayZero
  }

  /// The parameters that hand them to the libraries.
  var parameters: [String: Value] {
    var parameters: [String: Value] = [:]
    for (anchor, day) in [
      (AnchorDay.leukapheresis, leukapheresis), (.firstDose, firstDose), (.dayZero, dayZero),
    ] {
      if let day { parameters[anchor.rawValue] = .date(day) }
    }
    return parameters
  }
}
