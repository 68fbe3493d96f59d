import ClinicalValues
import StudyDesign

/// Which visit of the schedule a row of SDTM belongs to.
///
/// `VISIT` is the title of a visit. One that nobody planned has the title of an unscheduled visit and a number behind it
/// (`UNSCHEDULED 3.1`): a subject's are counted from 1 in the order of `VISITNUM`, over all datasets.
struct SDTMVisits {
  /// The ids of the schedule's visits.
  let ids: [String]
  private let planned: [String: String]
  private let unscheduled: [(title: String, id: String)]
  private var numbers: [SubjectKey: [String: [Decimal]]] = [:]

  /// The visits of a schedule, with the unscheduled ones that datasets name.
  init(_ datasets: [TransportDataset], schedule: SchedulePlan) {
    ids = schedule.visits.map(\.id)
    planned = Dictionary(schedule.visits.map { ($0.title, $0.id) }) { first, _ in first }
    unscheduled = schedule.visits.filter { $0.anchor == .unscheduled }.map { ($0.title, $0.id) }
    for dataset in datasets { count(dataset) }
    numbers = numbers.mapValues { $0.mapValues { Set($0).sorted() } }
  }

  private mutating func count(_ dataset: TransportDataset) {
    let names = dataset.variables.map(\.name)
    guard let subject = names.firstIndex(of: "USUBJID"), let visit = names.firstIndex(of: "VISIT"),
      let number = names.firstIndex(of: "VISITNUM")
    else { return }
    for row in dataset.rows {
      guard case .text(let subject) = row[subject], case .text(let title) = row[visit], planned[title] == nil,
        let id = unscheduledID(title), case .number(let number) = row[number], let number = number.decimal
      else { continue }
      numbers[SubjectKey(subject), default: [:]][id, default: []].append(number)
    }
  }

  private func unscheduledID(_ title: String) -> String? {
    unscheduled.first { title.hasPrefix($0.title + " ") }?.id
  }

  /// The visit's id, and which one of that id it is of a subject; nil where the schedule has none of that title.
  func visit(_ title: String, number: Decimal?, of subject: SubjectKey) -> (id: String, number: Int)? {
    if let id = planned[title] { return (id, 1) }
    guard let id = unscheduledID(title), let number, let place = numbers[subject]?[id]?.firstIndex(of: number) else {
      return nil
    }
    return (id, place + 1)
  }
}
