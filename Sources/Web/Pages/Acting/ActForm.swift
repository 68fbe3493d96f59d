import Conduct
import HTTPTypes
import Ledger
import Markup
import StudyDesign
import Trial

/// The page on which a command is entered: its fields, each with what belongs in it; what is wrong stands at the field.
struct ActForm {
  private let request: PageRequest
  private let form: CommandForm
  private let given: Given
  private let parts: FormParts
  private let board: [BallotForm.Member]
  private var words: Words { request.words }

  init(_ request: PageRequest, _ form: CommandForm, given: Given) async throws {
    self.request = request
    self.form = form
    self.given = given
    parts = FormParts(request)
    let isVote = form.fields.contains { $0.key == BallotForm.key }
    board = isVote ? BallotForm.members(in: try await request.live.state()) : []
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
    return Page(
      ActForm.heading(form, words), at: .act, status: isFaulty ? .unprocessableContent : .ok,
      trail: back == "/" ? [] : [(words["Back"], back)]
    ) {
      if form.type.passesGate {
        Notice.markup(.note, .text(words["This passes a gate: every line must be true, and it is done now."]))
      }
      if let refusal {
        Notice.markup(.stop, words.sentence(refusal.because), words.sentence(refusal.remedy))
        if !refusal.lines.isEmpty { GateTable.markup(refusal.lines, words) }
      }
      if faults != nil { Notice.markup(.stop, .text(words["Some fields are missing or cannot be understood."])) }
      Markup.tag("section") {
        parts.form("/act/\(ActPath.slug(form.name))", attributes: [Attribute("data-draft", nil)]) {
          parts.hidden(ActOnce.field, ActOnce.token(request))
          parts.hidden("back", back)
          for field in form.fields { control(field, faults) }
          circumstances(faults)
          together
          parts.button(words["Go on"])
        }
      }
    }
  }

  private func circumstances(_ faults: FieldFaults?) -> Markup {
    let isNeeded = Circumstances.fields.contains { field in
      given[field.key] != nil || faults?.all.contains { $0.member == field.key } ?? false
    }
    return Part.disclosure(.text(words["When, why, and entered late"]), isOpen: isNeeded) {
      Markup.tag("div", ["class": "stack"]) { for field in Circumstances.fields { control(field, faults) } }
    }
  }

  private var together: Markup {
    Part.disclosure(.text(words["Somebody acts with me"]), isOpen: request.form.text(ActTogether.account) != nil) {
      Markup.tag("div", ["class": "stack"]) {
        parts.input(
          .init(
            name: ActTogether.account, label: words["Account of the second person"],
            value: request.form[ActTogether.account] ?? "",
            help: .text(words["The second person gives their own password on the next page."]), isOptional: true))
        parts.select(
          .init(
            name: ActTogether.role, label: words["Role of the second person"],
            value: request.form[ActTogether.role] ?? "", isOptional: true),
          Role.allCases.map { ($0.rawValue, words.title($0)) })
      }
    }
  }

  private func control(_ field: CommandForm.Field, _ faults: FieldFaults?) -> Markup {
    let isCircumstance = Circumstances.fields.contains { $0.key == field.key }
    let texts = isCircumstance ? request.form.all(field.key) : given.texts[field.key] ?? []
    var shown = FormParts.Field(
      name: field.key, label: words[ActForm.label(field.key)],
      value: field.isSecret ? "" : texts.joined(separator: "\n"), help: help(field),
      fault: faults?.all.first { $0.member == field.key }.map { words[$0.words] }, isOptional: field.isOptional)
    if field.key == BallotForm.key {
      return BallotForm(members: board, parts: parts)
        .markup(given: texts.first, help: help(field), fault: shown.fault)
    }
    if form.type == RecordVisit.self, field.key == "visit" {
      let visits = self.visits
      if !visits.contains(where: { $0.value == shown.value }) { shown.value = "" }
      return parts.select(shown, visits)
    }
    if field.isFile {
      shown.attributes = [Attribute("data-file", nil)]
      return parts.area(shown, rows: 5)
    }
    switch field.kind.content {
    case .yesOrNo:
      return parts.radios(
        shown, [("true", words["yes"]), ("false", words["no"])] + (field.isOptional ? [("", words["not said"])] : []))
    case .choice(let values) where !field.kind.isList:
      return parts.select(shown, values.map { ($0, words[ActForm.label($0)]) })
    case .wholeNumber:
      shown.attributes = [Attribute("inputmode", "numeric")]
    case .decimal:
      shown.attributes = [Attribute("inputmode", "decimal")]
    case .date: shown.type = "date"
    case .choice(let values):
      shown.help = .text(values.joined(separator: ", "))
    case .text, .moment: break
    }
    return field.kind.isList ? parts.area(shown, rows: 2) : parts.input(shown)
  }

  /// The visits of the schedule, and one that is in none.
  private var visits: [(value: String, text: String)] {
    let planned = request.site.newest?.schedule.visits ?? []
    return planned.map { ($0.id, "\($0.id) · \(words.study($0.title))") }
      + (planned.contains { $0.id == "unscheduled" } ? [] : [("unscheduled", words["unscheduled visit"])])
  }

  /// What belongs in a field; in English a sentence of its own.
  private func help(_ field: CommandForm.Field) -> Markup {
    words.language == .english ? .text(field.help.sentence) : words.sentence(field.help)
  }

  /// A key or a value in words: `obtainedBy` as `Obtained by`, `with.account` is not one.
  static func label(_ key: String) -> String {
    var text = ""
    var isAfterCapital = true
    for character in key {
      if character.isUppercase && !isAfterCapital { text += " " }
      text += isAfterCapital && character.isUppercase ? String(character) : character.lowercased()
      isAfterCapital = character.isUppercase
    }
    return text.capitalizedFirst
  }
}

extension String {
  /// With a capital at its beginning and a full stop at its end.
  fileprivate var sentence: String {
    let text = capitalizedFirst
    return text.last.map { ".!?)".contains($0) } ?? true ? text : text + "."
  }
}

extension Given {
  /// What a page's form sent for a command. A list comes as lines; a file as pasted text, or as base64 that a script read.
  init(posted fields: Fields, to form: CommandForm) {
    var texts: [String: [String]] = [:]
    var files: [String: [File]] = [:]
    for field in form.fields {
      let values = fields.all(field.key).filter { $0.contains { !$0.isWhitespace } }
      if let encoded = fields["\(field.key).base64"], let bytes = Base64.decode(encoded) {
        files[field.key] = [File(name: fields.text("\(field.key).name") ?? field.key, bytes: bytes)]
      } else if field.key == BallotForm.key, let ballot = BallotForm.ballot(posted: fields) {
        texts[field.key] = [ballot]
      } else if !values.isEmpty {
        texts[field.key] =
          field.kind.isList && !field.isFile
          ? values.flatMap { $0.split(whereSeparator: \.isNewline).map(String.init) } : values
      }
    }
    self.init(texts: texts, files: files)
  }
}
