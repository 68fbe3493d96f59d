/// Two things of which only the first to happen counts, such as relapse and death: the cumulative incidence of each.
///
/// One less Kaplan-Meier, with the other one censored, would be too high. Source: Aalen OO, Johansen S, 1978, Scand J Stat 5:141.
public struct AalenJohansen<Time: Comparable & Sendable>: Sendable {
  /// What somebody's time ended in.
  public enum Outcome: Int, Sendable, CaseIterable {
    /// Nothing: followed so far.
    case censored = 0
    /// The first of the two.
    case first = 1
    /// The second of the two.
    case second = 2
  }

  /// What is estimated at a time; the three add up to 1.
  public struct Estimate: Sendable, Hashable {
    /// The share in whom the first has happened.
    public var first = 0.0
    /// The share in whom the second has happened.
    public var second = 0.0
    /// The share in whom neither has.
    public var neither = 1.0
  }

  private let steps: [(time: Time, estimate: Estimate)]

  /// The estimate of these; nil of nobody. Where something happens to one when another is censored, it happens first.
  public init?(_ subjects: [(time: Time, outcome: Outcome)]) {
    guard !subjects.isEmpty else { return nil }
    let subjects = subjects.sorted { $0.time < $1.time }
    var steps: [(time: Time, estimate: Estimate)] = []
    var current = Estimate()
    var start = 0
    while start < subjects.count {
      let time = subjects[start].time
      let end = subjects[start...].firstIndex { $0.time > time } ?? subjects.count
      let first = subjects[start..<end].count { $0.outcome == .first }
      let second = subjects[start..<end].count { $0.outcome == .second }
      if first + second > 0 {
        let atRisk = Double(subjects.count - start)
        current.first += current.neither * Double(first) / atRisk
        current.second += current.neither * Double(second) / atRisk
        current.neither *= (atRisk - Double(first + second)) / atRisk
        steps.append((time, current))
      }
      start = end
    }
    self.steps = steps
  }

  /// The estimate at a time.
  public func estimate(at time: Time) -> Estimate { steps.last { $0.time <= time }?.estimate ?? Estimate() }
}
