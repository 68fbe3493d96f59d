import HTTPTypes
import Ledger
import Trial

/// The API's document, made from the routes themselves.
///
/// Source: OpenAPI Specification 3.1.1.
struct OpenAPI: Sendable {
  let routes: [Route]
  /// Whether readers reach the site by TLS: the cookie has another name then.
  let isSecure: Bool

  /// Its media type (RFC 9512 registers the suffix; OpenAPI 3.1 leaves the type to the server).
  static let type = "application/json"

  /// The document as JSON text.
  var text: String { (try? CanonicalJSON(document).description) ?? "null" }

  var document: CanonicalJSON.Value {
    .object([
      "openapi": .string("3.1.1"),
      "info": .object([
        "title": .string("Tandem"), "version": .string("1"),
        "description": .string(
          "The running study: everything that its pages show and record. Members only grow; what is not known is null."),
      ]),
      "servers": .array([.object(["url": .string("/")])]),
      "tags": .array(groups.map { .object(["name": .string($0)]) }),
      "paths": .object(paths), "components": .object(components),
    ])
  }

  private var described: [(route: Route, operation: Operation)] {
    routes.compactMap { route in route.operation.map { (route, $0) } }
  }

  private var groups: [String] {
    var seen: Set<String> = []
    return described.map(\.operation.group).filter { seen.insert($0).inserted }
  }

  private var paths: [String: CanonicalJSON.Value] {
    Dictionary(grouping: described) { $0.route.path }.mapValues { group in
      .object(
        Dictionary(
          group.map { ($0.route.method.rawValue.lowercased(), operation($0.route, $0.operation)) },
          uniquingKeysWith: { first, _ in first }))
    }
  }

  private func operation(_ route: Route, _ operation: Operation) -> CanonicalJSON.Value {
    var object: [String: CanonicalJSON.Value] = [
      "operationId": .string(operation.id), "tags": .array([.string(operation.group)]),
      "summary": .string(operation.summary), "description": .string(route.access.words),
      "parameters": .array(parameters(route, operation)), "responses": .object(answers(route, operation)),
    ]
    switch operation.body {
    case .none: break
    case .json(let schema): object["requestBody"] = body(["application/json": schema.json])
    case .file(let types, let about):
      let file = CanonicalJSON.Value.object(["description": .string(about)])
      object["requestBody"] = body(Dictionary(types.map { ($0, file) }, uniquingKeysWith: { first, _ in first }))
    }
    if !route.access.isOpen {
      let cookie: [String: CanonicalJSON.Value] =
        route.isUnsafe ? ["cookie": .array([]), "token": .array([])] : ["cookie": .array([])]
      object["security"] = .array([.object(["bearer": .array([])]), .object(cookie)])
    }
    return .object(object)
  }

  private func body(_ types: [String: CanonicalJSON.Value]) -> CanonicalJSON.Value {
    .object(["required": .bool(true), "content": .object(types.mapValues { .object(["schema": $0]) })])
  }

  private func parameters(_ route: Route, _ operation: Operation) -> [CanonicalJSON.Value] {
    let inPath = route.parameterNames.map { name in
      CanonicalJSON.Value.object([
        "name": .string(name), "in": .string("path"), "required": .bool(true), "schema": Schema.text().json,
      ])
    }
    let inQuery = operation.parameters.map { parameter in
      CanonicalJSON.Value.object([
        "name": .string(parameter.name), "in": .string("query"), "required": .bool(false),
        "schema": parameter.schema.json, "description": .string(parameter.about),
      ])
    }
    return inPath + inQuery + (operation.isOnce ? [OpenAPI.onceKey] : [])
  }

  private static let onceKey = CanonicalJSON.Value.object([
    "name": .string(Operation.onceKey), "in": .string("header"), "required": .bool(false),
    "schema": .object([
      "type": .string("string"), "minLength": .integer(1), "maxLength": .integer(SentOnce.longest),
    ]),
    "description": .string(
      "A key of its own for everything that is to be done, such as a UUID: sent again with it, as after an answer that was "
        + "lost, it is not done twice and is answered by what it came to. The newest \(ActResults.perSession) of a session are "
        + "remembered, as long as it lasts."
    ),
  ])

  private func answers(_ route: Route, _ operation: Operation) -> [String: CanonicalJSON.Value] {
    var answers: [String: CanonicalJSON.Value] = [:]
    for answer in operation.answers {
      var object: [String: CanonicalJSON.Value] = ["description": .string(answer.about)]
      if let schema = answer.schema {
        object["content"] = .object([OpenAPI.type: .object(["schema": schema.json])])
      }
      answers[String(answer.status.code)] = .object(object)
    }
    for status in route.faults {
      answers[String(status.code)] = .object([
        "description": .string(status.reasonPhrase),
        "content": .object([Problem.type: .object(["schema": Problem.shape.schema.json])]),
      ])
    }
    return answers
  }

  private var components: [String: CanonicalJSON.Value] {
    let schemas = described.flatMap { _, operation -> [(name: String, definition: CanonicalJSON.Value)] in
      let sent: [(name: String, definition: CanonicalJSON.Value)] =
        if case .json(let schema) = operation.body { schema.named } else { [] }
      return sent + operation.answers.flatMap { $0.schema?.named ?? [] }
    }
    return [
      "schemas": .object(
        Dictionary(
          (schemas + Problem.shape.schema.named).map { ($0.name, $0.definition) },
          uniquingKeysWith: { first, _ in first })),
      "securitySchemes": .object([
        "bearer": .object([
          "type": .string("http"), "scheme": .string("bearer"),
          "description": .string("The token that signing in here gives."),
        ]),
        "cookie": .object([
          "type": .string("apiKey"), "in": .string("cookie"), "name": .string(SessionCookie.name(isSecure: isSecure)),
          "description": .string("The session of the site's pages."),
        ]),
        "token": .object([
          "type": .string("apiKey"), "in": .string("header"), "name": .string(Gatekeeper.csrfHeader.rawName),
          "description": .string("With the cookie, for whatever changes something: the session's `csrf`."),
        ]),
      ]),
    ]
  }
}

extension Route {
  /// The parameters of its path, in order.
  var parameterNames: [String] {
    path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
  }

  /// With which statuses it may tell a fault, by what it asks for.
  var faults: [HTTPResponse.Status] {
    var faults: [HTTPResponse.Status] = [.badRequest, .internalServerError, .serviceUnavailable]
    if !access.isOpen || isUnsafe { faults.append(.forbidden) }
    // A refusal names what keeps somebody from it: training, delegation, a state of the study.
    if !access.isOpen { faults += [.unauthorized, .unprocessableContent] }
    if !parameterNames.isEmpty || operation?.parameters.isEmpty == false { faults.append(.notFound) }
    if limit != nil { faults.append(.tooManyRequests) }
    if operation?.bodyTypes != nil {
      faults += [.notFound, .conflict, .contentTooLarge, .unsupportedMediaType, .unprocessableContent]
    }
    return faults
  }
}

extension Access {
  /// Who may, in a sentence.
  var words: String {
    switch self {
    case .everyone: "For whoever comes."
    case .ownAccount: "For whoever is signed in, in whatever role."
    default:
      "For: " + Role.allCases.filter(allows).map(\.title).joined(separator: ", ") + "."
    }
  }
}
