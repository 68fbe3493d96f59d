import Conduct
import Markup
import StudyDesign
import Trial

/// The forms in which what a candidate's criteria still lack is entered.
struct ScreeningForms: Sendable {
  private let participant: ParticipantState
  private let keys: [(key: FormKey, title: String)]
  private let forms: [FormPlan]

  /// - Parameter calendar: the participant's calendar; nil where no visit is planned yet, and nothing can be entered.
  init(_ participant: ParticipantState, _ calendar: ParticipantCalendar?, _ study: Study) {
    self.participant = participant
    keys = calendar?.visits.last { $0.visit == "SCR" }.map { VisitForms.keys(of: $0) } ?? []
    forms = study.forms
  }

  /// A link to the form that asks for one of some concepts, for whoever enters data; nothing where no form of screening does.
  @MarkupBuilder func link(_ wanted: [String], _ request: PageRequest) -> Markup {
    let concepts = Set(wanted)
    let asking = Set(forms.filter { $0.items.contains { $0.concept.map(concepts.contains) ?? false } }.map(\.id))
    if request.session?.acting?.role.extent(of: .recordData) != nil,
      let form = keys.first(where: { asking.contains($0.key.form) })
    {
      Part.link(
        FormLink.path(form.key, participant.id),
        request.words("Enter it: {form}", ["form": request.words.study(form.title)]), class: "act")
    }
  }
}
