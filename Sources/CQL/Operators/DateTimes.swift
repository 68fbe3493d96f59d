import ClinicalValues

// Constructors, components, durations, the evaluation's clock.
//
// Source: HL7 CQL 1.5, Appendix B, "Date and Time Operators".

extension Operator {
  static let dateTimes: [Operator] = [
    Operator(
      "DateTime", spec: "09-b-cqlreference.html#datetime-1",
      examples: [
        ("DateTime(2003, 10)", "@2003-10T"),
        ("DateTime(2012, 1, 1, 12, 30, 0, 0, -7)", "@2012-01-01T12:30:00.000-07:00"),
      ],
      overloads: (1...8).map { count in
        .general((1...count).map { $0 == 8 ? .decimal : .integer }, .dateTime) { (values, _) throws(EvaluationError) in
          try construct("DateTime", values) { parts in
            guard let date = CalendarDate(year: parts[0] ?? 0, month: parts[1], day: parts[2]) else { return nil }
            guard let hour = parts[3] else { return DateTime(date: date).map { .dateTime($0) } }
            let hours = values.count > 7 ? Decimal(values[7]) : nil
            let minutes = hours.flatMap { $0 * 60 }.flatMap { Int32(exactly: $0) }
            if hours != nil, minutes == nil { return nil }
            return TimeOfDay(hour: hour, minute: parts[4], second: parts[5], millisecond: parts[6]).flatMap {
              DateTime(date: date, time: $0, offsetMinutes: minutes.map { Int($0) }).map { .dateTime($0) }
            }
          }
        }
      }),
    Operator(
      "Date", spec: "09-b-cqlreference.html#date-1",
      examples: [("Date(2014)", "@2014"), ("Date(2012, 1, 1)", "@2012-01-01")],
      overloads: (1...3).map { count in
        .general(Array(repeating: .integer, count: count), .date) { (values, _) throws(EvaluationError) in
          try construct("Date", values) { parts in
            CalendarDate(year: parts[0] ?? 0, month: parts[1], day: parts[2]).map { .date($0) }
          }
        }
      }),
    Operator(
      "Time", spec: "09-b-cqlreference.html#time-1",
      examples: [("Time(12, 30)", "@T12:30"), ("Time(12, 30, 0, 10)", "@T12:30:00.010")],
      overloads: (1...4).map { count in
        .general(Array(repeating: .integer, count: count), .time) { (values, _) throws(EvaluationError) in
          try construct("Time", values) { parts in
            TimeOfDay(hour: parts[0] ?? -1, minute: parts[1], second: parts[2], millisecond: parts[3]).map { .time($0) }
          }
        }
      }),
    Operator(
      "DateTimeComponentFrom", .prefix("year from"), spec: "09-b-cqlreference.html#datetime-component-from",
      examples: [
        ("month from DateTime(2012, 1)", "1"), ("day from DateTime(2012, 1)", "null"), ("hour from @T23:20", "23"),
      ],
      overloads: [
        .strict { (a: CalendarDate, part: Precision) -> Int32? in DateTime(date: a)?.component(part).map { Int32($0) }
        },
        .strict { (a: DateTime, part: Precision) -> Int32? in a.component(part).map { Int32($0) } },
        .strict { (a: TimeOfDay, part: Precision) -> Int32? in a.part(part).map { Int32($0) } },
      ]),
    Operator(
      "DateFrom", .prefix("date from"), spec: "09-b-cqlreference.html#datetime-component-from",
      examples: [("date from @2012-01-01T12:30", "@2012-01-01"), ("date from DateTime(2012)", "@2012")],
      overloads: [.strict { (a: DateTime) -> CalendarDate? in a.date }]),
    Operator(
      "TimeFrom", .prefix("time from"), spec: "09-b-cqlreference.html#datetime-component-from",
      examples: [("time from @2012-01-01T12:30", "@T12:30"), ("time from DateTime(2012)", "null")],
      overloads: [
        .strictHere { (a: DateTime, here) -> TimeOfDay? in
          let offset = Comparing(here).offset
          return a.moved(toOffset: offset, defaultOffset: offset)?.time
        }
      ]),
    Operator(
      "TimezoneOffsetFrom", .prefix("timezoneoffset from"), spec: "09-b-cqlreference.html#datetime-component-from",
      examples: [
        ("timezoneoffset from @2012-01-01T12:30:00.000-07:00", "-7.0"),
        ("timezoneoffset from (null as DateTime)", "null"),
      ],
      overloads: [
        .strictHere { (a: DateTime, here) -> Decimal? in
          Decimal(a.offsetMinutes ?? Comparing(here).offset) / 60
        }
      ]),
    Operator(
      "DurationBetween", .infix("years between"), spec: "09-b-cqlreference.html#duration",
      examples: [
        ("months between @2012-01-01 and @2012-02-01", "1"),
        ("years between DateTime(2005) and DateTime(2010)", "Interval[4, 5]"),
      ],
      overloads: [
        .strict { (a: CalendarDate, b: CalendarDate, unit: Precision) -> UncertainInteger? in
          a.duration(to: b, in: unit).map { UncertainInteger($0) }
        },
        .strictHere { (a: DateTime, b: DateTime, unit: Precision, here) -> UncertainInteger? in
          UncertainInteger(a.duration(to: b, in: unit, Comparing(here)))
        },
        .strict { (a: TimeOfDay, b: TimeOfDay, unit: Precision) -> UncertainInteger? in
          a.duration(to: b, in: unit).map { UncertainInteger($0) }
        },
      ]),
    Operator(
      "DifferenceBetween", .infix("difference in years between"), spec: "09-b-cqlreference.html#difference",
      examples: [
        ("difference in months between @2012-01-31 and @2012-02-01", "1"),
        ("difference in months between @2012-01-02 and @2012", "Interval[0, 11]"),
      ],
      overloads: [
        .strict { (a: CalendarDate, b: CalendarDate, unit: Precision) -> UncertainInteger? in
          a.difference(to: b, in: unit).map { UncertainInteger($0) }
        },
        .strictHere { (a: DateTime, b: DateTime, unit: Precision, here) -> UncertainInteger? in
          UncertainInteger(a.difference(to: b, in: unit, defaultOffset: Comparing(here).offset))
        },
        .strict { (a: TimeOfDay, b: TimeOfDay, unit: Precision) -> UncertainInteger? in
          a.difference(to: b, in: unit).map { UncertainInteger($0) }
        },
      ]),
    Operator(
      "Now", spec: "09-b-cqlreference.html#now",
      examples: [("Now() = Now()", "true"), ("Now() same day as Now()", "true")],
      overloads: [.nullary { (here) -> DateTime? in here.now }]),
    Operator(
      "Today", spec: "09-b-cqlreference.html#today",
      examples: [("Today() = date from Now()", "true"), ("Today() before Today() + 1 day", "true")],
      overloads: [.nullary { (here) -> CalendarDate? in here.now.date }]),
    Operator(
      "TimeOfDay", spec: "09-b-cqlreference.html#timeofday",
      examples: [("TimeOfDay() = TimeOfDay()", "true"), ("TimeOfDay() is null", "false")],
      overloads: [.nullary { (here) -> TimeOfDay? in here.now.time }]),
  ]

