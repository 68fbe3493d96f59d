import ClinicalValues

/// What can be given to a field: one value or a list, and of what content.
public struct FieldKind: Sendable, Hashable {
  /// What a value is, so that a page can offer the right control for it.
  public enum Content: Sendable, Hashable {
    /// Any text: a number of a participant, a reason, members of their own as JSON.
    case text
    /// An integer.
    case wholeNumber
    /// An exact decimal.
    case decimal
    /// A day, a month or a year.
    case date
    /// A moment with its offset.
    case moment
    /// `true` or `false`.
    case yesOrNo
    /// One of a few.
    case choice([String])
  }

  /// Whether several can be given.
  public let isList: Bool
  /// What one of them is.
  public let content: Content
  /// What of the trial it names; nil where it names nothing that could be chosen.
  public let reference: FieldReference?

  /// A kind.
  public init(_ content: Content, isList: Bool = false, naming reference: FieldReference? = nil) {
    self.content = content
    self.isList = isList
    self.reference = reference
  }

  /// The same for a member of a command, whose word may say what its type does not.
  func of(_ member: String, of command: String) -> FieldKind {
    if FieldReference.neverChosen.contains("\(command).\(member)") { return FieldKind(content, isList: isList) }
    guard reference == nil, content == .text || content == .wholeNumber else { return self }
    return FieldKind(content, isList: isList, naming: FieldReference.named(member, of: command))
  }

  /// The values that it can have; nil where it is free.
  public var values: [String]? {
    switch content {
    case .yesOrNo: ["true", "false"]
    case .choice(let values): values
    case .text, .wholeNumber, .decimal, .date, .moment: nil
    }
  }
}

extension FieldKind {
  /// The kind of a member, by its type.
  init(of type: Any.Type) {
    let element = (type as? any ListType.Type)?.element
    self.init(
      FieldKind.content(of: element ?? type), isList: element != nil, naming: FieldReference(of: element ?? type))
  }

  private static func content(of type: Any.Type) -> Content {
    if type == Bool.self { return .yesOrNo }
    if type == CalendarDate.self { return .date }
    if type == Moment.self { return .moment }
    if type == Decimal.self { return .decimal }
    if type is any FixedWidthInteger.Type { return .wholeNumber }
    func names<Cases: CaseIterable>(_ type: Cases.Type) -> [String] {
      type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
    }
    guard let cases = type as? any CaseIterable.Type else { return .text }
    let values = names(cases)
    return values.isEmpty ? .text : .choice(values)
  }
}

/// An array, seen through its type alone.
private protocol ListType {
  static var element: Any.Type { get }
}

extension Array: ListType {
  fileprivate static var element: Any.Type { Element.self }
}
