import Conduct
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Trial

/// The context of a request: with the address that it came from.
struct TandemRequestContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The address that asks: the reader's, or that of a proxy before the site (`SiteSettings.reader`).
  let address: String

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    address = source.channel.remoteAddress?.ipAddress ?? "local"
  }
}

extension Site {
  /// The site's routes as Hummingbird serves them, what can be read by HEAD too (RFC 9110, 9.3.2); whatever is no route is not found.
  func router() -> Router<TandemRequestContext> {
    let router = Router(context: TandemRequestContext.self, options: .autoGenerateHeadEndpoints)
    let gatekeeper = Gatekeeper(site: self)
    for route in Routes.all {
      router.on(RouterPath(route.path), method: route.method) { request, context in
        await gatekeeper.respond(request, context, by: route)
      }
    }
    router.add(middleware: NothingHere(site: self))
    return router
  }

  /// Serves the site until the program is asked to stop (SIGTERM, SIGINT). As long as it does, what time alone leads to is
  /// recorded every quarter of an hour; not in the demonstration, whose story is told.
  ///
  /// - Parameters:
  ///   - host: the address to listen at; loopback unless somebody says otherwise.
  ///   - port: the port; 0 takes a free one.
  ///   - tls: certificate chain and private key, where the site itself speaks TLS.
  ///   - ready: called with the port once it listens.
  /// - Throws: `CannotServe` where it cannot listen there, or not with that certificate.
  public func serve(
    host: String, port: Int, tls: ServedTLS? = nil, ready: @escaping @Sendable (Int) -> Void
  ) async throws {
    let watch = kind == .trial ? Task { await watchTime() } : nil
    defer { watch?.cancel() }
    let application = Application(
      router: router(), server: try tls?.server() ?? .bounded,
      configuration: .init(address: .hostname(host, port: port), serverName: nil),
      onServerRunning: { channel in ready(channel.localAddress?.port ?? port) }, logger: logger)
    do {
      try await application.runService()
    } catch let error where error is IOError || error is SocketAddressError {
      throw CannotServe(
        "The site cannot listen at \(host), port \(port) (\(error)). Name an address of this machine with --host, and a free "
          + "port with --port.")
    }
  }

  /// Records what time alone has led to, again and again until it is cancelled: no rule waits for somebody to act.
  private func watchTime() async {
    while !Task.isCancelled {
      do {
        if try await !live.state().study.versions.isEmpty { try await live.watch() }
      } catch {
        // What an error says of itself can name whom it is about.
        logger.error(
          "What time has led to could not be recorded", metadata: ["kind": "\(type(of: error))"])
      }
      try? await Task.sleep(for: .seconds(15 * 60))
    }
  }
}

/// Answers what is no route: with the site's own page, or with a problem where a program asks.
private struct NothingHere: RouterMiddleware {
  let site: Site

  func handle(
    _ request: Request, context: TandemRequestContext,
    next: (Request, TandemRequestContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as HTTPError where error.status == .notFound || error.status == .methodNotAllowed {
      let look = Look(cookies: request.cookies, accepts: request.headers[.acceptLanguage], site: site)
      let builder = ResponseBuilder(site: site, look: look)
      let leading = Routes.all.filter { $0.leads(to: request.uri.path) }
      // A path that stands in a route as it is belongs to that one, not to a parameter in its place.
      let exact = leading.filter(\.parameterNames.isEmpty)
      let allowed = Set((exact.isEmpty ? leading : exact).flatMap(\.methods)).sorted()
      let failure: any Error =
        allowed.isEmpty ? NotFound() : MethodNotAllowed(allowed: allowed.joined(separator: ", "))
      let response =
        request.uri.path.hasPrefix(APIRoutes.root + "/")
        ? builder.problem(failure, at: request.uri.path) : builder.response(failing: failure, zone: "UTC")
      return request.method == .head ? response.createHeadResponse() : response
    }
  }
}

extension Route {
  /// The methods that it answers: what can be read, by HEAD too.
  fileprivate var methods: [String] { method == .get ? ["GET", "HEAD"] : [method.rawValue] }

  /// Whether a path is one of this route's.
  fileprivate func leads(to path: String) -> Bool {
    let (own, asked) = (self.path.split(separator: "/"), path.split(separator: "/"))
    return own.count == asked.count && zip(own, asked).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
  }
}
