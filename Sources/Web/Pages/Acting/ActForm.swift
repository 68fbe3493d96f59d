import ClinicalValues
import Conduct
import HTTPTypes
import Ledger
import Markup
import StudyDesign
import Trial

/// The page on which a command is entered: whom it is about, its fields, who acts along, and when; what is wrong stands at the
/// field, and at the top with a link to it.
struct ActForm {
  private let request: PageRequest
  private let form: CommandForm
  private let given: Given
  private let choices: FieldChoices
  /// By which clocks a gate is told: of the participant's site; of the reader's where it is about nobody.
  private let zone: String
  private let fields: ActFields
  private let parts: FormParts
  private var words: Words { request.words }

  init(_ request: PageRequest, _ form: CommandForm, given: Given) async throws {
    self.request = request
    self.form = form
    self.given = given
    parts = FormParts(request)
    var known = given
    for field in Circumstances.fields {
      if let text = request.form.text(field.key) { known.texts[field.key] = [text] }
    }
    let choices = try await request.live.choices(for: form, given: known, by: try request.acting())
    self.choices = choices
    let state = try await request.live.state()
    let participant = given["participant"].flatMap { try? ParticipantID($0) }.flatMap { state.participants[$0] }
    zone = participant.map { state.zone(of: $0) } ?? choices.moment.zone
    fields = ActFields(
      request, form, given: known, choices: choices, state: state,
      plan: try await request.plan(given["participant"]))
  }

  /// What the command is called: its sentence.
  static func title(_ form: CommandForm, _ words: Words) -> String { words[form.type.abstract] }

  /// The same as a heading: without its full stop.
  static func heading(_ form: CommandForm, _ words: Words) -> String {
    let title = title(form, words)
    return title.last.map { ".。".contains($0) } ?? false ? String(title.dropLast()) : title
  }

  /// Where the reader came from.
  var back: String { LocalPath(request.form["back"] ?? request.query["back"]).path }

  func page(faults: FieldFaults? = nil, refusal: Refusal? = nil) -> Page {
    let isFaulty = faults != nil || refusal != nil
    let told = ActFaults(form, faults: faults, refusal: refusal, words)
    return Page(
      ActForm.heading(form, words), at: .act, status: isFaulty ? .unprocessableContent : .ok,
      trail: back == "/" ? [] : [(words["Back"], back)]
    ) {
      if form.type.passesGate {
        Notice.markup(.note, .text(words["This passes a gate: every line must be true, and it is done now."]))
      }
      if !isFaulty { barred }
      if let refusal {
        Notice.markup(.stop, words.sentence(refusal.because), words.sentence(refusal.remedy))
        if !refusal.lines.isEmpty { GateTable.markup(refusal.lines, zone: zone, words) }
      }
      if !told.listed.isEmpty {
        parts.summary(
          faults == nil
            ? words["What stands in the way is marked at its field."]
            : words["Some fields are missing or cannot be understood."], told.listed)
      }
      Markup.tag("section") {
        if !isFaulty, request.form.pairs.isEmpty, fields.lacksParticipant { whom } else { entry(told) }
      }
    }
  }

  /// That it would be refused now, before anybody types; what happened before may still be entered with its time.
  @MarkupBuilder private var barred: Markup {
    let known = given.texts.compactMapValues(\.last)
    if let refusal = request.offering?.refusal(of: form.type, given: known) {
      Notice.markup(
        .warning, .text(words["As things stand this would be refused."]), words.sentence(refusal.because),
        words.sentence(refusal.remedy))
    }
  }

  /// Whom it is about comes first: the rest is chosen from what there is of them.
  private var whom: Markup {
    .tag("form", ["method": "get", "action": path, "class": "form"]) {
      for pair in request.query.pairs where pair.name != "participant" { parts.hidden(pair.name, pair.value) }
      for field in form.fields where field.key == "participant" { fields.control(field, nil) }
      parts.button(words["Go on"])
    }
  }

  private func entry(_ faults: ActFaults) -> Markup {
    parts.form(path, attributes: [Attribute("data-draft", nil)]) {
      parts.hidden(ActOnce.field, ActOnce.token(request))
      parts.hidden("back", back)
      for field in form.fields { fields.control(field, faults.words(at: field.key)) }
      company(faults)
      circumstances(faults)
      parts.button(words["Go on"])
    }
  }

  /// Who does it beside, or in the place of, whoever is signed in. What is entered after a downtime is done together.
  private func company(_ faults: ActFaults) -> Markup {
    let other = ActByOther(request: request, form: form)
    return other.isOffered && choices.company == .possible
      ? other.markup(choices, parts)
      : ActCompany(
        request: request, choices: choices, parts: parts, fault: faults.words(at: ActTogether.account)
      ).markup
  }

  private func circumstances(_ faults: ActFaults) -> Markup {
    let isNeeded = Circumstances.fields.contains { field in
      request.form.text(field.key) != nil || faults.words(at: field.key) != nil
    }
    return Part.disclosure(.text(words["When, why, and entered late"]), isOpen: isNeeded) {
      Markup.tag("div", ["class": "stack"]) {
        for field in Circumstances.fields { fields.control(field, faults.words(at: field.key)) }
      }
    }
  }

  private var path: String { "/act/\(ActPath.slug(form.name))" }

  /// A key or a value in words: `obtainedBy` as `Obtained by`, `with.account` is not one.
  static func label(_ key: String) -> String {
    if let label = labels[key] { return label }
    var text = ""
    var isAfterCapital = true
    for character in key {
      if character.isUppercase && !isAfterCapital { text += " " }
      text += isAfterCapital && character.isUppercase ? String(character) : character.lowercased()
      isAfterCapital = character.isUppercase
    }
    return text.capitalizedFirst
  }

  /// Where a key says what stands beside the field already.
  private static let labels = ["volumeML": "Volume"]
}

extension PageRequest {
  /// The version by which a participant is treated, else the newest that the program has.
  fileprivate func plan(_ participant: String?) async throws -> Study? {
    guard let id = participant.flatMap({ try? ParticipantID($0) }) else { return site.newest }
    let state = try await live.state()
    return state.participants[id] == nil ? site.newest : try await edition(of: id, in: state).study
  }
}

extension Given {
  /// What a page's form sent for a command. A list comes as lines or as boxes; a file as pasted text, or as base64 that a script
  /// read.
  init(posted fields: Fields, to form: CommandForm) {
    var texts: [String: [String]] = [:]
    var files: [String: [File]] = [:]
    for field in form.fields {
      let values = fields.all(field.key).filter { $0.contains { !$0.isWhitespace } }
      if let encoded = fields["\(field.key).base64"], let bytes = Base64.decode(encoded) {
        files[field.key] = [File(name: fields.text("\(field.key).name") ?? field.key, bytes: bytes)]
      } else if field.key == BallotForm.key, let ballot = BallotForm.ballot(posted: fields) {
        texts[field.key] = [ballot]
      } else if DoseForm.takes(field), let doses = DoseForm.doses(posted: fields) {
        texts[field.key] = doses
      } else if !values.isEmpty {
        texts[field.key] =
          field.kind.isList && !field.isFile
          ? values.flatMap { $0.split(whereSeparator: \.isNewline).map(String.init) } : values
      }
    }
    self.init(texts: texts, files: files)
  }
}
