import ClinicalValues
import Conduct
import HTTPTypes
import Ledger
import Markup
import Trial

/// Who a participant is: name, birth date, how to reach them. For those who may see it at the participant's site; that it was read is
/// recorded before it is shown. What was never kept can be kept here, what is kept wrongly is corrected from here, and what was
/// kept before stands below.
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
    let corrections: [IdentityCorrection] =
      if person == nil { [] } else {
        try await request.live.identityCorrections(of: participant.id, for: try request.acting(), origin: .web)
      }
    let state = try await request.live.state()
    let isErased = state.people.erased.contains(participant.id)
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
        let history = IdentityHistory(
          corrections: corrections, zone: state.zone(of: participant),
          telling: EventTelling(Vocabulary(request.site.newest, byClocksOf: state)), words: words)
        history.notKept
        IdentityFacts(person: person, words: words).markup
        Markup.tag("div", ["class": "actions"]) {
          let about = [("participant", participant.id.description)]
          ActLinks(request).link(CorrectIdentity.self, words["Correct it"], about)
          ActLinks(request).link(ChangeContact.self, words["Change the contact"], about)
        }
        Markup.tag("p", ["class": "quiet"]) {
          words["That you read this is recorded. It is kept apart from the study, encrypted, and stands in no event."]
          " "
          Part.link(
            "/audit?kind=account&participant=\(Fields.encoded(participant.id.description))", words["Who has read it"])
        }
        history.markup
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
        input("despiteMatch", words["How you know that it is another person than one who looks the same"])
        parts.button(words["Keep it"])
      }
    }
  }

  private static let keep: Route.Handler = { request in
    let participant = try await request.participant()
    do {
      let given = Given(texts: request.form.texts)
      try await request.live.keepIdentity(
        of: participant.id, try given.person(), despiteMatch: given["despiteMatch"], by: try request.acting(),
        origin: .web)
    } catch let faults as FieldFaults {
      return .page(try await page(request, faults: faults))
    } catch let refusal as Refusal {
      request.note(refusal)
      return .page(try await page(request, refusal: refusal))
    }
    return .seeOther(path(participant.id))
  }
}

/// Who somebody is, as it was written.
struct IdentityFacts {
  let person: Person
  let words: Words

  var markup: Markup { Part.section(words["Who this is"]) { facts(IdentityItem.allCases) } }

  /// Some of it.
  func facts(_ items: [IdentityItem]) -> Markup { Part.facts(items.map { (words.title($0), said($0)) }) }

  private func said(_ item: IdentityItem) -> Markup {
    if item == .birthDate { return .text(words.date(person.birthDate)) }
    return person[item].map { Part.written($0) } ?? .text(words["not said"])
  }
}

extension IdentityItem: Titled {
  var title: String {
    switch self {
    case .name: "Name"
    case .birthDate: "Birth date"
    case .sexAtBirth: "Sex at birth"
    case .contact: "Contact"
    case .document: "Identity document"
    }
  }
}

/// What was corrected of who somebody is: when, by whom, why, and how it was kept before; the newest first.
struct IdentityHistory {
  let corrections: [IdentityCorrection]
  /// The zone in which times are told: that of the participant's site.
  let zone: String
  let telling: EventTelling
  let words: Words

  @MarkupBuilder var markup: Markup {
    if !corrections.isEmpty {
      Part.section(words["Earlier entries"]) {
        Markup.tag("ol", ["class": "ladder"]) { for correction in corrections.reversed() { item(correction) } }
      }
    }
  }

  /// That a correction is still to be entered again: the program stopped between the record and the identity store.
  @MarkupBuilder var notKept: Markup {
    let items = corrections.notKept.sorted()
    if !items.isEmpty {
      Notice.markup(
        .warning,
        .text(
          words(
            "A correction was recorded and not kept: {items}.",
            ["items": items.map { words.title($0) }.joined(separator: ", ")])),
        .text(words["Enter it again; what stands below is what was kept before."]))
    }
  }

  private func item(_ correction: IdentityCorrection) -> Markup {
    let recorded = correction.recorded
    return .tag("li", ["class": "past"]) {
      words.sentence(telling.sentence(recorded.event), written: recorded.event.writing)
      Markup.tag("div", ["class": "quiet"]) {
        words.timeElement(ZoneClock.moment(recorded.happened.instant, zone: zone))
        " · \(recorded.actor.account)"
        if let reason = recorded.reason {
          " · "
          Part.written(reason)
        }
      }
      for signature in recorded.signatures {
        Markup.tag("div", ["class": "quiet"]) { words.signed(signature) }
      }
      if let former = correction.former {
        Markup.tag("p", ["class": "quiet"]) { words["It was kept as:"] }
        IdentityFacts(person: former, words: words).facts(correction.items)
      } else {
        Markup.tag("p", ["class": "quiet"]) { words["This was recorded and not kept."] }
      }
    }
  }
}
