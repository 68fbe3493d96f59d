public import ClinicalValues
import StudyDesign

/// An adverse event on record, as far as grades are compared with it.
public struct RecordedEvent: Sendable, Hashable {
  /// The row of the log.
  public let form: FormKey
  /// The CTCAE term.
  public let term: String
  /// Its first day, as far as it is known.
  public let start: CalendarDate?
  /// Its last day; nil while it lasts.
  public let end: CalendarDate?

  /// Whether it may have been present on a day from `first` to `last`.
  public func overlaps(_ first: CalendarDate, _ last: CalendarDate) -> Bool {
    guard let start else { return false }
    return start.earliest.daysSinceEpoch <= last.daysSinceEpoch
      && (end.map { $0.latest.daysSinceEpoch >= first.daysSinceEpoch } ?? true)
  }
}

extension Grading {
  /// The adverse events on record: rows of logs that name a CTCAE term.
  public var events: [RecordedEvent] {
    participant.casebook.keys().compactMap { key in
      guard let plan = book.forms[key.form], plan.occurs == .log, let record = participant.casebook.forms[key],
        let named = plan.items.first(where: { $0.type == .adverseEventTerm && $0.gives == .code }),
        let term = record.entry(named.id)?.answer.text
      else { return nil }
      func date(_ role: ItemRole) -> CalendarDate? {
        plan.items.first { $0.gives == role }.flatMap { record.entry($0.id)?.answer.text }
          .flatMap { DateTime($0)?.date ?? CalendarDate($0) }
      }
      return RecordedEvent(form: key, term: term, start: date(.start), end: date(.end))
    }
  }

  /// The adverse events on record that an episode is part of: of its term, at its time.
  public func events(of episode: ToxicityEpisode) -> [RecordedEvent] {
    guard let first = episode.first, let last = episode.last else { return [] }
    return events.filter { $0.term == episode.term && $0.overlaps(first, last) }
  }
}
