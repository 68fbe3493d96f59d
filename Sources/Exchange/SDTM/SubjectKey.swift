/// Whose casebook it is in an exchange: SDTM's `USUBJID`, unique over all studies of a sponsor.
public struct SubjectKey: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The key as it stands in the data.
  public let description: String

  /// A key as it stands in the data.
  public init(_ text: String) { description = text }

  /// By text.
  public static func < (a: SubjectKey, b: SubjectKey) -> Bool { a.description < b.description }
}
