import ClinicalValues
import Conduct
import Instruments
import Ledger
import Markup
import StudyDesign
import Trial

/// Words in one language: messages of the program, the study's own words, dates and numbers.
struct Words: Sendable {
  let language: Language
  private let messages: [String: String]
  private let phrases: Phrases?
  /// The shapes of the trial's sentences, in whatever language: by them its own words are told from a person's.
  private let shapes: Phrases?
  private let study: Translation?
  private let names: StudyNames
  /// Sentences that were made readable before; nil where none are kept.
  private let kept: KeptSentences?

  /// - Parameters:
  ///   - phrases: the sentences of the trial; nil where they stay as they are.
  ///   - shapes: by which a sentence of the trial is known where `phrases` are none.
  ///   - names: what the ids in such sentences are called.
  init(
    _ language: Language, messages: [String: String], phrases: Phrases? = nil, shapes: Phrases? = nil,
    study: Translation? = nil,
    names: StudyNames = StudyNames(nil), kept: KeptSentences? = nil
  ) {
    self.language = language
    self.messages = messages
    self.phrases = phrases
    self.shapes = shapes ?? phrases
    self.study = study
    self.names = names
    self.kept = kept
  }

  /// A message.
  subscript(_ english: String) -> String { messages[english] ?? english }

  /// A message with places to fill: `words("Day {day}", ["day": "7"])`.
  func callAsFunction(_ english: String, _ values: KeyValuePairs<String, String>) -> String {
    var text = self[english]
    for (name, value) in values { text = text.replacing("{\(name)}", with: value) }
    return text
  }

  /// Words of the study, or a term that it uses: their translation; its own where there is none.
  func study(_ text: String) -> String { study?[text] ?? messages[text] ?? text }

  /// What stands for a text of the program, the trial or the study, where there is something; else the text itself.
  func plain(_ english: String) -> String {
    if let known = messages[english] ?? study?[english] { return known }
    let pieces = phrases.flatMap { PhraseReading($0, study: study).whole(english) }
    return pieces?.map { if case .value(let text, let place) = $0 { named(text, place) } else { $0.text } }.joined()
      ?? english
  }

  /// Words of the study's source: their translation; else they are quoted, marked as English.
  func quoted(_ text: String) -> Markup {
    study?[text].map { .text($0) } ?? (language == .english ? .text(text) : .tag("span", ["lang": "en"]) { text })
  }

  /// What stands in the place of what somebody writes: the study's own words where a check wrote it, else as it was written.
  func writing(_ text: String) -> Markup { study?[text].map { .text($0) } ?? Part.written(text) }

  /// A sentence that the trial made: translated where it is a message, a phrase or the study's, else as it is, marked as English. Ids stand
  /// in it by their names, dates as the language writes them, and what somebody wrote as it was written.
  ///
  /// - Parameter written: what people wrote in it, which is read as nothing else.
  func sentence(_ sentence: String, written: [String] = []) -> Markup {
    let kept = KeptWriting(names.answered(sentence), written.filter { !isOfProgram($0) })
    let english = kept.text
    if language == .english || english.isEmpty { return kept.markup(readable(english)) }
    if let known = messages[english] ?? study?[english] { return .text(known) }
    guard let pieces = phrases.flatMap({ PhraseReading($0, study: study).reading(of: english) }) else {
      // A code, a number, or a label of a figure that is of the language already.
      let isEnglish = english.contains(" ") && english.allSatisfy { $0.isASCII || !$0.isLetter }
      let shown = kept.markup(readable(english))
      return isEnglish ? .tag("span", ["lang": "en"]) { shown } : shown
    }
    return .fragment(
      withoutEmptyNotes(pieces).map { piece in
        switch piece {
        case .own(let text): .text(PrintedUnit.inSentence(text))
        case .value(let text, let place): kept.holds(text) ? kept.markup(text) : value(named(text, place))
        case .written(let text): kept.holds(text) ? kept.markup(text) : Part.written(text)
        }
      })
  }

