// Dates and times as text, read by hand: ISO 8601 as CQL literals and FHIR write it, without a formatter or a locale.

/// Why a text is no date or time.
public struct InvalidTime: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text, shortened to 40 characters.
  public let text: String
  /// What is wrong with it and what was expected.
  public let reason: String

  init(_ text: some StringProtocol, _ reason: String) {
    self.text = text.count > 40 ? text.prefix(40) + "..." : String(text)
    self.reason = reason
  }

  /// A sentence.
  public var description: String { "'\(text)' \(reason)" }
}

extension CalendarDate: CustomStringConvertible {
  /// The date that `text` writes (`2025`, `2025-03`, `2025-03-07`); nil if it is none.
  public init?(_ text: some StringProtocol) { self.init(utf8: text.utf8) }

  /// As `init(_:)`, from UTF-8 bytes.
  public init?(utf8 bytes: some Collection<UInt8>) {
    guard case .success(let date) = TimeText.read(bytes, { $0.wholeDate() }) else { return nil }
    self = date
  }

  /// As `init(_:)`, with the reason where it is none.
  public init(parsing text: some StringProtocol) throws(InvalidTime) {
    self = try TimeText.read(text.utf8, { $0.wholeDate() }).get(text)
  }

  /// `2025-03-07`, `2025-03` or `2025`, as FHIR writes it.
  public var description: String {
    var text = digits(year, 4)
    if let month { text += "-" + digits(month, 2) }
    if let day { text += "-" + digits(day, 2) }
    return text
  }

  /// `@2025-03-07`, as CQL writes it.
  public var literal: String { "@" + description }
}

extension TimeOfDay: CustomStringConvertible {
  /// The time that `text` writes (`14`, `14:30`, `14:30:05`, `14:30:05.125`, also after a `T`); nil if it is none.
  /// Digits after the millisecond are dropped.
  public init?(_ text: some StringProtocol) { self.init(utf8: text.utf8) }

  /// As `init(_:)`, from UTF-8 bytes.
  public init?(utf8 bytes: some Collection<UInt8>) {
    guard case .success(let time) = TimeText.read(bytes, { $0.wholeTime(offset: .refused) }) else { return nil }
    self = time
  }

  /// The time of a text that may end with an offset from UTC, which is dropped, as CQL's `ToTime` does.
  public init?(droppingOffset text: some StringProtocol) {
    guard case .success(let time) = TimeText.read(text.utf8, { $0.wholeTime(offset: .dropped) }) else { return nil }
    self = time
  }

  /// As `init(_:)`, with the reason where it is none.
  public init(parsing text: some StringProtocol) throws(InvalidTime) {
    self = try TimeText.read(text.utf8, { $0.wholeTime(offset: .refused) }).get(text)
  }

  /// `14:30:05.125` as far as known, as FHIR writes it.
  public var description: String {
    var text = digits(hour, 2)
    if let minute { text += ":" + digits(minute, 2) }
    if let second { text += ":" + digits(second, 2) }
    if let millisecond { text += "." + digits(millisecond, 3) }
    return text
  }

  /// `@T14:30:05.125`, as CQL writes it.
  public var literal: String { "@T" + description }
}

extension DateTime: CustomStringConvertible {
  /// The date-time that `text` writes (`2015`, `2015-02-07`, `2015-02-07T13:28`, `2015-02-07T13:28:17.239-05:00`); nil
  /// if it is none. Digits after the millisecond are dropped. `2015-02-07T`, CQL's way to say that a date is a
  /// date-time, is read too.
  public init?(_ text: some StringProtocol) { self.init(utf8: text.utf8) }

  /// As `init(_:)`, from UTF-8 bytes.
  public init?(utf8 bytes: some Collection<UInt8>) {
    guard case .success(let value) = TimeText.read(bytes, { $0.wholeDateTime() }) else { return nil }
    self = value
  }

  /// As `init(_:)`, with the reason where it is none.
  public init(parsing text: some StringProtocol) throws(InvalidTime) {
    self = try TimeText.read(text.utf8, { $0.wholeDateTime() }).get(text)
  }

  /// `2015-02-07T13:28:17.239-05:00` as far as known, as FHIR writes it.
  public var description: String {
    guard let time else { return date.description }
    return "\(date)T\(time)" + offsetText
  }

  /// `@2015-02-07T13:28:17.239-05:00`, `@2015-02T`, as CQL writes it.
  public var literal: String { time == nil ? "@\(date)T" : "@\(description)" }

  private var offsetText: String {
    guard let offsetMinutes else { return "" }
    if offsetMinutes == 0 { return "Z" }
    let size = Int(offsetMinutes.magnitude)
    return (offsetMinutes < 0 ? "-" : "+") + digits(size / 60, 2) + ":" + digits(size % 60, 2)
  }
}

/// A number with leading zeros.
private func digits(_ number: Int, _ width: Int) -> String {
  let text = String(number)
  return text.utf8.count >= width ? text : String(repeating: "0", count: width - text.utf8.count) + text
}

/// A reader of dates and times.
private struct TimeText {
  enum Outcome<Value> {
    case success(Value)
    case failure(String)

