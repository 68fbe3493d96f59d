import ClinicalValues
import Conduct
import Markup
import StudyDesign
import Trial

/// What there is on paper of a participant, or could be printed: consents, what was signed, sheets of serious events, labels, the casebook.
enum DocumentsPage {
  static let routes: [Route] = [.get("/participants/{participant}/documents", .clinicalReader, show)]

  private static let show: Route.Handler = { request in
    let words = request.words
    let participant = try await request.participant()
    let state = try await request.live.state()
    let study = try await request.edition(of: participant.id, in: state).study
    let documents = ParticipantDocuments(
      participant: participant, state: state, study: study, here: state.moment(request.site.clock(), of: participant),
      words: words)
    return .page(
      Page(of: participant.id, .documents, words, isLive: true) {
        documents.consents
        documents.signed
        documents.seriousEvents
        documents.labels
        Part.section(words["To be printed, and to be taken out"]) {
          Markup.tag("ul") {
            for (path, title) in documents.sheets(for: request.session?.acting?.role) {
              Markup.tag("li") { Part.link(path, title) }
            }
          }
        }
      })
  }
}

/// The documents of one participant, each a section.
struct ParticipantDocuments {
  let participant: ParticipantState
  let state: TrialState
  /// The participant's protocol version.
  let study: Study
  /// Now, where the participant is looked after.
  let here: Moment
  let words: Words

  private var id: ParticipantID { participant.id }

  /// Versions of the consent form: those that were signed, and those in force that are still to be.
  var consents: Markup {
    let due =
      participant.way.site.flatMap { state.sites[$0] }?
      .reconsentDue(participant, before: nil, at: here) ?? []
    return Part.section(words["Consents"]) {
      Part.table(
        words["Versions of the consent form that were signed"],
        [words["Version"], words["Site"], words["Signed"]],
        participant.way.consents.reversed().map { consent in
          [.text(consent.version), .text(consent.site.description), words.placedTime(consent.signed)]
        }, empty: words["No consent was signed."])
      if !due.isEmpty {
        Notice.markup(
          .warning,
          .text(words("Still to be signed: version {versions}", ["versions": due.joined(separator: ", ")])))
      }
    }
  }

  /// What of the casebook was signed, and whether the signature holds.
  var signed: Markup {
    let signatures = participant.casebook.signatures.sorted { $0.value.at > $1.value.at }
    return Part.section(words["Signed forms"]) {
      Part.table(
        words["Signatures under the casebook and its forms, the newest first"],
        [words["What"], words["Signature"], words["State"]],
        signatures.map { scope, signature in
          [
            document(scope),
            signature.signature.map { words.signed($0) } ?? words.placedTime(signature.at),
            signature.brokenBy == nil
              ? Part.badge(words["signed"], .done) : Part.badge(words["signature broken"], .stop),
          ]
        }, empty: words["Nothing was signed."])
    }
  }

  private func document(_ scope: CasebookScope) -> Markup {
    switch scope {
    case .form(let key): sheet(key)
    case .visit(let visit, let number):
      Part.link(
        "/participants/\(id)/visits/\(Fields.encoded(visit))/\(number)", "\(words["Visit"]) \(visit)/\(number)")
    case .casebook: Part.link("/participants/\(id)/casebook/print", words["The whole casebook"])
    }
  }

  /// A form as a sheet to print.
  private func sheet(_ key: FormKey) -> Markup {
    Part.link(FormLink.path(key, id) + "/print", words.form(key))
  }

  /// The sheets of each serious event: the event, the versions of its report, the safety officer's judgments.
  var seriousEvents: Markup {
    let events = participant.adverseEvents(by: study.conduct.safety).filter { $0.isSerious == true }
    return Part.section(words["Serious adverse events"]) {
      Part.table(
        words["The sheets of each serious event"],
        [words["Event"], words["Versions of its report"], words["Judgments of the safety officer"]],
        events.map { event in
          [
            Part.link(FormLink.path(event.form, id) + "/print", "\(event.number) · \(words.study(event.title))"),
            sheets(event.reports.map(\.form)), sheets(event.assessments.map(\.form)),
          ]
        }, empty: words["There is none."])
    }
  }

  private func sheets(_ keys: [FormKey]) -> Markup {
    guard !keys.isEmpty else { return .text("–") }
    return .tag("ul", ["class": "formlist"]) { for key in keys { Markup.tag("li") { sheet(key) } } }
  }

  /// The labels of each number that was issued, as they were counted.
  var labels: Markup {
    Part.section(words["Labels"]) {
      Part.table(
        words["Labels of collections, lots and bags"],
        [words["Number"], words["Printed"], words["Used"], words["Destroyed"], words["At hand"]],
        participant.product.labelReconciliation.map { line in
          [
            Part.link(LabelPage.path(line.material), line.material.description), .text(String(line.labels.printed)),
            .text(String(line.labels.used)), .text(String(line.labels.destroyed)), .text(String(line.labels.atHand)),
          ]
        }, empty: words["No number was issued yet."])
    }
  }

  /// What can be printed or taken out by a role.
  func sheets(for role: Role?) -> [(path: String, title: String)] {
    let base = "/participants/\(id)"
    let all = [
      (base + "/casebook/print", words["The whole casebook, with every change marked"]),
      (base + "/infusion/sheet", words["Sheet for when the system is down"]),
      ("/screening/\(id)", words["The decisions on eligibility, with what they rest on"]),
    ]
    return role?.extent(of: .export) == nil ? all : all + [("/exports", words["Exports"])]
  }
}
