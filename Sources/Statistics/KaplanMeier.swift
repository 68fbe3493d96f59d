import Glibc

/// Survival over time where some are followed no longer: the product-limit estimate. Times only need an order.
///
/// Sources: Kaplan EL, Meier P, 1958, JASA 53:457; Greenwood M, 1926; Kalbfleisch JD, Prentice RL, 1980.
public struct KaplanMeier<Time: Comparable & Sendable>: Sendable {
  /// Somebody's time, and whether it ended in what is counted or was only followed so far (censored).
  public struct Subject: Sendable {
    /// The time.
    public let time: Time
    /// Whether it happened then.
    public let happened: Bool

    /// A subject.
    public init(time: Time, happened: Bool) {
      self.time = time
      self.happened = happened
    }
  }

  /// What is estimated at a time.
  public struct Estimate: Sendable {
    /// How many were followed up to that time at least.
    public let atRisk: Int
    /// The share in whom it has not happened.
    public let survival: Double
    /// The sum of d/(n(n-d)), of which Greenwood's variance is made; infinite where the survival is 0.
    public let greenwoodSum: Double
    /// Whether nobody was followed so long, and it had not happened in all: the estimate is then no knowledge.
    public let isBeyondFollowUp: Bool
  }

  /// How limits are computed.
  public enum Limits: Sendable {
    /// On the log-log scale; always inside 0 to 1.
    case logLog
    /// Estimate and standard error, clipped to 0 to 1.
    case plain
  }

  private let sorted: [Time]
  private let steps: [(time: Time, survival: Double, greenwoodSum: Double)]

  /// The estimate of these; nil of nobody. Where something happens to one when another is censored, it happens first.
  public init?(_ subjects: [Subject]) {
    guard !subjects.isEmpty else { return nil }
    let subjects = subjects.sorted { $0.time < $1.time }
    sorted = subjects.map(\.time)
    var steps: [(time: Time, survival: Double, greenwoodSum: Double)] = []
    var (survival, sum) = (1.0, 0.0)
    var start = 0
    while start < subjects.count {
      let time = subjects[start].time
      let end = subjects[start...].firstIndex { $0.time > time } ?? subjects.count
      let (happened, atRisk) = (Double(subjects[start..<end].count(where: \.happened)), Double(subjects.count - start))
      if happened > 0 {
        survival *= (atRisk - happened) / atRisk
        sum += happened / (atRisk * (atRisk - happened))
        steps.append((time, survival, sum))
      }
      start = end
    }
    self.steps = steps
  }

  /// The estimate at a time.
  public func estimate(at time: Time) -> Estimate {
    let step = steps.last { $0.time <= time }
    let survival = step?.survival ?? 1
    let atRisk = sorted.count { $0 >= time }
    return Estimate(
      atRisk: atRisk, survival: survival, greenwoodSum: step?.greenwoodSum ?? 0,
      isBeyondFollowUp: atRisk == 0 && survival > 0)
  }

  /// The first time at which the survival is one half or less, without averaging; nil if there is none.
  public var median: Time? {
    // A product that is exactly one half may come out a little above it.
    steps.first { $0.survival <= 0.5 + 1e-12 }?.time
  }
}

extension KaplanMeier.Estimate {
  /// Greenwood's standard error; nil where the survival is 0.
  public var standardError: Double? { survival > 0 ? survival * greenwoodSum.squareRoot() : nil }

  /// The limits of the survival: 1 and 1 where it is 1; nil where it is 0, and unless the confidence is above 0 and below 1.
  public func limits(_ kind: KaplanMeier.Limits, confidence: Double) -> Interval? {
    guard survival > 0, let z = StandardNormal.twoSided(confidence: confidence) else { return nil }
    guard survival < 1 else { return Interval(lower: 1, upper: 1) }
    let error = z * greenwoodSum.squareRoot()
    switch kind {
    case .plain: return Interval(lower: max(0, survival * (1 - error)), upper: min(1, survival * (1 + error)))
    case .logLog:
      let width = exp(-error / log(survival))
      return Interval(lower: pow(survival, width), upper: pow(survival, 1 / width))
    }
  }
}