    func get(_ text: some StringProtocol) throws(InvalidTime) -> Value {
      switch self {
      case .success(let value): return value
      case .failure(let reason): throw InvalidTime(text, reason)
      }
    }
  }
  enum Offset { case refused, dropped }

  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0

  static func read<Value>(
    _ bytes: some Collection<UInt8>, _ body: (inout TimeText) -> Outcome<Value>
  ) -> Outcome<Value> {
    func run(_ buffer: UnsafeBufferPointer<UInt8>) -> Outcome<Value> {
      var text = TimeText(bytes: buffer)
      return body(&text)
    }
    return bytes.withContiguousStorageIfAvailable(run) ?? Array(bytes).withUnsafeBufferPointer(run)
  }

  mutating func wholeDate() -> Outcome<CalendarDate> {
    guard let date = date() else { return .failure(TimeText.noDate) }
    return isAtEnd ? .success(date) : .failure(TimeText.noDate)
  }

  mutating func wholeTime(offset: Offset) -> Outcome<TimeOfDay> {
    _ = take("T")
    switch time() {
    case .failure(let reason): return .failure(reason)
    case .success(let time):
      if offset == .dropped, !isAtEnd, self.offset() == nil { return .failure(TimeText.noTime) }
      return isAtEnd ? .success(time) : .failure(TimeText.noTime)
    }
  }

  mutating func wholeDateTime() -> Outcome<DateTime> {
    guard let date = date() else { return .failure(TimeText.noDateTime) }
    if isAtEnd { return .success(DateTime(unchecked: date, nil, nil)) }
    guard take("T") else { return .failure(TimeText.noDateTime) }
    if isAtEnd { return .success(DateTime(unchecked: date, nil, nil)) }
    guard date.day != nil else { return .failure("has a time of day, but no full date before it.") }
    switch time() {
    case .failure(let reason): return .failure(reason)
    case .success(let time):
      if isAtEnd { return .success(DateTime(unchecked: date, time, nil)) }
      guard let offset = offset(), isAtEnd else { return .failure(TimeText.noDateTime) }
      return .success(DateTime(unchecked: date, time, offset))
    }
  }

  private static let noDate = "is no date. Expected YYYY, YYYY-MM or YYYY-MM-DD, a day that exists."
  private static let noTime = "is no time of day. Expected hh, hh:mm, hh:mm:ss or hh:mm:ss.fff."
  private static let noDateTime =
    "is no date-time. Expected YYYY-MM-DDThh:mm:ss.fff with Z or +hh:mm, from the year on as far as known."

  private var isAtEnd: Bool { position == bytes.count }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func number(_ width: Int) -> Int? {
    guard position + width <= bytes.count else { return nil }
    var value = 0
    for index in position..<position + width {
      let digit = Int(bytes[index]) - 0x30
      guard digit >= 0, digit <= 9 else { return nil }
      value = value * 10 + digit
    }
    position += width
    return value
  }

  private mutating func date() -> CalendarDate? {
    guard let year = number(4) else { return nil }
    guard take("-") else { return CalendarDate(year: year) }
    guard let month = number(2) else { return nil }
    guard take("-") else { return CalendarDate(year: year, month: month) }
    guard let day = number(2) else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  private mutating func time() -> Outcome<TimeOfDay> {
    guard let hour = number(2) else { return .failure(TimeText.noTime) }
    guard take(":") else { return TimeText.checked(TimeOfDay(hour: hour)) }
    guard let minute = number(2) else { return .failure(TimeText.noTime) }
    guard take(":") else { return TimeText.checked(TimeOfDay(hour: hour, minute: minute)) }
    guard let second = number(2) else { return .failure(TimeText.noTime) }
    if second == 60 {
      return .failure("has a leap second (:60), which cannot be placed on a clock. Write :59 or the next minute.")
    }
    guard take(".") else { return TimeText.checked(TimeOfDay(hour: hour, minute: minute, second: second)) }
    guard let millisecond = fraction() else { return .failure(TimeText.noTime) }
    return TimeText.checked(TimeOfDay(hour: hour, minute: minute, second: second, millisecond: millisecond))
  }

  private static func checked(_ time: TimeOfDay?) -> Outcome<TimeOfDay> {
    time.map(Outcome.success) ?? .failure("has an hour above 23, or a minute or second above 59.")
  }

  /// The milliseconds of a fraction of a second with any number of digits.
  private mutating func fraction() -> Int? {
    var value = 0
    var count = 0
    while position < bytes.count, case let digit = Int(bytes[position]) - 0x30, digit >= 0, digit <= 9 {
      if count < 3 { value = value * 10 + digit }
      count += 1
      position += 1
    }
    guard count > 0 else { return nil }
    return count == 1 ? value * 100 : count == 2 ? value * 10 : value
  }

  /// Minutes of `Z` or `+hh:mm`.
  private mutating func offset() -> Int? {
    if take("Z") { return 0 }
    let isWest = take("-")
    guard isWest || take("+"), let hours = number(2), take(":"), let minutes = number(2), minutes < 60 else {
      return nil
    }
    let total = hours * 60 + minutes
    guard total <= DateTime.largestOffset else { return nil }
    return isWest ? -total : total
  }
}