  /// A date or time from components, coarse to fine; null if the first is null, an error if they make no value.
  private static func construct(
    _ name: String, _ values: [Value], _ make: ([Int?]) -> Value?
  ) throws(EvaluationError) -> Value {
    if values.allSatisfy({ $0.isNull }) { return .null }
    var parts: [Int?] = values.prefix(7).map { Int32($0).map { Int($0) } }
    var seenNull = false
    for part in parts {
      if part == nil { seenNull = true } else if seenNull { throw invalid(name, values) }
    }
    parts += Array(repeating: nil, count: 7 - parts.count)
    if parts[0] == nil { return .null }
    guard let value = make(parts) else { throw invalid(name, values) }
    return value
  }

  private static func invalid(_ name: String, _ values: [Value]) -> EvaluationError {
    let components = values.map { $0.literal }.joined(separator: ", ")
    return EvaluationError(
      "\(name)(\(components)) is no value: a component is out of range, or follows one that is null.")
  }
}

extension TimeOfDay {
  /// The value of a component; nil where not known.
  func part(_ precision: Precision) -> Int? {
    switch precision {
    case .hour: hour
    case .minute: minute
    case .second: second
    case .millisecond: millisecond
    default: nil
    }
  }
}

extension DateTime {
  /// Whole periods to another date-time. One that is known to the second counts as that whole second: as a duration
  /// seconds and milliseconds are one number, and the published tests have it so.
  func duration(to other: DateTime, in unit: Precision, _ comparing: Comparing) -> ClosedRange<Int64> {
    withMilliseconds.duration(to: other.withMilliseconds, in: unit, defaultOffset: comparing.offset)
  }

  private var withMilliseconds: DateTime {
    guard precision == .second, let time, let minute = time.minute, let second = time.second else { return self }
    let whole = TimeOfDay(hour: time.hour, minute: minute, second: second, millisecond: 0)
    return DateTime(date: date, time: whole, offsetMinutes: offsetMinutes) ?? self
  }
}
