import ClinicalValues
import StudyDesign
import Trial

/// The occasions of a visit that is held whenever there is reason for it, by the times of what is known of each: of the casebook,
/// and of what is being read.
struct Occasions {
  private let visit: String
  /// The item that dates each form.
  private let dating: [String: String]
  private var ofTime: [Answer: Set<Int>] = [:]
  private var ofDay: [CalendarDate: Set<Int>] = [:]
  private var last = 0

  /// Those that a casebook knows of; nil for a visit of the plan: what was sampled on several days is of it.
  init?(of visit: String, in study: Study, _ casebook: CasebookState) {
    guard study.schedule.visit(visit)?.isAtDiscretion == true else { return nil }
    self.visit = visit
    dating = study.forms.reduce(into: [:]) { $0[$1.id] = $1.dated }
    for (key, record) in casebook.forms where key.visit == visit && (record.isBegun || record.notDone != nil) {
      add(key.number, at: dating[key.form].flatMap { record.entry($0)?.answer })
    }
  }

  /// Takes up an entry that was read.
  mutating func add(_ entry: Entry, of key: FormKey) {
    guard key.visit == visit else { return }
    add(key.number, at: entry.item == dating[key.form] ? entry.answer : nil)
  }

  /// The numbers under which something of a time can be, the likeliest first: a visit is one occasion, so what is of that time or
  /// day is of the same one, and else it is the next. Nil where the day is not known.
  func numbers(at time: Answer?) -> [Int]? {
    guard let time, let day = Occasions.day(time) else { return nil }
    return (ofTime[time] ?? []).sorted() + (ofDay[day] ?? []).sorted() + [last + 1]
  }

  private mutating func add(_ number: Int, at time: Answer?) {
    last = max(last, number)
    guard let time else { return }
    ofTime[time, default: []].insert(number)
    if let day = Occasions.day(time) { ofDay[day, default: []].insert(number) }
  }

  private static func day(_ answer: Answer) -> CalendarDate? {
    let date = answer.text.flatMap { text in DateTime(text)?.date ?? CalendarDate(text) }
    return date?.precision == .day ? date : nil
  }
}
