import Conduct
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Trial

/// From a request to a reply: who it is, whether they may, whether it came from here; then the handler. What goes wrong
/// becomes a page, or JSON for the API, that says what and what to do.
struct Gatekeeper: Sendable {
  let site: Site

  func respond(_ request: Request, _ context: TandemRequestContext, by route: Route) async -> Response {
    let look = Look(cookies: request.cookies, accepts: request.headers[.acceptLanguage], site: site)
    let builder = ResponseBuilder(site: site, look: look)
    do {
      let asked = try await admit(request, context, to: route, look: look)
      do {
        let handler = asked.isShownAgain ? route.again ?? route.handler : route.handler
        return builder.response(try await handler(asked), asked)
      } catch {
        return builder.response(failing: error, asked)
      }
    } catch let ended as SessionEnded {
      return builder.response(.page(SignInPages.page(ended)), ended.request)
    } catch {
      return builder.response(failing: error, nil, resuming: route.isUnsafe ? request.uri.path : request.uri.string)
    }
  }

  /// The request as a handler may have it.
  private func admit(
    _ request: Request, _ context: TandemRequestContext, to route: Route, look: Look
  ) async throws -> PageRequest {
    let now = site.clock()
    if let limit = route.limit,
      let seconds = site.limiter.secondsToWait(limit, for: context.address, now: now)
    {
      throw TooManyRequests(seconds: seconds)
    }
    if route.isUnsafe, !SameOrigin.holds(request.headers, authority: request.head.authority) { throw ForeignForm() }
    let (token, isBearer) = token(of: request)
    let session = token.flatMap { site.sessions.session($0, now: now) }
    let contentType = request.headers[.contentType].map { String($0.prefix { $0 != ";" }).lowercased() } ?? ""
    var bytes: [UInt8] = []
    if route.isUnsafe { bytes = try await body(of: request, limit: route.bodyLimit) }
    var form = Fields()
    if contentType == "application/x-www-form-urlencoded" {
      guard let text = String(validating: bytes, as: UTF8.self), let fields = Fields(encoded: text) else {
        throw BadRequest(because: "What was sent cannot be read as a form.")
      }
      form = fields
    }
    let asked = PageRequest(
      site: site, path: request.uri.path,
      parameters: Dictionary(
        context.parameters.map { (String($0.key), Fields.decodedSegment(String($0.value))) },
        uniquingKeysWith: { first, _ in first }),
      query: Fields(encoded: request.uri.query ?? "") ?? Fields(),
      form: form.without([Gatekeeper.csrfField, KeptForm.againField]),
      body: bytes, contentType: contentType, look: look, session: session, address: context.address,
      browser: request.headers[.userAgent] ?? "", host: request.head.authority ?? "",
      isShownAgain: form[KeptForm.againField] != nil)
    if !route.access.isOpen {
      guard let session else {
        // A page keeps what was typed; a script keeps it by itself and asks for no page.
        if request.headers[.accept]?.contains("text/html") == true, route.access != .ownAccount,
          let kept = KeptForm(form, sentTo: request.uri.path)
        {
          throw SessionEnded(request: asked, kept: kept)
        }
        throw SignInNeeded()
      }
      if route.isUnsafe, !isBearer {
        let given = request.headers[Gatekeeper.csrfHeader] ?? form[Gatekeeper.csrfField]
        guard let given, given == session.csrf else { throw ForeignForm() }
      }
      try await authorize(session, for: route, path: request.uri.path)
    }
    return asked
  }

  /// Refuses whoever may not use a route, by role, training and delegation as of now.
  private func authorize(_ session: Session, for route: Route, path: String) async throws {
    if route.access == .ownAccount { return }
    guard !session.mustChangePassword else { throw OwnPasswordNeeded() }
    guard let acting = session.acting else { throw RoleNeeded() }
    switch route.access {
    case .everyone, .ownAccount: return
    case .member: return
    case .clinicalReader: try await site.live.requireReader(acting)
    case .accountReader: try await site.live.requireAccountReader(acting)
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
  static let csrfHeader: HTTPField.Name = {
    guard let name = HTTPField.Name("X-CSRF-Token") else { preconditionFailure("it is a field name") }
    return name
  }()
}

/// A form that came after its session had ended, with what was typed into it.
struct SessionEnded: Error {
  let request: PageRequest
  let kept: KeptForm
}
/// Too often in too short a time.
struct TooManyRequests: Error { let seconds: Int }
/// A form that came from another site, or whose page is older than its session.
struct ForeignForm: Error {}
/// A body above its bound.
struct TooLarge: Error { let limit: Int }
/// The password was given by somebody else, or is too old.
struct OwnPasswordNeeded: Error {}
/// One of several roles is to be chosen.
struct RoleNeeded: Error {}

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
