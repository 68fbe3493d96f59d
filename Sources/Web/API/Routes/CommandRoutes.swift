import ClinicalValues
import Conduct
import HTTPTypes
import Ledger
import Trial

/// Every command of the trial: its fields as members of JSON, from the same form that pages and the command line ask by.
enum CommandRoutes {
  static let all: [Route] =
    [
      .read(
        "/api/commands", .member, "commands", in: "commands", "What the reader's role can record.",
        as: Readings.commands
      ) { request in
        let role = try request.acting().role
        return CommandForm.all.filter { role.extent(of: $0.type.permission) != nil }
      },
      .send(
        "/api/signatures", .member, "sign", in: "commands",
        "Sign an act that waits, by everybody who does it; what was shown is carried out, or nothing.",
        body: .json(signatures), isOnce: true, limit: .signIn, .created, as: Readings.recorded, sign),
    ] + CommandForm.all.map(route)

  /// Where a command is sent.
  static func path(_ form: CommandForm) -> String { "/api/commands/\(ActPath.slug(form.name))" }

  private static func route(_ form: CommandForm) -> Route {
    Route(
      .post, path(form), .actingFor(form.type.permission), bodyLimit: 16 * 1024 * 1024,
      operation: Operation(
        id: "do-\(ActPath.slug(form.name))", group: "commands", summary: form.type.abstract,
        body: .json(CommandBody(form).schema), isOnce: true,
        answers: [
          .init(status: .created, about: "It is recorded.", schema: Readings.recorded.schema),
          .init(
            status: .accepted, about: "Nothing is recorded: it waits to be signed.", schema: Readings.waiting.schema),
        ])
    ) { request in
      let body = CommandBody(form)
      do {
        let step = try await SentOnce(request, form.name).step {
          try await ActCourse(request).propose(
            form, try body.given(request.json), with: body.together(request.json),
            circumstances: body.circumstances(request.json))
        }
        let telling = try await telling(request)
        switch step {
        case .done(let done):
          return .json(Readings.recorded.text(RecordedReading(done: done, telling: telling)), status: .created)
        case .toSign(let waiting):
          return .json(Readings.waiting.text(WaitingReading(act: waiting, telling: telling)), status: .accepted)
        }
      } catch let faults as FieldFaults {
        throw body.unfit(faults)
      }
    }
  }

  private static func telling(_ request: PageRequest) async throws -> EventTelling {
    EventTelling(Vocabulary(request.site.newest, byClocksOf: try await request.live.state()))
  }

  private static let signatures = Schema.object(
    name: "Signatures", about: "Who signs an act that waits, each with their own means.",
    [
      .init(name: "pending", schema: .text(), about: "What the act was answered with."),
      .init(
        name: "people",
        schema: .list(
          .object(
            name: "SignerKey", about: "What one of them brings.",
            [
              .init(name: "account", schema: .text()), .init(name: "password", schema: .text()),
              .init(
                name: "code", schema: .text(), about: "The code of the second factor, where one is set.",
                isRequired: false),
            ]))),
    ])

  private static let sign: @Sendable (PageRequest) async throws -> RecordedReading = { request in
    let course = ActCourse(request)
    let name = request.json["pending"]?.string ?? ""
    let people = request.json["people"]?.array ?? []
    let step = try await SentOnce(request, "sign").step {
      .done(
        try await course.sign(name) { _, person in
          let own = people.first { $0["account"]?.string == person.account.description }
          return ActTogether.Key(password: own?["password"]?.string ?? "", code: own?["code"]?.string)
        })
    }
    guard case .done(let done) = step else { throw NotFound() }
    return RecordedReading(done: done, telling: try await telling(request))
  }
}
