import CQL
import ClinicalValues
import FHIR

extension EvidenceReader {
  /// That an Observation is dated outside the window, or may be.
  func untimely(_ observation: Element) -> Weakness? {
    guard let window, let effective = observation.first("effective") else { return nil }
    let isPeriod = effective.isKind(of: "Period")
    guard let start = (isPeriod ? effective.first("start") : effective)?.day,
      let end = (isPeriod ? effective.first("end") : effective)?.day
    else { return nil }
    let days = (first: start.earliest.daysSinceEpoch, last: end.latest.daysSinceEpoch)
    let from = "\(window.words) (from \(window.first))"
    let evaluation = "the day of evaluation (\(window.last))"
    if days.last < window.first.daysSinceEpoch { return .finding("it is older than \(from)") }
    if days.first > window.last.daysSinceEpoch { return .finding("it is later than \(evaluation)") }
    if days.first < window.first.daysSinceEpoch { return .file("its date may lie before \(from)") }
    if days.last > window.last.daysSinceEpoch { return .file("its date may lie after \(evaluation)") }
    return nil
  }

  /// Whether a record says anything on a day: neither of a later one, nor entered in error.
  func isThere(_ record: CQL.Record, on day: CalendarDate) -> Bool {
    guard let element = (record.object as? FHIRObject)?.content else { return true }
    let states = [element.first("status")?.text] + element.all("verificationStatus").flatMap(\.codes).map(\.code)
    if states.contains("entered-in-error") { return false }
    let written = beginning(of: element)
    let first = (written?.isKind(of: "Period") == true ? written?.first("start") : written)?.day
    return first.map { $0.earliest.daysSinceEpoch <= day.daysSinceEpoch } ?? true
  }

  /// That something is said to have ended before it began; of a Period its own two ends.
  func reversed(_ beginning: Element?, _ ending: Element? = nil) -> [Weakness] {
    let isPeriod = ending == nil && beginning?.isKind(of: "Period") == true
    guard let start = isPeriod ? beginning?.first("start") : beginning,
      let end = isPeriod ? beginning?.first("end") : ending, let first = start.day, let last = end.day,
      last.latest.daysSinceEpoch < first.earliest.daysSinceEpoch
    else { return [] }
    return [.file("it ends (\(last)) before it begins (\(first))")]
  }
}

extension Element {
  /// The day as written, without the time of day; nil where it is no date.
  fileprivate var day: CalendarDate? { json?.string.flatMap { CalendarDate($0.prefix("2000-01-01".count)) } }
}
