import Conduct
import Markup
import StudyDesign
import Trial

/// Forms of no visit: those filled once, and logs with their rows and the next free one.
struct LogForms {
  let participant: ParticipantState
  let study: Study?
  let words: Words

  var markup: Markup {
    let forms = (study?.forms ?? []).filter { $0.occurs == .once || $0.occurs == .log }
    return Part.section(words["Logs and forms of no visit"]) {
      Markup.tag("ul", ["class": "formlist"]) {
        for form in forms { item(form) }
      }
    }
  }

  @MarkupBuilder private func item(_ form: FormPlan) -> Markup {
    switch form.occurs {
    case .once:
      if let key = try? FormKey(visit: FormKey.once, form: form.id) {
        FormLink.item(key, title: form.title, participant, words)
      }
    case .log:
      for key in participant.casebook.keys() where key.form == form.id {
        FormLink.item(key, title: form.title, participant, words)
      }
      if let next = try? FormKey(
        visit: FormKey.log, form: form.id, row: participant.casebook.nextRow(of: form.id))
      {
        Markup.tag("li") {
          Part.link(
            FormLink.path(next, participant.id), words("Add: {form}", ["form": words.study(form.title)]))
        }
      }
    case .visit, .repeated: Markup.fragment([])
    }
  }
}

/// What a role can record of a participant, as links into the acts; what can only be entered late says why.
enum ActMenu {
  static func markup(_ request: PageRequest, _ participant: ParticipantID) -> Markup {
    let words = request.words
    let given = ["participant": participant.description]
    let role = request.session?.acting?.role
    // What saves a casebook's form is done on the form's own page.
    let forms = CommandForm.all.filter { form in
      form.fields.contains { $0.key == "participant" } && role?.extent(of: form.type.permission) != nil
        && !(form.type is any SavesEntries.Type)
    }.map { form in (form: form, refusal: request.offering?.refusal(of: form.type, given: given)) }
      .filter { each in each.refusal.map { Offering.mayHaveBeen(each.form.type, despite: $0) } ?? true }
    let groups = Dictionary(grouping: forms) { String($0.form.name.prefix { $0 != " " }) }
    return .tag("div", ["class": "stack"]) {
      for group in groups.keys.sorted() {
        Part.disclosure(.text(words[group.capitalizedFirst])) {
          Markup.tag("ul") {
            for each in groups[group] ?? [] {
              Markup.tag("li") {
                Part.link(
                  ActPath.of(
                    each.form.type, ["participant": participant.description, "back": "/participants/\(participant)"]),
                  ActForm.title(each.form, words))
                if let refusal = each.refusal {
                  Markup.tag("div", ["class": "quiet"]) { words.sentence(refusal.because) }
                }
              }
            }
          }
        }
      }
    }
  }
}
