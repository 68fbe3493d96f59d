import ClinicalValues
import Instruments
import StudyDesign

/// A day on which the screen for hyperinflammation (IEC-HS) is positive: an alert, no diagnosis; or cannot be called negative.
public struct HyperinflammationAlert: Sendable, Hashable {
  /// The ferritin that it begins with.
  public let ferritin: CasebookValue
  /// The study day.
  public let day: Int
  /// Whether ferritin and a common manifestation are present; nil where what is recorded does not decide it.
  public let isPositive: Bool?
  /// Manifestations that are present, by the instrument's words.
  public let manifestations: [String]
  /// Manifestations that were not assessed.
  public let notAssessed: [String]
}

extension Grading {
  /// Days from the infusion on with a ferritin that meets the criterion, oldest first.
  ///
  /// Limits of normal are those of the values; before infusion counts as the baseline of each. Liver values are the highest
  /// and fibrinogen the lowest of the day; what the form of the same day says of marrow and counts goes in.
  public var hyperinflammation: [HyperinflammationAlert] {
    guard let infused, let plan = book.grading.instruments["iecHs"], let instrument = Instrument.named("iecHs"),
      let key = plan.keys.first(where: { $0.key == "ferritin" })
    else { return [] }
    let filling = InstrumentAnswers(filling: plan, values: values)
    return values[key.concept].compactMap { ferritin in
      guard let day = studyDay(of: ferritin.when), day >= 0, ferritin.number != nil else { return nil }
      let result = instrument(answers(plan, filling, ferritin: ferritin, infused: infused))
      guard result.flag("ferritinCriterion") == true, result.flag("screenPositive") != false else { return nil }
      return HyperinflammationAlert(
        ferritin: ferritin, day: day, isPositive: result.flag("screenPositive"),
        manifestations: result.words("manifestations"), notAssessed: result.words("notAssessed"))
    }
  }

  /// Days on which the screen is positive.
  public var hyperinflammationAlerts: [HyperinflammationAlert] { hyperinflammation.filter { $0.isPositive == true } }

  /// From the first to the last day on which ferritin meets the criterion and what is recorded does not decide the rest; nil
  /// where there is no such day. It alerts nobody: most of the inflamed have a high ferritin.
  public var undecidedHyperinflammation: ClosedRange<Int>? {
    let days = hyperinflammation.filter { $0.isPositive == nil }.map(\.day)
    return days.min().flatMap { first in days.max().map { first...$0 } }
  }

  private func answers(
    _ plan: InstrumentFilling, _ filling: InstrumentAnswers, ferritin: CasebookValue, infused: Moment
  ) -> [String: Datum] {
    var answers: [String: Datum] = [:]
    for key in plan.keys {
      let value =
        key.key == "ferritin"
        ? ferritin : filling.chosen(key, at: ferritin.when, key.key == "fibrinogenGPerL" ? .lowest : .highest)
      let other = value ?? filling.chosen(key, at: ferritin.when, .nearest)
      guard let other, let datum = filling.datum(other, for: key) else { continue }
      answers[key.key] = datum
      if let high = other.range?.high, key.unit == nil { answers[key.key + "Uln"] = .number(high) }
      if key.key == "fibrinogenGPerL", let low = other.range?.low { answers["fibrinogenLln"] = .number(low) }
      if let before = values.last(key.concept, beforeTreatment: infused)?.number, key.unit == nil {
        answers[key.key + "Baseline"] = .number(before)
      }
    }
    return answers
  }
}

extension Result {
  /// The words of a list.
  fileprivate func words(_ name: String) -> [String] {
    guard case .list(let list)? = self[name] else { return [] }
    return list.compactMap { if case .text(let word) = $0 { word } else { nil } }
  }
}