  /// Whether the software wrote a text in somebody's place: a whole sentence of the trial or the study. A word alone is not
  /// known by its shape, and a term of CTCAE is what people write themselves.
  private func isOfProgram(_ text: String) -> Bool {
    let bare = text.hasSuffix(".") ? String(text.dropLast()) : text
    guard text.contains(" "), CTCAE.term(named: bare) == nil else { return false }
    return study?[text] != nil || shapes.map { PhraseReading($0, study: study).whole(text) != nil } ?? false
  }

  /// The pieces without parentheses in which nothing is said: a form of no visit has no place.
  private func withoutEmptyNotes(_ pieces: [Phrases.Piece]) -> [Phrases.Piece] {
    var shown = pieces
    for place in shown.indices.dropFirst().dropLast() {
      guard case .value(let text, let name) = shown[place], named(text, name).isEmpty,
        case .own(let before) = shown[place - 1], before.hasSuffix("（"),
        case .own(let after) = shown[place + 1], after.hasPrefix("）")
      else { continue }
      shown[place - 1] = .own(String(before.dropLast()))
      shown[place + 1] = .own(String(after.dropFirst()))
    }
    return shown
  }

  /// A name, number or date; marked as English where it is several words that the language has nothing for, such as a term of CTCAE.
  private func value(_ text: String) -> Markup {
    let isEnglish = text.firstMatch(of: /[A-Za-z]{3,} [a-z]{3,}/) != nil
    return isEnglish ? .tag("span", ["lang": "en"]) { text } : .text(text)
  }

  /// An English sentence with names for ids, and dates as people write them; an example of what to type stays as it is.
  private func readable(_ english: String) -> String {
    if english.contains("such as ") || english.contains("Write 2") { return english }
    return keeping(english, nil) { PrintedUnit.inSentence(dated(names.named(in: english) { study($0) })) }
  }

  /// What fills a place of a phrase.
  private func named(_ value: String, _ place: String) -> String {
    keeping(value, place) {
      let facts = place == "facts" ? names.named(facts: value) { plain($0) } : value
      return PrintedUnit.inSentence(dated(names.named(facts, as: place, row: self["row {row}"]) { plain($0) }))
    }
  }

  private func keeping(_ text: String, _ place: String?, make: () -> String) -> String {
    kept.map { $0.text(.init(language: language, place: place, text: text), make: make) } ?? make()
  }

  /// Data with the names of the concepts in them, answers and dates as the language writes them: `14, sledaiLowComplement true, 2026-01-05`.
  func data(_ text: String) -> String { named(text, "facts") }

  /// An answer of a list as the forms call it; any other value as it is.
  func coded(_ value: String, of concept: String) -> String {
    names.label(of: value, concept: concept).map(study) ?? value
  }

  /// A medicine as an answer names it, with its name and ATC code: `Tocilizumab (L04AC07)`; what the dictionary does not have as it was
  /// written.
  func medicine(_ text: String) -> String {
    names.medicine(text).map { "\(study($0.display)) (\(ATC.isCode(text) ? text : $0.code))" } ?? text
  }

  /// The medicines of the dictionary, each with its ATC code and what it is called: also in the study's own language, by which it may be
  /// looked for.
  var medicines: [(code: String, name: String)] {
    names.medicines.map { medicine in
      let name = study(medicine.display)
      return (medicine.code, name == medicine.display ? name : "\(name) \(medicine.display)")
    }
  }

  /// What a cohort is called; its id where the study has none of that id.
  func cohort(_ id: String) -> String { names.cohort(id).map(study) ?? id }

  /// A form of the casebook by its title, with where it is.
  func form(_ key: FormKey) -> String { named(key.description, "form") }

  /// What something with an id of the study's files is called, such as a clock or a step of custody; the id where there is none.
  func name(_ id: String) -> String { names.name(id).map(study) ?? id }

