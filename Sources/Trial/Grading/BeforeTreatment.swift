public import ClinicalValues

extension DateTime {
  /// Whether what was so then was before a treatment, the first dose of lymphodepletion or the infusion, so that it may be a
  /// baseline.
  ///
  /// A date alone on the day of the treatment is before it: the baseline visit may be held on the day of the first dose, before it,
  /// and the treatment does not begin without what is asked for before. A time of day decides by itself; a date that is not
  /// known to the day is before it only where all of its days are.
  public func isBefore(treatment: Moment) -> Bool {
    guard time == nil else { return compare(treatment.dateTime, defaultOffset: treatment.offsetMinutes) == .less }
    let last = date.latest.daysSinceEpoch
    return last < treatment.day || last == treatment.day && date.precision == .day
  }
}
