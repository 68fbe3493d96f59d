/// One filled form of a participant, or one to be filled: the visit, which one of that visit, the form, and its row
/// (planned time, or line of a log). As text `D28/1/vitalSigns/1`.
public struct FormKey: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The visit's id in the schedule; `log` for the rows of a log, `once` for a form that is filled once.
  public let visit: String
  /// Which one of the visits of that id, from 1: a second unscheduled visit is 2.
  public let number: Int
  /// The form's id in the study.
  public let form: String
  /// Planned time or row of a log, from 1.
  public let row: Int

  /// In place of a visit, for the rows of a log.
  public static let log = "log"
  /// In place of a visit, for a form that is filled once.
  public static let once = "once"
  /// The greatest number of a visit, and of a row.
  private static let greatest = 9999

  /// A form's key; throws for a name that is none, or a number that is not 1 to 9999.
  public init(visit: String, number: Int = 1, form: String, row: Int = 1) throws(InvalidCode) {
    let text = "\(visit)/\(number)/\(form)/\(row)"
    let range = 1...Self.greatest
    guard Self.isName(visit), Self.isName(form), range.contains(number), range.contains(row) else {
      throw InvalidCode(text, expected: "a form such as D28/1/vitalSigns/1: visit, number, form, row")
    }
    self.visit = visit
    self.number = number
    self.form = form
    self.row = row
  }

  /// A key as text; number and row may be left out together where they are 1 (`D28/vitalSigns`).
  public init(_ text: some StringProtocol) throws(InvalidCode) {
    let parts = String(text).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let full = parts.count == 2 ? [parts[0], "1", parts[1], "1"] : parts
    guard full.count == 4, let number = Int(full[1]), let row = Int(full[3]) else {
      throw InvalidCode(String(text), expected: "a form such as D28/1/vitalSigns/1: visit, number, form, row")
    }
    try self.init(visit: full[0], number: number, form: full[2], row: row)
  }

  /// Whether it is filled at a visit: neither a row of a log nor once for all.
  public var isOfVisit: Bool { visit != Self.log && visit != Self.once }

  /// `D28/1/vitalSigns/1`.
  public var description: String { "\(visit)/\(number)/\(form)/\(row)" }

  /// By visit, its number, form and row.
  public static func < (a: FormKey, b: FormKey) -> Bool {
    (a.visit, a.number, a.form, a.row) < (b.visit, b.number, b.form, b.row)
  }

  /// Whether a text can be the id of a visit or a form.
  static func isName(_ text: String) -> Bool {
    (1...40).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45 || byte == 46
          || byte == 95
      }
  }
}

extension FormKey: TextCoded { init(text: String) throws(InvalidCode) { try self.init(text) } }

/// A part of a casebook that is signed, frozen or locked as one: a form, a visit, or all of it.
public enum CasebookScope: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Everything of the participant, also what is entered later.
  case casebook
  /// The forms of one visit; `log` and `once` are scopes as well.
  case visit(String, Int)
  /// One form.
  case form(FormKey)

  /// A scope as text: `casebook`, `D28/1` or `D28/1/vitalSigns/1`.
  public init(_ text: some StringProtocol) throws(InvalidCode) {
    let parts = String(text).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if text == "casebook" {
      self = .casebook
    } else if parts.count == 2, let number = Int(parts[1]), number > 0, FormKey.isName(parts[0]) {
      self = .visit(parts[0], number)
    } else if parts.count == 4 {
      self = .form(try FormKey(text))
    } else {
      throw InvalidCode(
        String(text), expected: "casebook, a visit with its number (D28/1), or a form (D28/1/vitalSigns/1)")
    }
  }

  /// Its text.
  public var description: String {
    switch self {
    case .casebook: "casebook"
    case .visit(let visit, let number): "\(visit)/\(number)"
    case .form(let key): key.description
    }
  }

  /// Whether a form belongs to it.
  public func covers(_ key: FormKey) -> Bool {
    switch self {
    case .casebook: true
    case .visit(let visit, let number): key.visit == visit && key.number == number
    case .form(let form): key == form
    }
  }

  /// By text.
  public static func < (a: CasebookScope, b: CasebookScope) -> Bool { a.description < b.description }
}

extension CasebookScope: TextCoded { init(text: String) throws(InvalidCode) { try self.init(text) } }
