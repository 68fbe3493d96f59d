import ClinicalValues
import Conduct
import Ledger
import Markup
import StudyDesign
import Trial

/// Sheets to be printed: a blank form, a form as it stands, a whole casebook with every change marked.
enum PrintPages {
  static let routes: [Route] = [
    .get("/study/forms/{form}/print", .clinicalReader, blank),
    .get(FormPage.path + "/print", .clinicalReader, filled),
    .get("/participants/{participant}/casebook/print", .clinicalReader, limit: .search, casebook),
  ]

  private static let blank: Route.Handler = { request in
    let words = request.words
    let study = try await request.edition().study
    guard let form = study.forms.first(where: { $0.id == request.parameters["form"] }) else { throw NotFound() }
    let frame = try await PrintFrame(request, state: try await request.live.state())
    return .document(
      frame.document("\(words.study(form.title)) · \(words("protocol version {version}", ["version": study.version]))")
      {
        Markup.tag("p") {
          words["Participant, visit, date: __________________________________________________________"]
        }
        PrintedForm(plan: form, words: words).blank
      })
  }

  private static let filled: Route.Handler = { request in
    let words = request.words
    let place = try await FormPage.place(request)
    let view = try await request.live.form(place.key, of: place.participant.id)
    let frame = try await PrintFrame(request, state: try await request.live.state())
    let study = try await request.edition(of: place.participant.id, in: try await request.live.state()).study
    return .document(
      frame.document(words("Participant {participant}", ["participant": place.participant.id.printed])) {
        PrintedForm(plan: view.plan, words: words).filled(
          view.record, place.key, in: place.participant.casebook, heading: heading(view.plan, place.key, study, words))
        legend(words)
      })
  }

  private static let casebook: Route.Handler = { request in
    let words = request.words
    let participant = try await request.participant()
    let state = try await request.live.state()
    let study = try await request.edition(of: participant.id, in: state).study
    let frame = try await PrintFrame(request, state: state)
    let order = Dictionary(
      study.schedule.visits.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
    let forms = participant.casebook.forms.sorted { a, b in
      (order[a.key.visit] ?? Int.max, a.key) < (order[b.key.visit] ?? Int.max, b.key)
    }
    return .document(
      frame.document(words("Casebook of participant {participant}", ["participant": participant.id.printed])) {
        Markup.tag("p") { words("{count} forms", ["count": String(forms.count)]) }
        legend(words)
        for (key, record) in forms {
          if let plan = study.forms.first(where: { $0.id == key.form }) {
            PrintedForm(plan: plan, words: words).filled(
              record, key, in: participant.casebook, heading: heading(plan, key, study, words))
          }
        }
        PrintedSignature.ofMany(participant.casebook, words)
      })
  }

  /// The visit, its number and the form with its row.
  private static func heading(_ plan: FormPlan, _ key: FormKey, _ study: Study, _ words: Words) -> String {
    let visit = study.schedule.visit(key.visit).map {
      words.study($0.title) + (key.number > 1 ? " (\(key.number))" : "")
    }
    return [visit, words.study(plan.title) + (key.row > 1 ? " \(key.row)" : "")].compactMap(\.self).joined(
      separator: " · ")
  }

  private static func legend(_ words: Words) -> Markup {
    .tag("p", ["class": "small"]) {
      words[
        "A bar at the left marks an answer that was changed; what stood there before is struck through, with who changed it, when and why."
      ]
    }
  }
}
