import ClinicalValues
import Conduct
import HTTPTypes
import Ledger
import Markup
import Trial

/// Who a participant is: name, birth date, how to reach them. For those who may see it at the participant's site; that it was read is
/// recorded before it is shown. What was never kept can be kept here.
enum IdentityPage {
  static let routes: [Route] = [
    .get("/participants/{participant}/identity", .permitted(.seeIdentity)) { request in
      .page(try await page(request))
    },
    .post(
      "/participants/{participant}/identity", .permitted(.seeIdentity), again: { .page(try await page($0)) }, keep),
  ]

  /// Where it is.
  static func path(_ participant: ParticipantID) -> String { "/participants/\(participant)/identity" }

  /// Whether somebody may see who a participant is, as far as role and site say it.
  static func isOffered(_ participant: ParticipantState, to acting: Acting?) -> Bool {
    guard let acting, acting.role.extent(of: .seeIdentity) != nil else { return false }
    return acting.site != nil && acting.site == participant.way.site
  }

  private static func page(
    _ request: PageRequest, faults: FieldFaults? = nil, refusal: Refusal? = nil
  ) async throws -> Page {
    let words = request.words
    let participant = try await request.participant()
    let person = try await request.live.person(participant.id, for: try request.acting(), origin: .web)
    let isErased = try await request.live.state().people.erased.contains(participant.id)
    let title = words(
      "{participant}: {page}", ["participant": participant.id.description, "page": words["Name and contact"]])
    return Page(
      title, at: .participants, status: faults == nil && refusal == nil ? .ok : .unprocessableContent,
      trail: [
        (words["Participants"], "/participants"), (participant.id.description, "/participants/\(participant.id)"),
      ]
    ) {
      if let refusal { Notice.markup(.stop, words.sentence(refusal.because), words.sentence(refusal.remedy)) }
      if let person {
        IdentityFacts(person: person, words: words).markup
        Markup.tag("p", ["class": "quiet"]) {
          words["That you read this is recorded. It is kept apart from the study, encrypted, and stands in no event."]
          " "
          Part.link(
            "/audit?kind=account&participant=\(Fields.encoded(participant.id.description))", words["Who has read it"])
        }
      } else if isErased {
        Notice.markup(.note, .text(words["Who this is was erased for ever."]))
      } else {
        form(request, participant.id, faults)
      }
    }
  }

  /// The form by which it is kept where nothing is yet.
  private static func form(_ request: PageRequest, _ participant: ParticipantID, _ faults: FieldFaults?) -> Markup {
    let words = request.words
    let parts = FormParts(request)
    func input(_ name: String, _ label: String, type: String = "text", isOptional: Bool = true) -> Markup {
      parts.input(
        .init(
          name: name, label: label, value: request.form[name] ?? "", type: type,
          fault: faults?.all.first { $0.member == name }.map { words[$0.words] }, isOptional: isOptional))
    }
    return Part.section(words["Nothing is kept of who this is"]) {
      parts.form(path(participant)) {
        input("name", words["Name"], isOptional: false)
        input("birthDate", words["Birth date"], type: "date", isOptional: false)
        input("sexAtBirth", words["Sex at birth"])
        input("contact", words["Contact"])
        input("document", words["Identity document"])
        parts.button(words["Keep it"])
      }
    }
  }

  private static let keep: Route.Handler = { request in
    let participant = try await request.participant()
    do {
      let person = try Given(texts: request.form.texts).person()
      try await request.live.keepIdentity(of: participant.id, person, by: try request.acting())
    } catch let faults as FieldFaults {
      return .page(try await page(request, faults: faults))
    } catch let refusal as Refusal {
      return .page(try await page(request, refusal: refusal))
    }
    return .seeOther(path(participant.id))
  }
}

/// Who somebody is, as it was written.
struct IdentityFacts {
  let person: Person
  let words: Words

  var markup: Markup {
    Part.section(words["Who this is"]) {
      Part.facts([
        (words["Name"], Part.written(person.name)), (words["Birth date"], .text(words.date(person.birthDate))),
        (words["Sex at birth"], said(person.sexAtBirth)), (words["Contact"], said(person.contact)),
        (words["Identity document"], said(person.document)),
      ])
    }
  }

  private func said(_ text: String?) -> Markup { text.map { Part.written($0) } ?? .text(words["not said"]) }
}
