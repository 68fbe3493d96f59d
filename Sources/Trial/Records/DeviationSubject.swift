import StudyDesign

/// What a deviation is about: a name that stays, by which it is noticed once, whether the software or a person notices it.
public enum DeviationSubject: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// A visit that was held outside its window: id and number.
  case window(String, Int)
  /// A visit that was not held while it could be.
  case visit(String, Int)
  /// An activity that was not done at a visit: visit, its number, activity.
  case activity(String, Int, String)
  /// A report that was not handed in in time: the number of its clock.
  case report(Int)
  /// A medicine that the protocol does not allow: the form that it is recorded in, and its ATC code or concept.
  case medicine(String, String)

  /// A subject as text: `window/D28/1`, `visit/D28/1`, `activity/D28/1/ecg`, `report/3` or `medicine/bridging/L04AX01`.
  public init(_ text: some StringProtocol) throws(InvalidCode) {
    let parts = String(text).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let number = parts.count > 2 ? Int(parts[2]) : parts.count == 2 ? Int(parts[1]) : nil
    switch (parts.first, parts.count, number) {
    case ("window", 3, let number?) where FormKey.isName(parts[1]): self = .window(parts[1], number)
    case ("visit", 3, let number?) where FormKey.isName(parts[1]): self = .visit(parts[1], number)
    case ("activity", 4, let number?) where FormKey.isName(parts[1]) && FormKey.isName(parts[3]):
      self = .activity(parts[1], number, parts[3])
    case ("report", 2, let number?): self = .report(number)
    case ("medicine", 3, _) where FormKey.isName(parts[1]) && FormKey.isName(parts[2]):
      self = .medicine(parts[1], parts[2])
    default:
      throw InvalidCode(
        String(text),
        expected:
          "window/VISIT/NUMBER, visit/VISIT/NUMBER, activity/VISIT/NUMBER/ACTIVITY, report/CLOCK or medicine/FORM/CODE"
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
    case .medicine(let form, let code): "medicine/\(form)/\(code)"
    }
  }

  /// By text.
  public static func < (a: DeviationSubject, b: DeviationSubject) -> Bool { a.description < b.description }
}

extension DeviationSubject {
  /// The form that bridging is recorded in, beside the command that tells of it.
  static let bridging = "bridging"
}

extension FormBook {
  /// What a deviation is about that a medicine is which the protocol does not allow, whether it was told by its concept or by
  /// its code; nil for one in free words.
  func subject(ofMedicine text: String, in form: String) -> DeviationSubject? {
    let code = atc[text] ?? text
    return FormKey.isName(code) && (ATC.isCode(code) || medicines.isEmpty || medicines.contains(code))
      ? .medicine(form, code) : nil
  }
}

extension DeviationSubject: TextCoded { init(text: String) throws(InvalidCode) { try self.init(text) } }
