public import ClinicalValues

/// Visits as an iCalendar stream (RFC 5545), for the calendar of whoever plans the days of a site: an all-day event a
/// visit, on the days on which it may be held or on the day on which it was. Nobody is named but by number.
///
/// The same ledger gives the same bytes: the stamp is that of the last event, and an event keeps its UID for good, so that
/// a program that reads the stream again moves what was planned anew.
public struct CalendarFeed: Sendable {
  private let title: String
  private let study: String
  private let stamp: Instant
  private let calendars: [ParticipantCalendar]

  /// A feed of calendars.
  ///
  /// - Parameters:
  ///   - title: what a calendar program shows as its name.
  ///   - study: the study's id, part of every UID.
  ///   - stamp: when the last event of the ledger was recorded.
  public init(_ calendars: [ParticipantCalendar], title: String, study: String, stamp: Instant) {
    self.calendars = calendars
    self.title = title
    self.study = study
    self.stamp = stamp
  }

  /// The stream: lines that end in CRLF, none longer than 75 octets.
  public var text: String {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tandem//Visits of a trial//EN", "CALSCALE:GREGORIAN",
      "METHOD:PUBLISH", "X-WR-CALNAME:\(Self.escaped(title))",
    ]
    for calendar in calendars {
      for visit in calendar.visits { lines += event(visit, of: calendar) }
    }
    lines.append("END:VCALENDAR")
    return lines.map { Self.folded($0) + "\r\n" }.joined()
  }

  /// The event of a visit; none for one that has no day.
  private func event(_ visit: CalendarVisit, of calendar: ParticipantCalendar) -> [String] {
    guard visit.status != .notApplicable, let days = days(of: visit),
      let after = days.last.successor
    else { return [] }
    let isOver = visit.status == .missed || visit.status == .notDone || visit.status == .unknown
    let isTentative =
      visit.status == .waitsForDayZero || visit.status.isOpen && (visit.dates?.isBooked == true || visit.applies == nil)
    return [
      "BEGIN:VEVENT", "UID:\(Self.escaped("\(calendar.participant).\(visit.visit).\(visit.number)@\(study).tandem"))",
      "DTSTAMP:\(Self.utc(stamp))", "DTSTART;VALUE=DATE:\(Self.compact(days.first))",
      "DTEND;VALUE=DATE:\(Self.compact(after))", "SEQUENCE:\(visit.former.count)",
      "SUMMARY:\(Self.escaped("\(calendar.participant) \(visit.name)"))",
      "DESCRIPTION:\(Self.escaped(description(of: visit)))",
      "STATUS:\(isOver ? "CANCELLED" : isTentative ? "TENTATIVE" : "CONFIRMED")", "TRANSP:TRANSPARENT",
      "END:VEVENT",
    ]
  }

  private func days(of visit: CalendarVisit) -> DaySpan? {
    visit.held.map { DaySpan($0.daysSinceEpoch...$0.daysSinceEpoch) } ?? visit.dates?.window
  }

  private func description(of visit: CalendarVisit) -> String {
    var lines = ["Status: \(visit.status.rawValue)"]
    if let dates = visit.dates {
      lines.append("Planned: \(dates.planned); window: \(dates.window)")
      if dates.isBooked { lines.append("Counted from a booked day (\(dates.from)) that can still move") }
    }
    if visit.applies == nil { lines.append("Whether it applies the data cannot say") }
    if let reason = visit.reason { lines.append(reason) }
    for activity in visit.activities where activity.applies != false {
      let times = activity.times.compactMap { $0.due?.time.map { "\($0)".prefix(5) } }.joined(separator: " ")
      lines.append("- \(activity.title)" + (times.isEmpty ? "" : ": \(times)"))
    }
    return lines.joined(separator: "\n")
  }

  // MARK: - RFC 5545

  /// A text value (section 3.3.11): backslash, semicolon and comma escaped, a line's end written as `\n`. Other controls
  /// are not allowed in it.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case ";": escaped += "\\;"
      case ",": escaped += "\\,"
      case "\n": escaped += "\\n"
      case _ where scalar.properties.generalCategory == .control: break
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// A content line in pieces of at most 75 octets (section 3.1), no character of UTF-8 split; each further piece begins
  /// with a blank.
  static func folded(_ line: String) -> String {
    var folded = ""
    var octets = 0
    for scalar in line.unicodeScalars {
      let size = UTF8.width(scalar)
      if octets + size > 75 {
        folded += "\r\n "
        octets = 1
      }
      folded.unicodeScalars.append(scalar)
      octets += size
    }
    return folded
  }

  private static func compact(_ date: CalendarDate) -> String { date.description.filter { $0 != "-" } }

  /// `20261123T093000Z`.
  private static func utc(_ instant: Instant) -> String {
    instant.description.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
  }
}
