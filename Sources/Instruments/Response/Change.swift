import ClinicalValues

/// A measure at baseline and at follow-up.
struct Change: Sendable {
  let baseline: Span
  let followUp: Span

  var rise: Span { followUp - baseline }
  var fall: Span { baseline - followUp }
  /// Whether both values are recorded.
  var isRecorded: Bool { baseline.value != nil && followUp.value != nil }
  /// What is said of the change itself: nothing before both values are recorded, also where one of them alone rules it out.
  func recorded(_ finding: Bool?) -> Bool? { isRecorded ? finding : nil }

  /// Whether it rose by at least so many percent of the baseline; from a baseline of 0 nothing does.
  func rose(byPercent percent: Span) -> Bool? {
    // What follows is above 0 then; said, so that a follow-up of 0 decides where the baseline is missing.
    Kleene.and([
      baseline.isAbove(0), followUp.isAbove(0), (100 * followUp).isAtLeast((100 + percent) * baseline),
    ])
  }

  /// Whether it fell by at least so many percent of the baseline; from a baseline of 0 nothing does.
  func fell(byPercent percent: Span) -> Bool? {
    Kleene.and([baseline.isAbove(0), (100 * followUp).isAtMost((100 - percent) * baseline)])
  }

  /// The rise in percent of the baseline; nil where it is not recorded or the baseline is 0.
  var percent: Decimal? {
    guard let hundredfold = (100 * rise).value, let baseline = baseline.value else { return nil }
    return hundredfold / baseline
  }
}

extension Answers {
  /// The measure of the keys `baseline...` and `followUp...`.
  func change(_ measure: String) -> Change {
    Change(baseline: self[span: "baseline" + measure], followUp: self[span: "followUp" + measure])
  }
}

extension Item {
  /// The items of a measure at baseline and at follow-up.
  static func change(
    _ measure: String, _ words: String, _ range: ClosedRange<Int64>, limit: String? = nil
  ) -> [Item] {
    [
      .number("baseline" + measure, words + ", baseline", range, limit: limit),
      .number("followUp" + measure, words + ", follow-up", range, limit: limit),
    ]
  }
}
