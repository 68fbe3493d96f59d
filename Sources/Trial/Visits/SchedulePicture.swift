import StudyDesign

/// What CQL says of to whom visits and activities apply, for one participant. Trial does not know CQL; it is handed this.
///
/// A participant's data change, and whether somebody was in hospital on Day 11 is asked as of that day.
public struct SchedulePicture: Sendable, Hashable {
  /// What each definition (`Library.definition`) says, by the day that it was asked for, since 1970-01-01; one that is
  /// unknown is not there.
  public let days: [Int: [String: Bool]]

  /// What definitions say, by the day that they were asked for.
  public init(days: [Int: [String: Bool]] = [:]) { self.days = days }

  /// Nothing is known.
  public static let unknown = SchedulePicture()

  /// Whether what names a definition applies on a day; nil: the data cannot say. What names none applies to all.
  public func holds(_ definition: String?, onDay day: Int) -> Bool? {
    guard let definition else { return true }
    return days[day]?[definition]
  }
}
