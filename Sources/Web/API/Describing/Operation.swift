import HTTPTypes

/// What the API's document says of a route: what is sent and what comes back. The server asks for it too.
struct Operation: Sendable {
  /// A field of the query.
  struct Parameter: Sendable {
    let name: String
    let schema: Schema
    let about: String
  }

  /// The body of what is sent.
  enum Body: Sendable {
    case none
    /// JSON of a schema.
    case json(Schema)
    /// A file of one of these types, as it is.
    case file(types: [String], about: String)
  }

  /// What comes back where nothing is wrong; no schema: no body.
  struct Answer: Sendable {
    let status: HTTPResponse.Status
    let about: String
    let schema: Schema?
  }

  /// Tells it from others, for programs that are made from the document.
  let id: String
  /// What it is about, as the document groups it.
  let group: String
  /// A sentence.
  let summary: String
  var parameters: [Parameter] = []
  var body = Body.none
  /// Whether it is done once for each key that a program gives.
  var isOnce = false
  let answers: [Answer]

  /// The header that gives the key.
  static let onceKey = "Idempotency-Key"

  /// What is wrong with a query.
  func faults(in query: Fields) -> [ValueFault] {
    query.pairs.flatMap { name, text -> [ValueFault] in
      guard let parameter = parameters.first(where: { $0.name == name }) else {
        return [ValueFault(place: name, words: "This is not asked for here.")]
      }
      return parameter.schema.faults(in: parameter.schema.value(of: text), at: name)
    }
  }

  /// The media types that a body may have; nil where there is none.
  var bodyTypes: [String]? {
    switch body {
    case .none: nil
    case .json: ["application/json"]
    case .file(let types, _): types
    }
  }
}
