public import ClinicalValues
public import Ledger

/// Normal ranges of all laboratories, as imported.
public struct LaboratoryState: Sendable, Hashable {
  private struct Test: Sendable, Hashable {
    let laboratory: String
    let concept: String
  }

  /// The ranges of a test in the order in which they were imported.
  private var ranges: [Test: [NormalRange]] = [:]
  /// The laboratories of a site's files.
  private var own: [SiteID: Set<String>] = [:]
  /// The files that were imported.
  public private(set) var files: Set<Digest> = []

  /// Nothing is known.
  public init() {}

  /// The state after one more event.
  public mutating func apply(_ recorded: Recorded<LaboratoryEvent>, of site: SiteID?) {
    switch recorded.event {
    case .rangesImported(let file, let imported):
      files.insert(file)
      for range in imported {
        ranges[Test(laboratory: range.laboratory, concept: range.concept), default: []].append(range)
        if let site { own[site, default: []].insert(range.laboratory) }
      }
    }
  }

  /// The laboratories of which ranges are known.
  public var laboratories: [String] { Set(ranges.keys.map(\.laboratory)).sorted() }

  /// All ranges of a laboratory, by test, then in the order of their import.
  public func ranges(of laboratory: String) -> [NormalRange] {
    ranges.filter { $0.key.laboratory == laboratory }.sorted { $0.key.concept < $1.key.concept }.flatMap(\.value)
  }

  /// The laboratory that a value without one comes from: the site's own, where its files name only one.
  public func ownLaboratory(of site: SiteID) -> String? {
    guard let own = own[site], own.count == 1 else { return nil }
    return own.first
  }

  /// The normal range of a test for somebody on the day of sampling; nil where none is known, and the value is not
  /// gradable. Of several that hold, the one that began last counts, and of those the one that was imported last.
  public func range(
    laboratory: String, concept: String, sex: AdministrativeSex?, age: Int?, on day: CalendarDate
  ) -> NormalRange? {
    var found: NormalRange?
    for range in ranges[Test(laboratory: laboratory, concept: concept)] ?? []
    where range.holds(for: sex, age: age, on: day) {
      if let best = found, best.validFrom.daysSinceEpoch > range.validFrom.daysSinceEpoch { continue }
      found = range
    }
    return found
  }
}
