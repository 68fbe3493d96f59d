import ClinicalValues
import Conduct
import StudyDesign
import Trial

/// What the report of a serious adverse event says, version by version; a value, so that tests compare it and not markup.
struct SeriousReportSheet: Equatable {
  /// A question with its answer.
  struct Line: Equatable {
    let label: String
    var answer: String
    /// What the version before said, where that differs; empty where it said nothing.
    var former: String?
    /// Whether somebody wrote it freely, so that it may name a person.
    var isFree = false
  }

  /// Questions under one heading.
  struct Section: Equatable {
    let title: String
    var lines: [Line]
  }

  /// A clock of the event, as a person reads it.
  struct Clock: Equatable {
    let title: String
    let due: String
    let submitted: String?
    let isLate: Bool
  }

  let participant: String
  let site: String
  let event: Int
  var title: String
  /// Its number, and its kind in words.
  let version: Int
  let kind: String
  let clocks: [Clock]
  var sections: [Section]
  /// What was done about words that may name the participant, in a sentence; nil as long as nobody has compared them.
  var masking: String?
}

extension SeriousReportSheet {
  /// The texts of it that people wrote freely.
  var freeTexts: [String] {
    [title] + sections.flatMap(\.lines).filter(\.isFree).flatMap { [$0.answer, $0.former ?? ""] }
  }

  /// The same sheet with those texts as they may leave.
  func masked(_ masked: MaskedTexts) -> SeriousReportSheet {
    var (sheet, texts) = (self, masked.texts[...])
    sheet.title = texts.popFirst() ?? title
    for section in sheet.sections.indices {
      for line in sheet.sections[section].lines.indices where sheet.sections[section].lines[line].isFree {
        sheet.sections[section].lines[line].answer = texts.popFirst() ?? ""
        let former = texts.popFirst() ?? ""
        if sheet.sections[section].lines[line].former != nil { sheet.sections[section].lines[line].former = former }
      }
    }
    sheet.masking = masked.words
    return sheet
  }
}

extension MaskedTexts {
  /// What was done, in a sentence.
  fileprivate var words: String {
    guard wasCompared else {
      return "Who the participant is is not kept or was erased: nobody could compare the words of this report with it."
    }
    guard count > 0 else {
      return "No word of this report is the name, the initials or the birth date of the participant."
    }
    return
      "\(count == 1 ? "1 passage" : "\(count) passages") that may name the participant \(count == 1 ? "is" : "are") "
      + "masked here; the site takes them out of the forms."
  }
}

extension SeriousReportSheet {
  /// The sheet of a version; nil where there is none of that number.
  init?(of event: AdverseEvent, version: Int?, in state: ParticipantState, edition: ProtocolShelf.Edition) {
    let safety = edition.study.conduct.safety
    guard let forms = safety.forms, let bound = forms.report,
      let report = version.map({ number in event.reports.first { $0.number == number } }) ?? event.reports.last
    else { return nil }
    let place = event.reports.firstIndex { $0.form == report.form } ?? 0
    let former = place > 0 ? event.reports[place - 1] : nil
    let reader = SheetReader(
      casebook: state.casebook, until: state.casebook.forms[report.form]?.lastEntry,
      formerUntil: former.flatMap { state.casebook.forms[$0.form]?.lastEntry })
    participant = state.id.description
    site = state.way.site?.description ?? "?"
    self.event = event.number
    title = event.title
    self.version = report.number ?? place
    kind = reader.words(bound[.version], of: report.form, in: edition.book) ?? "Report"
    clocks = state.clocks(of: event).map { clock in
      let zone = report.aware?.offsetMinutes ?? 0
      func local(_ instant: Instant) -> String {
        SheetReader.time(Moment(instant, offsetMinutes: zone).dateTime)
      }
      return Clock(
        title: safety.clocks.first { $0.id == clock.clock }?.title ?? clock.clock, due: local(clock.due),
        submitted: clock.submitted.map(local), isLate: clock.submitted.map { $0 > clock.due } ?? false)
    }
    var sections = reader.treatment(of: state, event, safety: safety, book: edition.book)
    sections += reader.sections(of: event.form, formerly: event.form, in: edition.book, isSame: true)
    sections += reader.sections(
      of: report.form, formerly: former?.form, in: edition.book, isSame: false)
    if let judged = event.assessment?.form {
      sections += reader.sections(of: judged, formerly: judged, in: edition.book, isSame: true)
    }
    self.sections = sections.filter { !$0.lines.isEmpty }
  }
}

/// Reads forms as they stood at an instant, and at the version before.
private struct SheetReader {
  let casebook: CasebookState
  /// As of when; nil for now.
  let until: Instant?
  /// As of when the version before; nil where there is none.
  let formerUntil: Instant?

