/// What a deviation is about that the software noticed by itself: a name that stays, by which it is noticed once.
public enum DeviationSubject: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// A visit that was held outside its window: id and number.
  case window(String, Int)
  /// A visit that was not held while it could be.
  case visit(String, Int)
  /// An activity that was not done at a visit: visit, its number, activity.
  case activity(String, Int, String)
  /// A report that was not handed in in time: the number of its clock.
  case report(Int)

  /// A subject as text: `window/D28/1`, `visit/D28/1`, `activity/D28/1/ecg` or `report/3`.
  public init(_ text: some StringProtocol) throws(InvalidCode) {
    let parts = String(text).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let number = parts.count > 2 ? Int(parts[2]) : parts.count == 2 ? Int(parts[1]) : nil
    switch (parts.first, parts.count, number) {
    case ("window", 3, let number?) where FormKey.isName(parts[1]): self = .window(parts[1], number)
    case ("visit", 3, let number?) where FormKey.isName(parts[1]): self = .visit(parts[1], number)
    case ("activity", 4, let number?) where FormKey.isName(parts[1]) && FormKey.isName(parts[3]):
      self = .activity(parts[1], number, parts[3])
    case ("report", 2, let number?): self = .report(number)
    default:
      throw InvalidCode(
        String(text),
        expected: "window/VISIT/NUMBER, visit/VISIT/NUMBER, activity/VISIT/NUMBER/ACTIVITY or report/CLOCK"
      )
    }
  }

  /// Its text.
  public var description: String {
    switch self {
    case .window(let visit, let number): "window/\(visit)/\(number)"
    case .visit(let visit, let number): "visit/\(visit)/\(number)"
    case .activity(let visit, let number, let activity): "activity/\(visit)/\(number)/\(activity)"
    case .report(let clock): "report/\(clock)"
    }
  }

  /// By text.
  public static func < (a: DeviationSubject, b: DeviationSubject) -> Bool { a.description < b.description }
}

extension DeviationSubject: TextCoded { init(text: String) throws(InvalidCode) { try self.init(text) } }
