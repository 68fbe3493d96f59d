import HTTPTypes
import Hummingbird
import Ledger
import Logging
import Markup
import NIOCore

/// Replies and failures as HTTP answers, with the headers that every answer has.
struct ResponseBuilder: Sendable {
  let site: Site
  let look: Look
  /// Whether the reader takes compressed answers.
  var compresses = false

  private var words: Words { look.words }

  func response(_ reply: Reply, _ request: PageRequest) -> Response {
    switch reply {
    case .page(let page): html(frame(request).document(page), page.status, in: request.scope)
    case .document(let markup, let status): html(markup.htmlDocument, status, in: request.scope)
    case .seeOther(let path): answer(.seeOther, [.location: path])
    case .file(let type, let name, let bytes):
      answer(
        .ok,
        [.contentType: type].merging(
          name.map { [.contentDisposition: "attachment; filename=\"\(ResponseBuilder.fileName($0))\""] } ?? [:]
        ) { first, _ in first }, bytes)
    case .asset(let type, let bytes):
      answer(.ok, [.contentType: type, .cacheControl: "public, max-age=31536000, immutable"], bytes)
    case .look(let look, let back): lookChanged(look, back)
    case .signedIn(let token, let next):
      setting([SessionCookie.setting(token, isSecure: site.settings.isSecure)], answer(.seeOther, [.location: next]))
    case .toProvider(let address, let binder):
      setting(
        [ProviderCookie.setting(binder, isSecure: site.settings.isSecure)], answer(.seeOther, [.location: address]))
    case .signedInto(let token, let page, let request):
      setting(
        [SessionCookie.setting(token, isSecure: site.settings.isSecure)],
        html(frame(request).document(page), page.status))
    case .signedOut(let next):
      setting(
        [SessionCookie.ending(isSecure: site.settings.isSecure)],
        answer(.seeOther, [.location: next, SecurityHeaders.clearSiteData: "\"cache\", \"storage\""]))
    case .json(let text, let status):
      answer(status, [.contentType: "application/json"], request.scope.told(Array(text.utf8)))
    case .events(let session):
      ChangeFeed(site: site, session: session).response(headers: headers([.contentType: "text/event-stream"]))
    case .done: answer(.noContent, [:])
    }
  }

  /// What a person is told of a failure.
  ///
  /// - Parameters:
  ///   - session: of the person; their page keeps the way on that it has.
  ///   - path: where the person wanted to go, for after signing in.
  ///   - scope: what the person is not told.
  ///   - zone: that of the person's site.
  func response(
    failing error: any Error, to session: Session? = nil, at path: String = "/", in scope: SiteScope = .everything,
    zone: String
  ) -> Response {
    if let elsewhere = elsewhere(error, path) { return answer(.seeOther, [.location: elsewhere]) }
    let failure = failure(error)
    let page = Page(failure.title, at: nil, status: failure.status) { failure.markup(words, zone: zone) }
    let frame = PageFrame(site: site, look: look, session: session, path: path, zone: zone)
    return html(frame.document(page), failure.status, failure.fields, in: scope)
  }

  /// What a program is told of a failure: one of the API, or a script of a page.
  func problem(_ error: any Error, at path: String, _ scope: SiteScope = .everything) -> Response {
    let failure = failure(error)
    let isOfPage = !path.hasPrefix(APIRoutes.root + "/")
    let text = Problem.shape.text(Problem(failure: failure, path: path, words: words, isOfPage: isOfPage))
    return answer(
      failure.status, failure.fields.merging([.contentType: Problem.type]) { first, _ in first },
      scope.told(Array(text.utf8)))
  }

  private func frame(_ request: PageRequest) -> PageFrame {
    PageFrame(site: site, look: look, session: request.session, path: request.returnPath, zone: request.zone)
  }

  private func failure(_ error: any Error) -> Failure {
    let failure = Failure(error, words: words)
    if case .internalServerError = failure.status {
      // Whatever it says may hold data of people: the kind of the error is enough to find it.
      site.logger.error("A request failed", metadata: ["kind": "\(type(of: error))"])
    }
    return failure
  }

  /// Where a reader goes first who may not be here yet.
  private func elsewhere(_ error: any Error, _ path: String) -> String? {
    let next = Fields([("next", path)]).encoded
    switch error {
    case is SignInNeeded: return "/sign-in?\(next)"
    case is RoleNeeded: return "/role?\(next)"
    case is OwnPasswordNeeded: return "/account/password?\(next)"
    case is SecondFactorNeeded: return "\(SecondFactorPages.path)?\(next)"
    default: return nil
    }
  }

  private func lookChanged(_ look: Look, _ back: String) -> Response {
    let cookies = [
      ("language", look.language.rawValue), ("theme", look.theme.rawValue), ("density", look.density.rawValue),
    ].map { name, value in
      Cookie(
        name: Look.cookie(name, isSecure: site.settings.isSecure), value: value, maxAge: 31_536_000, path: "/",
        secure: site.settings.isSecure, httpOnly: true, sameSite: .lax)
    }
    return setting(cookies, answer(.seeOther, [.location: back]))
  }

  private func setting(_ cookies: [Cookie], _ response: Response) -> Response {
    var response = response
    for cookie in cookies { response.setCookie(cookie) }
    return response
  }

  private func html(
    _ text: String, _ status: HTTPResponse.Status, _ fields: [HTTPField.Name: String] = [:],
    in scope: SiteScope = .everything
  ) -> Response {
    answer(
      status, fields.merging([.contentType: "text/html; charset=utf-8"]) { first, _ in first },
      scope.told(Array(text.utf8)))
  }

  private func answer(
    _ status: HTTPResponse.Status, _ fields: [HTTPField.Name: String], _ bytes: [UInt8] = []
  ) -> Response {
    var headers = self.headers(fields)
    var bytes = bytes
    if compresses, bytes.count >= Gzip.least, Gzip.fits(fields[.contentType]), let short = Gzip.compressed(bytes) {
      headers[.contentEncoding] = "gzip"
      bytes = short
    }
    headers[.vary] = "Accept-Encoding"
    return Response(
      status: status, headers: headers,
      body: bytes.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  private func headers(_ fields: [HTTPField.Name: String]) -> HTTPFields {
    var headers = HTTPFields()
    for (name, value) in fields { headers[name] = value }
    headers[.contentLanguage] = look.language.tag
    SecurityHeaders.add(to: &headers, isSecure: site.settings.isSecure)
    return headers
  }

  /// A name that fits a header: letters, figures, dots, hyphens.
  static func fileName(_ name: String) -> String {
    String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") ? $0 : "-" })
  }
}
