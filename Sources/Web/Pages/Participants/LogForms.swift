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
        FormLink.item(
          key, title: form.title, about: FormTitle.subject(form, participant.casebook.forms[key], words), participant,
          words)
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
