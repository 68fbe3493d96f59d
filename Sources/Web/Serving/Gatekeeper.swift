import ClinicalValues
import Conduct
import HTTPTypes
import Hummingbird
import Ledger
import Logging
import NIOCore
import Trial

/// From a request to a reply: who it is, whether they may, whether it came from here; then the handler. What goes wrong
/// becomes a page, or JSON for the API, that says what and what to do.
struct Gatekeeper: Sendable {
  let site: Site

  func respond(_ request: Request, _ context: TandemRequestContext, by route: Route) async -> Response {
    let look = Look(cookies: request.cookies, accepts: request.headers[.acceptLanguage], site: site)
    let builder = ResponseBuilder(
      site: site, look: look, compresses: Gzip.isAccepted(request.headers[.acceptEncoding]))
    var admitted: PageRequest?
    do {
      let asked = try await admit(request, context, to: route, look: look)
      admitted = asked
      let handler = asked.isShownAgain ? route.again ?? route.handler : route.handler
      return builder.response(try await handler(asked), asked)
    } catch let ended as SessionEnded {
      return builder.response(.page(SignInPages.page(ended)), ended.request)
    } catch let often as SignInTooOften {
      note(often, on: route, request)
      return builder.response(.page(SignInPages.page(often)), often.request)
    } catch {
      note(error, on: route, request)
      switch route.audience {
      case .programs: return builder.problem(error, at: request.uri.path, admitted?.scope ?? .everything)
      case .people:
        let (session, scope, zone) = await reader(of: request, admitted: admitted)
        let path = route.isUnsafe ? request.uri.path : request.uri.string
        return builder.response(failing: error, to: session, at: path, in: scope, zone: zone)
      }
    }
  }

  /// The request as a handler may have it.
  private func admit(
    _ request: Request, _ context: TandemRequestContext, to route: Route, look: Look
  ) async throws -> PageRequest {
    let now = site.clock()
    if route.isUnsafe, !SameOrigin.holds(request.headers, authority: request.head.authority) { throw ForeignForm() }
    let (token, isBearer) = token(of: request)
    // What a page asks by itself is no sign that anybody sits before it.
    let isUsed = route.path != "/changes" && request.headers[Gatekeeper.unaskedHeader] == nil
    let session = try await session(of: token, now: now, isUsed: isUsed)
    // What somebody typed while their session ended is read once more, to be kept for them; nothing else is.
    let isKept = session == nil && !route.access.isOpen
    guard !isKept || keeps(request, sentTo: route) else { throw SignInNeeded() }
    if !route.access.isOpen, let session {
      // Who may not is told so before anything that they sent is read.
      try await authorize(session, for: route, path: request.uri.path)
    }
    let address = site.settings.reader(behind: context.address, request.headers)
    // A clinic is one address: who is signed in is counted by themselves.
    let counted = route.access.isOpen ? address : session?.id ?? address
    let limit = isKept ? RateLimit.kept : route.limit
    let wait = limit.flatMap { site.limiter.secondsToWait($0, for: counted, now: now) }
    // Of whom is too early only who signs in is read: they may carry what they typed.
    if let wait, limit != .signIn || !route.access.isOpen { throw TooManyRequests(seconds: wait) }
    let query = try query(of: request, for: route)
    let contentType = request.headers[.contentType].map { String($0.prefix { $0 != ";" }).lowercased() } ?? ""
    var bytes: [UInt8] = []
    if route.isUnsafe { bytes = try await body(of: request, limit: route.bodyLimit) }
    let form = try form(in: bytes, contentType)
    if !isKept, !route.access.isOpen, route.isUnsafe, !isBearer {
      let given = request.headers[Gatekeeper.csrfHeader] ?? form[Gatekeeper.csrfField]
      guard let given, given == session?.csrf else { throw ForeignForm() }
    }
    var asked = PageRequest(
      site: site, path: request.uri.path, route: route.template,
      parameters: Dictionary(
        context.parameters.map { (String($0.key), Fields.decodedSegment(String($0.value))) },
        uniquingKeysWith: { first, _ in first }),
      query: query, form: form.without([Gatekeeper.csrfField, KeptForm.againField]),
      body: bytes, json: try json(in: bytes, contentType, for: route), contentType: contentType, look: look,
      session: session, address: address, browser: request.headers[.userAgent] ?? "",
      binder: request.cookies[ProviderCookie.name(isSecure: site.settings.isSecure)]?.value,
      host: request.head.authority ?? "", isShownAgain: form[KeptForm.againField] != nil)
    asked.onceKey = request.headers[Gatekeeper.onceHeader]
    asked.fileName = request.headers[Gatekeeper.fileNameHeader].map(Fields.decodedSegment)
    if route.audience == .people, let acting = session?.acting {
      asked.offering = try await site.live.offering(to: acting)
    }
    if let acting = session?.acting {
      let state = try await site.live.state()
      asked.scope = SiteScope(acting, in: state)
      asked.zone = state.zone(for: acting)
    }
    if let wait {
      guard let kept = KeptForm(carriedBy: form) else { throw TooManyRequests(seconds: wait) }
      throw SignInTooOften(request: asked, kept: kept, seconds: wait)
    }
    guard !isKept else {
      guard let kept = KeptForm(form, sentTo: request.uri.path) else { throw SignInNeeded() }
      throw SessionEnded(request: asked, kept: kept)
    }
    return asked
  }

