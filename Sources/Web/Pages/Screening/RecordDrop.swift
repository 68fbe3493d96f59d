import Conduct
import Markup
import Trial

/// A place onto which a record is dropped: it is sent as it is, as the body of a request. Without scripts it is not shown, and
/// the record is chosen or pasted on the page of the act.
struct RecordDrop {
  /// Whose record it is.
  enum Candidate {
    /// The one whom the page is about.
    case known(ParticipantID)
    /// One of these, who is chosen before the file is taken, also where there is but one: somebody may have another in mind.
    case chosen(among: [ParticipantID])

    /// The field that says it.
    func field(_ parts: FormParts) -> Markup {
      switch self {
      case .known(let id): parts.hidden("participant", id.description)
      case .chosen(let candidates):
        parts.select(
          .init(name: "participant", label: parts.words["Participant"], scope: "drop"),
          candidates.map { ($0.description, $0.description) })
      }
    }
  }

  let candidate: Candidate
  let request: PageRequest

  static let route = Route.post(
    "/screening/record", .actingFor(ImportData.permission), bodyLimit: 16 * 1024 * 1024, receive)

  @MarkupBuilder var markup: Markup {
    let words = request.words
    let parts = FormParts(request)
    if request.session?.acting?.role.extent(of: ImportData.permission) != nil {
      parts.form(
        "/screening/record", class: "drop filter",
        attributes: [
          Attribute("data-drop", nil), Attribute("hidden", nil), Attribute("data-sending", words["Sending…"]),
          Attribute("data-failed", words["It was not taken."]),
        ]
      ) {
        parts.hidden(ActOnce.field, ActOnce.token(request))
        parts.hidden("back", request.path)
        candidate.field(parts)
        parts.select(
          .init(name: "source", label: words["Source"], value: "hospitalRecord", scope: "drop"), sources)
        Markup.tag("label") {
          words["Drop a FHIR file here, or choose one"]
          Markup.tag("input", ["type": "file", "accept": ".json,.ndjson,application/json"]) {}
        }
        Markup.tag("p", ["role": "status"]) {}
      }
    }
  }

  /// Where a record can come from, as the act has it.
  private var sources: [(value: String, text: String)] {
    let field = ActPath.form(ActPath.slug(ImportData.name))?.fields.first { $0.key == "source" }
    guard case .choice(let values) = field?.kind.content else { return [] }
    return values.map { ($0, request.words[ActForm.label($0)]) }
  }

  /// Takes a record: the act of importing, with the file as the body, its name in a header and the rest in the query.
  private static let receive: Route.Handler = { request in
    guard let form = ActPath.form(ActPath.slug(ImportData.name)), let token = request.query.text(ActOnce.field) else {
      throw ForeignForm()
    }
    let texts = ["participant", "source"].reduce(into: [String: [String]]()) { texts, key in
      texts[key] = request.query.text(key).map { [$0] }
    }
    let file = Given.File(name: request.fileName ?? "record", bytes: request.body)
    let given = Given(texts: texts, files: ["file": [file]])
    return try await ActOnce(request, form, token: token).reply {
      try await ActPages.propose(request, form, given)
    }
  }
}