  /// What a line of a gate rests on: a datum by the name of its concept, without the address of its entry; else a sentence.
  func evidence(_ english: String) -> Markup {
    if let match = english.wholeMatch(of: /status: ([A-Za-z]+)/),
      let status = ParticipantStatus(rawValue: String(match.1))
    {
      return .text(self("status: {status}", ["status": title(status)]))
    }
    guard let (name, value, note) = names.datum(in: english) else { return sentence(english) }
    let known = plain(value)
    // What is not known as a whole has parts that are: `98 %, oxygenSupport room-air`.
    let shown = known == value ? data(value) : PrintedUnit.inSentence(known)
    return .text("\(study(name)) \(shown)" + (note.map { " (\(dated($0)))" } ?? ""))
  }

  // MARK: dates, times, numbers

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// A date as far as it is known: `3 Mar 2026`, `2026年3月3日`.
  func date(_ date: CalendarDate) -> String {
    let parts = date.description.split(separator: "-").compactMap { Int($0) }
    guard let year = parts.first else { return date.description }
    let month = parts.count > 1 ? parts[1] : nil
    let day = parts.count > 2 ? parts[2] : nil
    switch language {
    case .english:
      return [day.map(String.init), month.flatMap { (1...12).contains($0) ? Words.months[$0 - 1] : nil }, String(year)]
        .compactMap(\.self).joined(separator: " ")
    case .chinese:
      return "\(year)年" + (month.map { "\($0)月" } ?? "") + (day.map { "\($0)日" } ?? "")
    }
  }

  /// A moment by the clocks of its place: date and time.
  func moment(_ moment: Moment) -> String { "\(date(moment.date)) \(clock(moment))" }

  /// The time of a moment, `14:05`.
  func clock(_ moment: Moment) -> String {
    let minutes = (moment.instant.milliseconds / 60_000 + moment.offsetMinutes) % 1440
    let here = minutes < 0 ? minutes + 1440 : minutes
    return Words.twoDigits(here / 60) + ":" + Words.twoDigits(here % 60)
  }

  /// A moment for machines and for the script that counts down: RFC 3339.
  func timeElement(_ moment: Moment) -> Markup {
    .tag("time", ["datetime": moment.instant.description]) { self.moment(moment) }
  }

  /// The same with the zone beside it, where moments of several places stand together.
  func placedTime(_ moment: Moment) -> Markup {
    .tag("time", ["datetime": moment.instant.description]) { placed(moment) }
  }

  /// A moment by the clocks of its place, with the zone named.
  func placed(_ moment: Moment) -> String { "\(self.moment(moment))\(whichOfTwo(moment)) \(moment.zone)" }

  /// Where the clocks of the place show a time twice, the offset of the one that is meant; else nothing.
  func whichOfTwo(_ moment: Moment) -> String { ZoneClock.isRepeated(moment) ? " (\(moment.offset))" : "" }

  static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

  /// A number of days.
  func days(_ count: Int) -> String { count == 1 ? self["1 day"] : self("{days} days", ["days": String(count)]) }

  /// How long from one moment to another, in its two largest units: `3 d 4 h`, `25 min`.
  func duration(milliseconds: Int) -> String {
    let minutes = abs(milliseconds) / 60_000
    if minutes >= 1440 {
      return self("{days} d {hours} h", ["days": String(minutes / 1440), "hours": String(minutes % 1440 / 60)])
    }
    if minutes >= 60 {
      return self("{hours} h {minutes} min", ["hours": String(minutes / 60), "minutes": String(minutes % 60)])
    }
    return self("{minutes} min", ["minutes": String(minutes)])
  }
}

extension Site {
  /// Words in a language.
  func words(in language: Language) -> Words {
    Words(
      language, messages: catalog[language], phrases: catalog.phrases[language],
      shapes: catalog.phrases.values.first,
      study: newest?.translation(into: language.tag), names: names, kept: sentences)
  }
}
