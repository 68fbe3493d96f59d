import Conduct
import Ledger
import StudyDesign
import Trial

/// Forms of casebooks, and queries.
enum CasebookRoutes {
  private static let path = APIRoutes.root + FormPage.path

  static let all: [Route] = [
    .read(
      "/api/participants/{participant}/forms", .clinicalReader, "forms", in: "casebook",
      "The forms of a participant's casebook that were begun.", as: Readings.forms
    ) { request in
      let participant = try await request.participant()
      let state = try await request.live.state()
      let book = try await request.edition(of: participant.id, in: state).book
      return participant.casebook.keys().map { key in
        FormLine(
          key: key, title: book.forms[key.form]?.title ?? key.form,
          standing: participant.casebook.standing(of: key))
      }
    },
    .read(path, .clinicalReader, "form", in: "casebook", "A form, with what its rules say.", as: Readings.form) {
      try await view($0)
    },
    .read(
      path + "/history", .clinicalReader, "formHistory", in: "casebook", "What was ever entered in a form.",
      as: Readings.history
    ) { try await view($0) },
    .send(
      path + "/items", .permitted(.recordData), "saveItems", in: "casebook",
      "Save answers; those that stand there already are corrected with a reason.", body: .json(items),
      as: Readings.form, save),
    .read(
      "/api/queries", .clinicalReader, "queries", in: "casebook", "Queries, those that wait first.",
      query: [
        .init(
          name: "status", schema: .choice(["pending", "all"] + QueryStatus.allCases.map(\.rawValue)),
          about: "How they stand; pending if left out."),
        .init(name: "site", schema: .text(), about: "Only this site."), .participant, .page,
      ], limit: .search, as: Readings.queries
    ) { request in
      Readings.Rows(try await request.queries(QueryFilter(request.query)), request.query)
    },
  ]

  private static func view(_ request: PageRequest) async throws -> FormView {
    let place = try await FormPage.place(request)
    return try await request.live.form(place.key, of: place.participant.id)
  }

  private static func member(_ name: String, _ schema: Schema = .text(), _ about: String) -> Schema.Member {
    Schema.Member(name: name, schema: schema, about: about, isRequired: false)
  }

  private static let items = Schema.object(
    name: "Items", about: "Answers to be saved, all of them or none.",
    [
      .init(
        name: "entries",
        schema: .list(
          .object(
            name: "NewEntry", about: "An answer: `value`, `absent` or `cleared`.",
            [
              .init(name: "item", schema: .text()), member("value", "The answer as text; decimals with a point."),
              member("unit", "The unit of a quantity."),
              member("absent", .choice(NoAnswer.allCases.map(\.rawValue)), "Why there is none."),
              member("cleared", .truth, "true: the answer is taken back."),
              member("low", "The lower limit of the laboratory's range."),
              member("high", "The upper limit of the laboratory's range."),
              member("laboratory", "The laboratory."),
              member("read", .integer(from: 0), "The item's version as it was shown; a change since is refused."),
            ]))), member("correction", "Why answers that stand there already are changed."),
    ])

  /// Saves as the command does that the pages and the command line use.
  private static let save: @Sendable (PageRequest) async throws -> FormView = { request in
    let place = try await FormPage.place(request)
    let entries = try CanonicalJSON(request.json["entries"] ?? .array([]))
    var given = Given(
      texts: ["participant": [place.participant.id.description], "form": [place.key.description]],
      files: ["entries": [.init(name: "entries", bytes: entries.bytes)]])
    given.texts["correction"] = request.json["correction"]?.string.map { [$0] }
    do {
      let asked = try await request.live.request(
        CommandForm.of(SaveForm.self), given, by: try request.acting(), origin: .web)
      _ = try await request.live.carryOut(asked, given, sign: { _ in [] })
    } catch let faults as FieldFaults {
      throw UnfitFields(faults: faults.all.map { ValueFault(place: "/\($0.member)", words: $0.words) })
    }
    return try await view(request)
  }
}

extension CasebookRoutes {
  private static func member(_ name: String, _ about: String) -> Schema.Member { member(name, .text(), about) }
}
