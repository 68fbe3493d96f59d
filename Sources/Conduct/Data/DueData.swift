import StudyDesign
import Trial

extension ParticipantCalendar {
  /// The concepts that forms ask for at visits whose window has begun, where nobody has said anything yet: to be obtained in any case.
  func dueConcepts(of state: ParticipantState, by book: FormBook) -> Set<String> {
    let begun: Set<VisitStatus> = [.due, .overdue, .done, .outOfWindow]
    let asked = visits.filter { begun.contains($0.status) }.flatMap(\.activities).filter { $0.applies != false }
    return Set(
      asked.flatMap(\.forms).flatMap { key -> [String] in
        let record = state.casebook.forms[key]
        guard record?.notDone == nil, let plan = try? book.form(of: key) else { return [] }
        return plan.items.filter { record?.entry($0.id) == nil }.compactMap(\.concept)
      })
  }
}
