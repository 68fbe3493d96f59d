import ClinicalValues
import Instruments
import Statistics

extension Instrument {
  /// The statistics that `score` computes beside the instruments, each a function of `Statistics`.
  static let statistics: [Instrument] = [
    clopperPearson, wilson, betaBinomialStopping, kaplanMeier, aalenJohansen,
  ]

  /// Whatever `score` computes.
  static let scored: [Instrument] = all + statistics

  private static let clopperPearson = interval(
    id: "clopperPearson", title: "Clopper-Pearson interval of a proportion",
    source: "Clopper CJ, Pearson ES. Biometrika 1934;26:404-413"
  ) { $0.clopperPearson(confidence: $1) }

  private static let wilson = interval(
    id: "wilson", title: "Wilson interval of a proportion", source: "Wilson EB. J Am Stat Assoc 1927;22:209-212"
  ) { $0.wilson(confidence: $1) }

  private static func interval(
    id: String, title: String, source: String, of interval: @escaping @Sendable (Proportion, Double) -> Interval?
  ) -> Instrument {
    Instrument(
      id: id, title: title, source: source,
      items: [
        .whole("x", "How many of them", 0...most, limit: "n"), .whole("n", "Of how many", 1...most), confidence,
      ],
      score: { answers in
        let proportion = answers[whole: "x"].flatMap { x in answers[whole: "n"].flatMap { Proportion(x, of: $0) } }
        let limits = proportion.flatMap { proportion in
          answers[double: "confidence"].flatMap { interval(proportion, $0) }
        }
        return [
          "estimate": .rounded(proportion?.estimate), "lower": .rounded(limits?.lower),
          "upper": .rounded(limits?.upper),
        ]
      })
  }

  private static let betaBinomialStopping = Instrument(
    id: "betaBinomialStopping", title: "Stopping rule by the beta-binomial posterior",
    source: "Thall PF, Simon R. Biometrics 1994;50:337-349",
    items: [
      .number("priorA", "First parameter of the prior", 0...1_000_000, above: true),
      .number("priorB", "Second parameter of the prior", 0...1_000_000, above: true),
      .number("p0", "The rate not to be exceeded", 0...1),
      .number("cutoff", "The probability of a higher rate that stops", 0...1),
      .whole("x", "With a toxicity", 0...most, limit: "n"), .whole("n", "Evaluable", 0...most),
    ],
    score: { answers in
      // Without a cutoff there is a posterior and nothing that stops: the rule is then made with any.
      let cutoff = answers[double: "cutoff"]
      let rule = answers[double: "priorA"].flatMap { a in
        answers[double: "priorB"].flatMap { b in
          answers[double: "p0"].flatMap { StoppingRule(priorA: a, priorB: b, rate: $0, cutoff: cutoff ?? 1) }
        }
      }
      guard let rule, let n = answers[whole: "n"] else {
        return ["posteriorProbability": .null, "stop": .null, "minEventsToStop": .null]
      }
      let x = answers[whole: "x"]
      return [
        "posteriorProbability": .rounded(x.flatMap { rule.probability(having: $0, of: n) }),
        "stop": .bool(cutoff == nil ? nil : x.map { rule.stops(having: $0, of: n) }),
        "minEventsToStop": .whole(cutoff == nil ? nil : rule.fewest(of: n)),
      ]
    })
}

extension Instrument {
  private static let kaplanMeier = Instrument(
    id: "kaplanMeier", title: "Kaplan-Meier estimate",
    source: "Kaplan EL, Meier P. J Am Stat Assoc 1958;53:457-481; Greenwood M, 1926; "
      + "Kalbfleisch JD, Prentice RL, 1980 (log-log limits)",
    items: [
      Item(
        "subjects", "Participants",
        .records([.number("time", "Time", 0...longest), .yesNo("event", "Whether it happened then")])),
      .number("atTime", "The time asked about", 0...longest),
      .word("ciType", "Kind of limits", ["logLog", "plain"]), confidence,
    ],
    score: { answers in
      let subjects = answers[allRecords: "subjects"]?.map { row in
        row[number: "time"].flatMap { time in
          row[yesNo: "event"].map { KaplanMeier.Subject(time: time, happened: $0) }
        }
      }
      // With one of them not known the estimate is not known: nobody is left out silently.
      let known = subjects?.compactMap { $0 }
      let curve = known?.count == subjects?.count ? known.flatMap { KaplanMeier($0) } : nil
      let estimate = curve.flatMap { curve in answers[number: "atTime"].map { curve.estimate(at: $0) } }
      let kind = answers[word: "ciType"].map { $0 == "plain" ? KaplanMeier<Decimal>.Limits.plain : .logLog }
      let limits = estimate.flatMap { estimate in
        kind.flatMap { kind in answers[double: "confidence"].flatMap { estimate.limits(kind, confidence: $0) } }
      }
      return [
        "atRisk": .whole(estimate?.atRisk), "survival": .rounded(estimate?.survival),
        "standardError": .rounded(estimate?.standardError), "lower": .rounded(limits?.lower),
        "upper": .rounded(limits?.upper), "median": .rounded(curve?.median),
        "beyondFollowUp": .bool(estimate?.isBeyondFollowUp),
      ]
    })

  private static let aalenJohansen = Instrument(
    id: "aalenJohansen", title: "Aalen-Johansen estimate of competing risks",
    source: "Aalen OO, Johansen S. Scand J Stat 1978;5:141-150",
    items: [
      Item(
        "subjects", "Participants",
        .records([
          .number("time", "Time", 0...longest), .whole("cause", "0 censored, or which of the two happened", 0...2),
        ])),
      .number("atTime", "The time asked about", 0...longest),
    ],
    score: { answers in
      let subjects = answers[allRecords: "subjects"]?.map { row in
        row[number: "time"].flatMap { time in
          row[whole: "cause"].flatMap { AalenJohansen<Decimal>.Outcome(rawValue: $0) }.map { (time: time, outcome: $0) }
        }
      }
      let known = subjects?.compactMap { $0 }
      let curve = known?.count == subjects?.count ? known.flatMap { AalenJohansen($0) } : nil
      let estimate = curve.flatMap { curve in answers[number: "atTime"].map { curve.estimate(at: $0) } }
      return [
        "cumulativeIncidence1": .rounded(estimate?.first), "cumulativeIncidence2": .rounded(estimate?.second),
        "eventFreeSurvival": .rounded(estimate?.neither),
      ]
    })

  /// More participants than any trial has; a count beyond is a mistake.
  private static let most = 1_000_000_000
  /// A time beyond is a mistake, whatever its unit.
  private static let longest: Int64 = 1_000_000_000

  /// Above 0 and below 1, both ends excluded.
  private static var confidence: Item {
    let highest = Decimal(1).predecessor ?? 1
    return Item("confidence", "Confidence, such as 0.95", .number(0...highest, excludesLowest: true))
  }
}

extension Answers {
  /// A number for `Statistics`, which computes no datum.
  fileprivate subscript(double key: String) -> Double? { self[number: key].flatMap { Double($0.description) } }
}
