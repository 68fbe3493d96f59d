import Conduct
import Markup
import Rules
import StudyDesign
import Trial

/// What a criterion says, in words: its reason, its evidence with where that stands. Names of the data dictionary stand in it by what they
/// are called, never as ids.
struct CriterionTexts {
  private let screened: ScreenedParticipant
  private let participant: ParticipantID
  let words: Words
  private let view: IdentityView

  init(_ screened: ScreenedParticipant, of participant: ParticipantID, _ words: Words, seesIdentity: Bool) {
    self.screened = screened
    self.participant = participant
    self.words = words
    view = IdentityView(study: screened.study, seesIdentity: seesIdentity)
  }

  var study: Study { screened.study }

  // MARK: data

  /// A person's words for a datum: those of the dictionary; else what sort of record it is, or the name of its set in words.
  func display(_ concept: String) -> String {
    if let listed = study.dictionary[concept] { return words.study(listed.display) }
    return UnnamedRecord.title(ofType: concept).map { words[$0] } ?? CriterionTexts.inWords(concept)
  }

  /// The unit in which criteria compare a datum, as people write it; nil where it has none.
  func unit(_ concept: String) -> String? {
    study.dictionary[concept]?.unit.flatMap { PrintedUnit.saysNothing($0) ? nil : words.unit($0) }
  }

  /// A datum with its unit.
  func named(_ concept: String) -> String { display(concept) + (unit(concept).map { " (\($0))" } ?? "") }

  /// What a kind of data is called, as a heading.
  func heading(_ kind: DataKind) -> String {
    let title = words.study(kind.title)
    return title.prefix(1).uppercased() + title.dropFirst()
  }

  /// `systemicGlucocorticoid` as `systemic glucocorticoid`.
  private static func inWords(_ id: String) -> String {
    id.reduce(into: "") { text, letter in
      text += letter.isUppercase && !text.isEmpty ? " " + letter.lowercased() : String(letter)
    }
  }

  // MARK: reason and evidence

  func reason(_ result: CriterionResult) -> Markup { words.sentence(spelledOut(view.reason(result), result)) }

  /// A reason in which ids that look like words (`igra`) are spelled out; those with a capital inside are known by it, and in another
  /// language all are.
  private func spelledOut(_ reason: String, _ result: CriterionResult) -> String {
    guard words.language == .english else { return reason }
    return result.spelledOut(reason, of: study.dictionary) { Vocabulary.shortened($0.display) }
  }

  /// A record that an outcome rests on: concept, value, unit, date, source.
  func line(_ evidence: Evidence) -> Markup {
    let value = view.value(evidence).map { words.coded($0, of: evidence.concept) } ?? words["(not shown to your role)"]
    let converted = view.converted(evidence)
    let parts = [value + (converted.map { " = \($0)" } ?? ""), evidence.when].compactMap(\.self)
    return .fragment([
      .tag("strong") { display(evidence.concept) }, .text(" \(words.data(parts.joined(separator: ", "))) "),
      evidence.source.hasPrefix(SupposedValue.source) ? Part.badge(words["supposed"], .provisional) : .fragment([]),
    ])
  }

  /// The resource that evidence names; nil where it is none that is shown.
  func resource(_ source: String) -> String? { screened.resource(source).map { IndentedJSON.text($0) } }

  // MARK: where it stands

  /// The name by which a resource is found on the page.
  static func anchor(_ source: String) -> String { FormParts.id("record-\(source)") }

  /// The item of a form of the casebook that evidence names; nil where it was not entered there.
  func item(_ source: String) -> Markup? {
    guard let found = screened.form(source) else { return nil }
    let place = found.part.flatMap { item(named: $0, in: found.key.form) }.map { "#\(FormLink.anchor($0))" } ?? ""
    return Part.link(FormLink.path(found.key, participant) + place, words.form(found.key))
  }

  /// A way to what evidence names: the item of a form, or the resource on this page.
  func link(to source: String) -> Markup {
    if let item = item(source) { return item }
    return screened.hasResource(source)
      ? Part.link("#\(CriterionTexts.anchor(source))", words["the record that was imported"]) : .text(source)
  }

  /// The item that a resource was written of: itself, the one of that concept, or the first of an instrument.
  private func item(named part: String, in form: String) -> String? {
    let items = study.forms.first { $0.id == form }?.items ?? []
    let found =
      items.first { $0.id == part } ?? items.first { $0.concept == part }
      ?? items.first { item in item.concept.flatMap { study.dictionary[$0] }?.instrument == part }
    return found?.id
  }
}
