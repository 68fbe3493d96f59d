public import ClinicalValues

/// The days on which some resources happened, ordered so that those of a span are found without looking at the others:
/// an interval tree over a sorted array.
public final class DateTable: Sendable {
  private struct Entry {
    let resource: Int
    let days: ClosedRange<Int>
    /// The last day of all entries of the subtree whose middle this is.
    var latest: Int
  }
  private let entries: [Entry]
  private let days: [Int: ClosedRange<Int>]
  /// The resources that do not say when they happened, in the order of the source; their places in the record.
  public let undated: [Int]

  init(_ days: [(resource: Int, days: ClosedRange<Int>)], undated: [Int]) {
    self.days = Dictionary(days.map { ($0.resource, $0.days) }) { first, _ in first }
    self.undated = undated
    var entries = days.map { Entry(resource: $0.resource, days: $0.days, latest: $0.days.upperBound) }
    entries.sort { ($0.days.lowerBound, $0.resource) < ($1.days.lowerBound, $1.resource) }
    DateTable.setLatest(&entries, 0..<entries.count)
    self.entries = entries
  }

  @discardableResult
  private static func setLatest(_ entries: inout [Entry], _ range: Range<Int>) -> Int {
    guard !range.isEmpty else { return .min }
    let middle = (range.lowerBound + range.upperBound) / 2
    let left = setLatest(&entries, range.lowerBound..<middle)
    let right = setLatest(&entries, middle + 1..<range.upperBound)
    entries[middle].latest = max(entries[middle].days.upperBound, left, right)
    return entries[middle].latest
  }

  /// The resources of which a day may lie in a span of days (a partial date may be any of its days), in the order of
  /// the source; their places in the record.
  public func find(_ first: CalendarDate, through last: CalendarDate) -> [Int] {
    let from = first.earliest.daysSinceEpoch
    let to = last.latest.daysSinceEpoch
    guard from <= to else { return [] }
    var found: [Int] = []
    find(from...to, 0..<entries.count, &found)
    return found.sorted()
  }

  /// The resources that may lie in a span of days and those that do not say when they happened, in the order of the
  /// source; a nil end is no limit.
  public func notOutside(_ first: CalendarDate?, through last: CalendarDate?) -> [Int] {
    (find(first ?? .least, through: last ?? .greatest) + undated).sorted()
  }

  /// Whether a resource, by its place in the record, may lie in a span of days or does not say when it happened.
  public func isNotOutside(_ resource: Int, _ first: CalendarDate?, through last: CalendarDate?) -> Bool {
    guard let own = days[resource] else { return true }
    return own.upperBound >= (first?.earliest.daysSinceEpoch ?? .min)
      && own.lowerBound <= (last?.latest.daysSinceEpoch ?? .max)
  }

  private func find(_ span: ClosedRange<Int>, _ range: Range<Int>, _ found: inout [Int]) {
    guard !range.isEmpty else { return }
    let middle = (range.lowerBound + range.upperBound) / 2
    let entry = entries[middle]
    guard entry.latest >= span.lowerBound else { return }
    find(span, range.lowerBound..<middle, &found)
    guard entry.days.lowerBound <= span.upperBound else { return }
    if entry.days.overlaps(span) { found.append(entry.resource) }
    find(span, middle + 1..<range.upperBound, &found)
  }
}