  /// Whether what was typed into a form is kept for who has to sign in anew: a page does that; a script keeps it by itself and asks for no
  /// page, a program has it still, and nobody signs in to change a password.
  private func keeps(_ request: Request, sentTo route: Route) -> Bool {
    route.isUnsafe && route.audience == .people && route.access != .ownAccount
      && request.headers[.accept]?.contains("text/html") == true
  }

  /// The query; one of a program is asked to be what the route says.
  private func query(of request: Request, for route: Route) throws -> Fields {
    let fields = Fields(encoded: request.uri.query ?? "")
    guard let operation = route.operation else { return try (fields ?? Fields()).asTexts() }
    guard let fields = try fields?.asTexts() else { throw BadRequest(because: "The query cannot be read.") }
    let faults = operation.faults(in: fields)
    guard faults.isEmpty else { throw BadRequest(because: "The query is not as it must be.", faults: faults) }
    return fields
  }

  /// The fields of a form; none where the body is none.
  private func form(in bytes: [UInt8], _ contentType: String) throws -> Fields {
    guard contentType == "application/x-www-form-urlencoded" else { return Fields() }
    guard let text = String(validating: bytes, as: UTF8.self), let fields = Fields(encoded: text) else {
      throw BadRequest(because: "What was sent cannot be read as a form.")
    }
    let texts = try fields.asTexts()
    // Only a form of the casebook is shown with what is recorded: what was not touched there is told from what was typed.
    // What is shown again is not carried out yet.
    let sent = texts.without(Gatekeeper.pathFields).pairs
    let isMasked = sent.contains { !$0.name.hasPrefix("v.") && SiteScope.isMasked($0.value) }
    guard !isMasked || texts[KeptForm.againField] != nil else { throw SiteScope.refusal }
    return texts
  }

  /// The body of a route of the API, of a type and of a schema that the route says. A page of another site can send
  /// neither of these types without asking first (Fetch, section 4.8 "CORS-preflight fetch"), and it is never answered.
  private func json(in bytes: [UInt8], _ contentType: String, for route: Route) throws -> CanonicalJSON.Value {
    guard let operation = route.operation, let types = operation.bodyTypes else { return .null }
    guard types.contains(contentType) else { throw UnknownContentType(expected: types) }
    guard case .json(let schema) = operation.body else { return .null }
    let value: CanonicalJSON.Value
    do { value = try CanonicalJSON(parsing: WholeNumbers.plain(bytes)).value } catch {
      throw BadRequest(because: "What was sent cannot be read as JSON: \(error)")
    }
    let faults = schema.faults(in: value)
    guard faults.isEmpty else { throw BadRequest(because: "What was sent is not as it must be.", faults: faults) }
    return value
  }

  /// The session of a token, while its account may be used and has the password with which the session began; else every
  /// session of the account ends (ASVS 7.4.2).
  private func session(of token: String?, now: Instant, isUsed: Bool) async throws -> Session? {
    guard let session = token.flatMap({ site.sessions.session($0, now: now, isUsed: isUsed) }) else { return nil }
    let account = try await site.live.state().people.accounts[session.account]
    guard let account, account.standing == .enabled, account.access.mustChangeSince.map({ $0 <= session.began }) ?? true
    else {
      site.sessions.endAll(of: session.account)
      return nil
    }
    return session
  }

  /// Writes into the log that something was refused.
  private func note(_ error: any Error, on route: Route, _ request: Request) {
    let why: String
    switch error {
    case let refusal as Refusal: why = refusal.id
    case is ForeignForm: why = "foreign-form"
    case is TooManyRequests, is SignInTooOften: why = "too-often"
    default: return
    }
    site.note(refused: why, to: session(behind: request)?.account, at: route.template)
  }

