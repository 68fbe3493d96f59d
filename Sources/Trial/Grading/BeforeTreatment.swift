public import ClinicalValues

extension DateTime {
  /// Whether what was so then was before the first dose of lymphodepletion, so that it may be a baseline.
  ///
  /// A date alone on the day of the dose is before it: the baseline visit may be held on that day, before the dose, and lymphodepletion
  /// does not begin without it. A time of day decides by itself; a date that is not known to the day is before it only where
  /// all of its days are.
  public func isBefore(firstDose: Moment) -> Bool {
    guard time == nil else { return compare(firstDose.dateTime, defaultOffset: firstDose.offsetMinutes) == .less }
    let last = date.latest.daysSinceEpoch
    return last < firstDose.day || last == firstDose.day && date.precision == .day
  }
}
