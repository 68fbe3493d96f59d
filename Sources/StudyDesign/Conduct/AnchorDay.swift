/// The days of a participant's way that criteria and findings reckon from, by the names of the parameters that libraries declare
/// for them (`parameter "leukapheresis day" Date`).
public enum AnchorDay: String, Sendable, Hashable, CaseIterable {
  /// The actual day of the last leukapheresis; EXC-4 reckons from it.
  case leukapheresis = "leukapheresis day"
  /// The first day of lymphodepletion, booked or actual; EXC-17 reckons from it.
  case firstDose = "first dose day"
  /// The day of the infusion, booked or actual.
  case dayZero = "day zero"
}