  /// Who is told of a failure, what they are not told, and by which clocks: whoever is signed in, also where they were not let in.
  private func reader(
    of request: Request, admitted: PageRequest?
  ) async -> (session: Session?, scope: SiteScope, zone: String) {
    let state = try? await site.live.state()
    if let admitted { return (admitted.session, admitted.scope, state?.zone(for: admitted.session?.acting) ?? "UTC") }
    guard let session = session(behind: request), let acting = session.acting, let state else {
      return (nil, .everything, "UTC")
    }
    return (session, SiteScope(acting, in: state), state.zone(for: acting))
  }

  /// The session of whoever asks; it does not count as used.
  private func session(behind request: Request) -> Session? {
    token(of: request).0.flatMap { site.sessions.session($0, now: site.clock(), isUsed: false) }
  }

  /// Refuses whoever may not use a route, by role, training and delegation as of now.
  private func authorize(_ session: Session, for route: Route, path: String) async throws {
    if route.access == .ownAccount { return }
    guard !session.mustChangePassword else { throw OwnPasswordNeeded() }
    if site.settings.requiresSecondFactor {
      let account = try await site.live.state().people.accounts[session.account]
      guard account?.access.hasSecondFactor == true else { throw SecondFactorNeeded() }
    }
    // A role that was withdrawn opens nothing more, also where the session began with it.
    guard let acting = session.acting, try await site.live.roles(of: session.account).contains(acting) else {
      throw RoleNeeded()
    }
    switch route.access {
    case .everyone, .ownAccount: return
    case .member: return
    case .clinicalReader: try await site.live.requireReader(acting)
    case .accountReader: try await site.live.requireAccountReader(acting)
    case .actingFor(let permission):
      guard acting.role.extent(of: permission) != nil else { throw Refusal.mayNot(acting.role, permission) }
    case .permitted(let permission): try await site.live.requireAllowed(acting, to: permission)
    }
  }

  private func token(of request: Request) -> (String?, isBearer: Bool) {
    if let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer ") {
      return (String(header.dropFirst(7)), true)
    }
    return (request.cookies[SessionCookie.name(isSecure: site.settings.isSecure)]?.value, false)
  }

  private func body(of request: Request, limit: Int) async throws -> [UInt8] {
    do {
      let buffer = try await request.body.collect(upTo: limit)
      return Array(buffer.readableBytesView)
    } catch is NIOTooManyBytesError {
      throw TooLarge(limit: limit)
    }
  }

  static let csrfField = "_csrf"
  /// Where a form leads: never recorded, and a path with a masked number in it is none (`LocalPath`).
  private static let pathFields: Set = ["back", "next"]
  static let csrfHeader = SecurityHeaders.name("X-CSRF-Token")
  /// What a page sends with what it asks by itself.
  static let unaskedHeader = SecurityHeaders.name("X-Unasked")
  static let onceHeader = SecurityHeaders.name(Operation.onceKey)
  /// How a page names a file that is the body: not in the address, which stands in logs, since it may name a patient.
  static let fileNameHeader = SecurityHeaders.name("X-File-Name")
}

/// Somebody whose session has ended sent what they typed: it is kept for them.
struct SessionEnded: Error {
  let request: PageRequest
  let kept: KeptForm
}
/// Somebody who brings what they typed signs in too often: they keep it, and wait.
struct SignInTooOften: Error {
  let request: PageRequest
  let kept: KeptForm
  let seconds: Int
}
extension Refusal {
  /// That a role may never do something.
  static func mayNot(_ role: Role, _ permission: Permission) -> Refusal {
    Refusal(
      "role-may-not", because: "As \(role.title) you may not: \(permission.title).",
      remedy: "Ask somebody whose role may.")
  }
}

/// The cookie that holds a session's token.
enum SessionCookie {
  /// Its name; where there is TLS one that a browser takes from this host alone (RFC 6265bis, 4.1.3.2).
  static func name(isSecure: Bool) -> String { isSecure ? "__Host-tandem" : "tandem" }

  static func setting(_ token: String, isSecure: Bool) -> Cookie {
    Cookie(
      name: name(isSecure: isSecure), value: token, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax)
  }

  static func ending(isSecure: Bool) -> Cookie {
    Cookie(
      name: name(isSecure: isSecure), value: "", maxAge: 0, path: "/", secure: isSecure, httpOnly: true,
      sameSite: .lax)
  }
}

/// The cookie that ties an answer of an identity provider to the browser that asked.
enum ProviderCookie {
  static func name(isSecure: Bool) -> String { isSecure ? "__Host-tandem-provider" : "tandem-provider" }

  static func setting(_ binder: String, isSecure: Bool) -> Cookie {
    Cookie(
      name: name(isSecure: isSecure), value: binder, maxAge: OpenIDAttempts.minutes * 60, path: "/", secure: isSecure,
      httpOnly: true, sameSite: .lax)
  }
}
