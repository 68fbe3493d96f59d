import Rules
import StudyDesign

/// What a run over records adds up to; of each record no more is kept than this needs.
struct RunSummary {
  /// Records reported.
  private(set) var records = 0
  /// Of these, how many could not be evaluated.
  private(set) var failures = 0
  /// The cohorts that records were measured for, in the order in which they came up.
  private(set) var cohorts: [Cohort] = []
  /// How many records hold data that no criterion can have read.
  private(set) var recordsWithUnread = 0
  private var counts: [String: [Verdict: Int]] = [:]
  /// Names of codes that nothing reads, with the number of records that have them.
  private var unreadCodes: [String: Int] = [:]
  private var files: [String: [String]] = [:]
  private var names: [String] = []

  /// Counts a record.
  mutating func add(_ entry: ScreenedFile) {
    records += 1
    guard case .success(let screened) = entry.result else {
      failures += 1
      return
    }
    for assessment in screened.assessments {
      if !cohorts.contains(assessment.cohort) { cohorts.append(assessment.cohort) }
      counts[assessment.cohort.id, default: [:]][assessment.verdict, default: 0] += 1
    }
    if !screened.unrecognized.isEmpty { recordsWithUnread += 1 }
    for name in Set(screened.unrecognized.map(\.name)) { unreadCodes[name, default: 0] += 1 }
    for name in Set(entry.names).sorted() {
      if files[name] == nil { names.append(name) }
      files[name, default: []].append(entry.file)
    }
  }

  /// How many records of a cohort came out so.
  func count(_ verdict: Verdict, _ cohort: Cohort) -> Int { counts[cohort.id]?[verdict] ?? 0 }

  /// The codes that nothing reads, by how many records have them.
  var unread: [(name: String, records: Int)] {
    unreadCodes.map { (name: $0.key, records: $0.value) }.sorted { ($1.records, $0.name) < ($0.records, $1.name) }
  }

  /// A sentence for each name that the patients of several files bear.
  var sharedNames: [String] {
    var told: Set<[String]> = []
    return names.compactMap { name in
      guard let places = files[name], places.count > 1, told.insert(places).inserted else { return nil }
      return "‘\(name)’ names the patient in \(places.count) files: \(places.joined(separator: ", ")). "
        + "If they are of one person, put them into one file: each was judged by itself."
    }
  }
}
