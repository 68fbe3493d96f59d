/// What time alone leads to: a visit that was missed, a report that is late, a DLT question or a hold since an event has lasted
/// too long or a window has closed.
///
/// Pure, as `Trial.decide` is, and asked again and again: each rule looks at what was recorded already, so that what it
/// leads to is recorded once. Adding a rule is one entry in `rules`.
public enum Watch {
  /// A rule that time can make true.
  public struct Rule: Sendable {
    /// A stable id, such as `late-report`.
    public let id: String
    /// What it looks for, in a sentence.
    public let title: String
    /// What it leads to; nothing where all of it is recorded.
    let facts: @Sendable (Watched) -> [Fact]
  }

  /// Every rule, in the order in which they are asked; none sees what another leads to in the same watch.
  public static let rules: [Rule] = [visits, lateReports, safety]

  /// What all rules together lead to; empty where nothing has become true since.
  public static func facts(in watched: Watched) -> [Fact] { rules.flatMap { $0.facts(watched) } }
}
