import ClinicalValues
import Ledger
import StudyDesign

/// A filled form whose items mean something: what it answers, by meaning. What has no answer is nil.
struct BoundRow<Item: SafetyItem>: Sendable {
  let key: FormKey
  let record: FormRecord
  let binding: FormBinding<Item>

  /// The entry that counts.
  func entry(_ item: Item) -> Entry? { binding[item].flatMap { record.entry($0) } }

  /// The text of a value.
  func text(_ item: Item) -> String? { entry(item)?.answer.text }

  /// A truth value.
  func flag(_ item: Item) -> Bool? {
    switch text(item) {
    case "true": true
    case "false": false
    default: nil
    }
  }

  /// A whole number.
  func number(_ item: Item) -> Int? { text(item).flatMap { Int($0) } }

  /// A date, however precisely it is known.
  func date(_ item: Item) -> CalendarDate? { text(item).flatMap { DateTime($0)?.date ?? CalendarDate($0) } }

  /// A date and time with its offset.
  func time(_ item: Item) -> DateTime? {
    text(item).flatMap { DateTime($0) }.flatMap { $0.offsetMinutes == nil ? nil : $0 }
  }

  /// A judgment of a relation; one that somebody was asked for and could not give is `unknown`.
  func causality(_ item: Item) -> Causality? {
    if let text = text(item) { return Causality(rawValue: text) ?? .unknown }
    return isSaidUnknown(item) ? .unknown : nil
  }

  /// Whether somebody answered that it is not known.
  func isSaidUnknown(_ item: Item) -> Bool {
    if case .absent = entry(item)?.answer { true } else { false }
  }
}

extension CasebookState {
  /// The filled forms of a kind, in the order of their keys; none where the study does not have it.
  func rows<Item: SafetyItem>(of binding: FormBinding<Item>?) -> [BoundRow<Item>] {
    guard let binding else { return [] }
    return forms.filter { $0.key.form == binding.form && $0.value.notDone == nil && $0.value.isBegun }
      .sorted { $0.key < $1.key }.map { BoundRow(key: $0.key, record: $0.value, binding: binding) }
  }
}

extension SafetyForms {
  /// The items of a form that hold an investigator's judgment: relations, and what exempts from dose-limiting toxicity.
  func judgments(in form: String) -> Set<String> {
    func items<Item: SafetyItem>(_ binding: FormBinding<Item>?, _ judged: [Item]) -> [String] {
      binding?.form == form ? judged.compactMap { binding?[$0] } : []
    }
    return Set(
      items(adverseEvent, TreatmentPart.allCases.map(AdverseEventItem.relation(to:)))
        + items(report, [.relatedToProduct, .relatedToLymphodepletion])
        + items(
          death, [.relatedToProduct, .relatedToLymphodepletion, .relatedToLeukapheresis, .relatedToProcedure])
        + items(question, [.asymptomaticLab, .expectedOnTarget]))
  }
}

extension DateTime {
  /// The instant that it means; one that is known to the minute means the beginning of it.
  var instant: Instant { Instant(milliseconds: earliestMillisecond()) }

  /// The moment that it means, in a zone of which its offset is right.
  func moment(zone: String) -> Moment { Moment(instant, offsetMinutes: offsetMinutes ?? 0, zone: zone) }
}