  /// The answered questions of a form by their headings; what has changed since the version before is marked.
  ///
  /// - Parameters:
  ///   - former: the form of the version before: the same one, or the row of that version.
  ///   - isSame: whether it is one form whose answers changed.
  func sections(
    of key: FormKey, formerly former: FormKey?, in book: FormBook, isSame: Bool
  ) -> [SeriousReportSheet.Section] {
    guard let plan = book.forms[key.form], let record = casebook.forms[key] else { return [] }
    var sections: [(title: String, lines: [SeriousReportSheet.Line])] = []
    for item in plan.items {
      let answer = record.answer(item, until: isSame ? until : nil)
      let before =
        formerUntil == nil
        ? nil
        : former.flatMap { casebook.forms[$0] }.map { $0.answer(item, until: isSame ? formerUntil : nil) ?? "" }
      guard answer != nil || before.map({ !$0.isEmpty }) == true else { continue }
      let line = SeriousReportSheet.Line(
        label: item.label, answer: answer ?? (isSame ? "taken back" : "no answer yet"),
        former: before == answer ? nil : before,
        isFree: item.type == .text)
      let title = "\(plan.title)\(item.section.map { ": \($0)" } ?? "")"
      if sections.last?.title == title {
        sections[sections.count - 1].lines.append(line)
      } else {
        sections.append((title, [line]))
      }
    }
    return sections.map { SeriousReportSheet.Section(title: $0.title, lines: $0.lines) }
  }

  /// Whom it happened to and after what treatment, as it was known at the instant.
  func treatment(
    of state: ParticipantState, _ event: AdverseEvent, safety: SafetyPlan, book: FormBook
  ) -> [SeriousReportSheet.Section] {
    func known(_ moment: Moment?) -> Moment? { moment.flatMap { $0.instant <= until ?? $0.instant ? $0 : nil } }
    func answer(_ item: ItemReference?) -> String? {
      guard let item, let key = try? FormKey(visit: FormKey.once, form: item.form),
        let plan = book.forms[item.form]?.item(item.item)
      else { return nil }
      return casebook.forms[key]?.answer(plan, until: until)
    }
    let infusion = known(state.product.infusion?.begun).flatMap { _ in state.product.infusion }
    let onset = infusion.flatMap { event.onsetDay(from: $0.begun.day) }
    let facts: [(String, String?)] = [
      ("Sex", answer(book.grading.items.sex)), ("Age at consent, years", answer(book.grading.items.age)),
      ("Cohort", state.way.cohort),
      ("First dose of lymphodepletion", known(state.way.firstLymphodepletion).map(EventText.clock)),
      ("Infusion begun", infusion.map { EventText.clock($0.begun) } ?? "not infused"),
      ("Lot", infusion?.lot.description),
      (
        "CAR-positive viable cells per kg", infusion.map { $0.dosePerKg?.rounded()?.trimmed.description ?? "not known" }
      ),
      ("Onset, days from the infusion", onset.map(String.init)),
    ]
    return [
      SeriousReportSheet.Section(
        title: "Participant and treatment",
        lines: facts.compactMap { label, answer in answer.map { SeriousReportSheet.Line(label: label, answer: $0) } })
    ]
  }

  /// `2026-03-09 11:00 +01:00`: by the clocks of the place, with their distance from UTC.
  static func time(_ time: DateTime) -> String {
    let text = time.description
    guard time.precision >= .minute, let offset = time.offsetMinutes else { return text }
    let (hours, minutes) = (abs(offset) / 60, abs(offset) % 60)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) \(offset < 0 ? "-" : "+")\(two(hours)):\(two(minutes))"
  }

  /// The answer to one item, in words.
  func words(_ item: String?, of key: FormKey, in book: FormBook) -> String? {
    guard let item = item.flatMap({ book.forms[key.form]?.item($0) }) else { return nil }
    return casebook.forms[key]?.answer(item, until: nil)
  }
}

extension FormRecord {
  /// When the last of its entries was recorded.
  fileprivate var lastEntry: Instant? { items.values.compactMap { $0.current?.recorded }.max() }

  /// An answer as it stood at an instant, in the words of its form; nil where there was none.
  fileprivate func answer(_ item: ItemPlan, until: Instant?) -> String? {
    let versions = items[item.id]?.history ?? []
    guard let version = versions.last(where: { version in until.map { version.recorded <= $0 } ?? true }) else {
      return nil
    }
    switch version.entry.answer {
    case .cleared: return nil
    case .absent: return version.entry.answer.description
    case .value(let text, let unit):
      if item.type == .boolean { return text == "true" ? "yes" : "no" }
      if item.type == .dateTime, let time = DateTime(text) { return SheetReader.time(time) }
      return (item.codes.first { $0.code == text }?.label ?? text) + (unit.map { " \($0)" } ?? "")
    }
  }
}
