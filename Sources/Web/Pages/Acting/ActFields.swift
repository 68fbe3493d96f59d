import ClinicalValues
import Conduct
import Markup
import StudyDesign
import Trial

/// The controls of a command's fields: what names something is chosen from what there is, a moment is picked by the clocks of
/// the reader's site, a number has its unit beside it.
struct ActFields {
  private let form: CommandForm
  private let given: Given
  private let choices: FieldChoices
  private let names: ChoiceNames
  private let plan: Study?
  private let parts: FormParts
  private let board: [BallotForm.Member]
  /// What is kept where somebody else is chosen: where to go on, and what else was given.
  private let others: Fields
  private var words: Words { parts.words }

  /// How many values of a list are all shown; of more each is typed on a line of its own.
  private static let shownBoxes = 80

  init(
    _ request: PageRequest, _ form: CommandForm, given: Given, choices: FieldChoices, state: TrialState, plan: Study?
  ) {
    self.form = form
    self.given = given
    self.choices = choices
    self.plan = plan
    parts = FormParts(request)
    let back = request.form["back"].map { Fields([(name: "back", value: $0)]) }
    others = back ?? request.query.without(["participant"])
    let participant = given["participant"].flatMap { try? ParticipantID($0) }.flatMap { state.participants[$0] }
    names = ChoiceNames(
      participant: participant, plan: plan?.conduct.product, words: request.words,
      zone: participant.map { state.zone(of: $0) } ?? "UTC")
    let isVote = form.fields.contains { $0.key == BallotForm.key }
    board = isVote ? BallotForm.members(in: state) : []
  }

  /// Whether it is still to be said whom the command is about.
  var lacksParticipant: Bool {
    form.fields.contains { field in
      field.key == "participant" && !field.isOptional && given[field.key] == nil && !choices.choices(for: field).isEmpty
    }
  }

  /// A field with its control.
  ///
  /// - Parameter fault: what is wrong with what stands in it.
  func control(_ field: CommandForm.Field, _ fault: String?) -> Markup {
    let texts = given.texts[field.key] ?? []
    var shown = FormParts.Field(
      name: field.key, label: words[ActForm.label(field.key)],
      value: field.isSecret ? "" : texts.joined(separator: "\n"), fault: fault, isOptional: field.isOptional)
    shown.unit = choices.unit(of: field).map { words.unit($0) }
    let options = choices.choices(for: field)
    let help = FieldHelp(field, isChosen: !options.isEmpty, zone: choices.moment.zone, words).markup
    shown.help = help
    if field.key == BallotForm.key {
      return BallotForm(members: board, parts: parts).markup(
        given: texts.first, help: help ?? .fragment([]), fault: fault)
    }
    if DoseForm.takes(field), let plan {
      return DoseForm(plan: plan, parts: parts).markup(given: texts, fault: fault)
    }
    if field.isFile {
      shown.attributes = [Attribute("data-file", nil)]
      return parts.area(shown, rows: 5)
    }
    if !options.isEmpty { return chosen(field, shown, options) }
    return entered(field, shown)
  }

  /// What is chosen from what there is; what was given and is not there stays, to be refused with the reason.
  private func chosen(_ field: CommandForm.Field, _ shown: FormParts.Field, _ options: [FieldChoice]) -> Markup {
    func text(_ choice: FieldChoice) -> (value: String, text: String) {
      (value: choice.value, text: names.text(choice, field.kind.reference))
    }
    if field.key == "participant", shown.fault == nil, let known = options.first(where: { $0.value == shown.value }) {
      return fixed(shown, names.text(known, field.kind.reference))
    }
    if field.kind.isList {
      let fitting = options.filter(\.fits)
      guard fitting.count <= ActFields.shownBoxes, !fitting.isEmpty else { return parts.area(shown, rows: 2) }
      let values = Set(fitting.map(\.value))
      let others = (given.texts[field.key] ?? []).filter { !values.contains($0) }
      return parts.checkboxes(shown, fitting.map(text) + others.map { (value: $0, text: $0) })
    }
    let isKnown = shown.value.isEmpty || options.contains { $0.value == shown.value }
    let unknown = isKnown ? [] : [(value: shown.value, text: shown.value)]
    return parts.select(
      shown, options.filter(\.fits).map(text) + unknown,
      apart: (words["Not as things stand"], options.filter { !$0.fits }.map(text)))
  }

  /// Whom it is about, once that is said.
  private func fixed(_ shown: FormParts.Field, _ text: String) -> Markup {
    .fragment([
      parts.hidden(shown.name, shown.value),
      Part.facts([(shown.label, .fragment([.text(text + " "), Part.link(again, words["Somebody else"])]))]),
    ])
  }

  private var again: String { "/act/\(ActPath.slug(form.name))" + (others.pairs.isEmpty ? "" : "?" + others.encoded) }

  /// What is typed or picked.
  private func entered(_ field: CommandForm.Field, _ control: FormParts.Field) -> Markup {
    var shown = control
    switch field.kind.content {
    case .yesOrNo:
      return parts.radios(
        shown, [("true", words["yes"]), ("false", words["no"])] + (field.isOptional ? [("", words["not said"])] : []))
    case .choice(let values) where field.kind.isList:
      return parts.checkboxes(shown, values.map { ($0, words[ActForm.label($0)]) })
    case .choice(let values):
      return parts.select(shown, values.map { ($0, words[ActForm.label($0)]) })
    case .wholeNumber: shown.attributes = [Attribute("inputmode", "numeric")]
    case .decimal: shown.attributes = [Attribute("inputmode", "decimal")]
    case .date where shown.value.isEmpty || CalendarDate(shown.value)?.precision == .day: shown.type = "date"
    case .moment: pick(&shown)
    case .text, .date: break
    }
    let isLong = field.kind.isList || ActFields.sentences.contains(field.key)
    return isLong ? parts.area(shown, rows: 2) : parts.input(shown)
  }

  /// A date and a time by the clocks of the reader's site; what cannot be read as one stays as it was typed, and so does what these
  /// clocks do not tell from another moment, as in the hour that they show twice.
  private func pick(_ shown: inout FormParts.Field) {
    if !shown.value.isEmpty {
      guard let local = ActFields.local(shown.value, zone: choices.moment.zone, words) else { return }
      shown.value = local
    }
    shown.type = "datetime-local"
    // To the second (HTML Living Standard, 4.10.5.3.8).
    shown.attributes = [Attribute("step", "1")]
  }

  /// A moment as the clocks of a zone show it, to the second where it has seconds; nil where it is none, or they show another
  /// moment so.
  static func local(_ written: String, zone: String, _ words: Words) -> String? {
    guard let moment = ZoneClock.moment(written: written, zone: zone) else { return nil }
    let here = ZoneClock.moment(moment.instant, zone: zone)
    let seconds = moment.instant.milliseconds / 1000 % 60
    let local = "\(here.date)T\(words.clock(here))" + (seconds == 0 ? "" : ":" + Words.twoDigits(seconds))
    return ZoneClock.moment(written: local, zone: zone)?.instant == moment.instant ? local : nil
  }

  /// Fields in which sentences are written.
  private static let sentences: Set<String> = [
    "reason", "detail", "what", "about", "text", "circumstances", "cause", "correction", "prevention", "change",
    "changes", "outcome", "despiteMatch", Circumstances.Key.reason, Circumstances.Key.lateReason,
  ]
}
