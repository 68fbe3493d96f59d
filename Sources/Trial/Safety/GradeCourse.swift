public import ClinicalValues

/// A change of an adverse event's grade.
public struct GradeChange: Sendable, Hashable {
  /// From when on.
  public let from: DateTime
  /// The grade from then on; 0: gone.
  public let grade: Int
}

/// How long something lasted, as far as it is known: at least, and at most; nil is without limit.
public struct HoursKnown: Sendable, Hashable {
  /// At least so many hours.
  public let atLeast: Decimal
  /// At most so many hours; nil where nothing limits it yet.
  public let atMost: Decimal?

  /// None at all.
  static let none = HoursKnown(atLeast: 0, atMost: 0)
}

extension AdverseEvent {
  /// The worst grade that was recorded, of the event or of its course; nil where none was.
  public var worstGrade: Int? { ([gradeEntered] + course.map(\.grade)).compactMap(\.self).max() }

  /// The grade at an instant by the recorded course; nil before its first change, and where there is no course.
  public func grade(at instant: Instant) -> Int? { course.last { $0.from.instant <= instant }?.grade }

  /// The time spent at a grade or a higher one until now, spells added up.
  ///
  /// It is counted from the course. Without one it is none where the worst grade is lower, and at most the whole event.
  public func hours(atGrade grade: Int, until now: Instant) -> HoursKnown {
    guard let worst = worstGrade else { return HoursKnown(atLeast: 0, atMost: nil) }
    guard worst >= grade else { return .none }
    guard course.contains(where: { $0.grade >= grade }) else { return HoursKnown(atLeast: 0, atMost: wholeHours) }
    var atLeast = 0
    var atMost: Int? = 0
    for (index, change) in course.enumerated() where change.grade >= grade {
      let begun = change.from.instant
      if index + 1 < course.count {
        let hours = course[index + 1].from.instant.milliseconds(since: begun)
        atLeast += hours
        atMost = atMost.map { $0 + hours }
      } else if let end = endBounds(offset: change.from.offsetMinutes ?? 0) {
        atLeast += max(end.first.milliseconds(since: begun), 0)
        atMost = atMost.map { $0 + max(end.last.milliseconds(since: begun), 0) }
      } else {
        // It goes on as far as is known: so long already, and nobody knows how much longer.
        atLeast += max(now.milliseconds(since: begun), 0)
        atMost = nil
      }
    }
    return HoursKnown(atLeast: Self.hours(atLeast), atMost: atMost.map(Self.hours))
  }

  private static func hours(_ milliseconds: Int) -> Decimal {
    Decimal(milliseconds / 60_000) / 60 ?? Decimal(milliseconds / 3_600_000)
  }

  /// The first and the last instant of the day on which it ended, by an offset.
  private func endBounds(offset: Int) -> (first: Instant, last: Instant)? {
    guard let end else { return nil }
    let shift = offset * 60_000
    return (
      Instant(milliseconds: end.earliest.daysSinceEpoch * 86_400_000 - shift),
      Instant(milliseconds: (end.latest.daysSinceEpoch + 1) * 86_400_000 - shift)
    )
  }

  /// The most hours that the whole event can have lasted; nil while it goes on or where a date is missing.
  private var wholeHours: Decimal? {
    guard let start, let end else { return nil }
    return Decimal((end.latest.daysSinceEpoch - start.earliest.daysSinceEpoch + 1) * 24)
  }
}
