import HTTPTypes

/// A way into the site: where, who may, and what is done there. Nothing is served that is not a route.
struct Route: Sendable {
  /// What is done at a route.
  typealias Handler = @Sendable (PageRequest) async throws -> Reply

  /// The method.
  let method: HTTPRequest.Method
  /// The path; a segment in braces is a parameter: `/participants/{participant}`.
  let path: String
  /// Who may.
  let access: Access
  /// The most bytes of a body.
  let bodyLimit: Int
  /// How often one address, or one session, may use it; nil: as often as any.
  let limit: RateLimit?
  /// What is sent and answered, for a route of the API; nil for one of pages.
  let operation: Operation?
  /// To whom faults are told.
  let audience: Audience
  /// Shows a form again with what was typed into it, where that is more than doing it.
  let again: Handler?
  /// Does it.
  let handler: Handler

  /// Who reads what is answered.
  enum Audience: Sendable, Hashable {
    /// A person, in a browser: faults are pages, and who is not signed in is led to where they sign in.
    case people
    /// A program, or a script of a page: faults are problems in JSON (RFC 9457).
    case programs
  }

  init(
    _ method: HTTPRequest.Method, _ path: String, _ access: Access, bodyLimit: Int = 0, limit: RateLimit? = nil,
    audience: Audience = .programs, operation: Operation? = nil, again: Handler? = nil, _ handler: @escaping Handler
  ) {
    self.method = method
    self.path = path
    self.access = access
    self.bodyLimit = bodyLimit
    self.limit = limit
    self.audience = audience
    self.operation = operation
    self.again = again
    self.handler = handler
  }

  /// A page, or what a page shows.
  static func get(
    _ path: String, _ access: Access, limit: RateLimit? = nil, _ handler: @escaping Handler
  ) -> Route {
    Route(.get, path, access, limit: limit, audience: .people, handler)
  }

  /// A form that is sent.
  ///
  /// - Parameter audience: who reads the answer: whoever sent the form, or a script of its page.
  static func post(
    _ path: String, _ access: Access, bodyLimit: Int = 256 * 1024, limit: RateLimit? = nil,
    audience: Audience = .people, again: Handler? = nil, _ handler: @escaping Handler
  ) -> Route {
    Route(
      .post, path, access, bodyLimit: bodyLimit, limit: limit, audience: audience, again: again, handler)
  }

  /// Whether it changes something, so that it must come from a page of this site.
  var isUnsafe: Bool { method != .get }

  /// What the log calls it: nothing of a request is in it.
  var template: String { "\(method) \(path)" }
}
