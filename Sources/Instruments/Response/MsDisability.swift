import ClinicalValues

extension Instrument {
  /// Confirmed progression and improvement of disability in multiple sclerosis, by EDSS.
  static let msDisability = Instrument(
    id: "msDisability", title: "Confirmed disability progression and improvement (EDSS)",
    source: "Thresholds of phase 3 trials, such as Hauser SL et al. N Engl J Med 2017;376:221-234; the rule ‘protocol’ "
      + "asks 1.0 also from a baseline of 6 on",
    items: [
      .edss("baselineEdss", "EDSS, baseline"),
      .word("rule", "Thresholds of progression", ["standard", "protocol"]),
      .whole("confirmationDays", "Days until a change is confirmed", 0...100_000),
      Item(
        "visits", "Visits",
        .records([
          .whole("day", "Study day", -100_000...100_000), .edss("edss", "EDSS"),
          .yesNo("duringRelapse", "During a relapse"),
        ])),
    ],
    score: { answers in
      let course = EdssCourse(answers)
      let threshold = course.progressionThresholds.count == 1 ? course.progressionThresholds.first : nil
      let progression = course.progression
      let improvement = course.improvement
      return [
        "progressionThreshold": .rounded(threshold.map { Decimal(tenths: 5 * $0) }),
        "confirmedProgression": .bool(progression.isConfirmed), "progressionOnsetDay": .whole(progression.onset),
        "improvementEvaluable": .bool(course.baseline.map { EdssCourse.improvement(from: $0) != nil }),
        "confirmedImprovement": .bool(improvement.isConfirmed), "improvementOnsetDay": .whole(improvement.onset),
      ]
    })
}

extension Item {
  /// The Expanded Disability Status Scale: 0, then 1 to 10 in steps of a half.
  static func edss(_ key: String, _ words: String) -> Item {
    Item(key, words, .step([0] + (2...20).map { Decimal(tenths: 5 * $0) }))
  }
}

/// EDSS over time; all its scores and differences are counted in halves.
private struct EdssCourse {
  struct Visit {
    let day: Int
    let edss: Int
    let isDuringRelapse: Bool
  }

  let baseline: Int?
  /// The changes that may count as progression: one, unless the rule is missing where it matters.
  let progressionThresholds: Set<Int>
  /// Days until a change is confirmed: those recorded, or the fewest and the most that may have been meant.
  let confirmationDays: [Int]
  /// The visits with a score, by day; nil if they are not recorded, or the day of one is not.
  let visits: [Visit]?

  init(_ answers: Answers) {
    let baseline = answers.halves("baselineEdss")
    let rules = answers[word: "rule"].map { [$0] } ?? ["standard", "protocol"]
    self.baseline = baseline
    progressionThresholds = Set(baseline.map { from in rules.map { Self.progression(from: from, rule: $0) } } ?? [])
    confirmationDays = answers[whole: "confirmationDays"].map { [$0] } ?? [0, .max]
    let isRecorded = !answers.missing.contains("visits")
    let scored = answers[records: "visits"].filter { $0.halves("edss") != nil }
    let visits = scored.compactMap { visit in
      visit[whole: "day"].map {
        Visit(day: $0, edss: visit.halves("edss") ?? 0, isDuringRelapse: visit[yesNo: "duringRelapse"] == true)
      }
    }
    self.visits = isRecorded && visits.count == scored.count ? visits.sorted { $0.day < $1.day } : nil
  }

  /// The rise that is progression.
  static func progression(from baseline: Int, rule: String) -> Int {
    baseline == 0 ? 3 : baseline >= 12 && rule == "standard" ? 1 : 2
  }

  /// The fall that is improvement; nil where the baseline is too low for one.
  static func improvement(from baseline: Int) -> Int? { baseline < 4 ? nil : baseline < 12 ? 2 : 1 }

  var progression: Confirmed {
    guard let baseline else { return .unknown }
    return confirmed(progressionThresholds) { edss, threshold in edss - baseline >= threshold }
  }

  var improvement: Confirmed {
    guard let baseline else { return .unknown }
    guard let threshold = Self.improvement(from: baseline) else { return Confirmed(isConfirmed: false, onset: nil) }
    return confirmed([threshold]) { edss, threshold in baseline - edss >= threshold }
  }

  /// What holds under every reading that the missing answers allow.
  private func confirmed(_ thresholds: Set<Int>, reaches: (_ edss: Int, _ threshold: Int) -> Bool) -> Confirmed {
    guard let visits else { return .unknown }
    let onsets = thresholds.flatMap { threshold in
      confirmationDays.map { days in
        Self.onset(in: visits, confirmedAfter: days) { reaches($0, threshold) }
      }
    }
    let isConfirmed = onsets.contains(nil) ? (onsets.allSatisfy { $0 == nil } ? false : nil) : true
    return Confirmed(isConfirmed: isConfirmed, onset: Set(onsets).count == 1 ? onsets[0] : nil)
  }

  /// The onset of the first change that was confirmed: a visit that reaches it, not during a relapse, after which all do
  /// until one, not during a relapse, so many days later. A relapse that reaches it neither confirms nor cancels.
  private static func onset(in visits: [Visit], confirmedAfter days: Int, reaches: (Int) -> Bool) -> Int? {
    var onset: Int?
    for visit in visits {
      if !reaches(visit.edss) {
        onset = nil
      } else if !visit.isDuringRelapse {
        if let onset, visit.day - onset >= days { return onset }
        onset = onset ?? visit.day
      }
    }
    return nil
  }
}

/// Whether a change was confirmed, and the day it began; nil is not to be told.
private struct Confirmed {
  let isConfirmed: Bool?
  let onset: Int?

  static let unknown = Confirmed(isConfirmed: nil, onset: nil)
}

extension Answers {
  /// A score in halves.
  fileprivate func halves(_ key: String) -> Int? { self[number: key].flatMap { 2 * $0 }?.wholeNumber }
}
