import Conduct
import FHIR
import HTTPTypes
import Hummingbird
import Ledger
import Logging
import Markup
import NIOCore
import Trial

/// Replies and failures as HTTP answers, with the headers that every answer has.
struct ResponseBuilder: Sendable {
  let site: Site
  let look: Look

  private var words: Words { look.words }

  func response(_ reply: Reply, _ request: PageRequest) -> Response {
    switch reply {
    case .page(let page): html(PageFrame(site: site, look: look, request: request).document(page), page.status)
    case .document(let markup, let status): html(markup.htmlDocument, status)
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
        html(PageFrame(site: site, look: look, request: request).document(page), page.status))
    case .signedOut(let next):
      setting(
        [SessionCookie.ending(isSecure: site.settings.isSecure)],
        answer(.seeOther, [.location: next, SecurityHeaders.clearSiteData: "\"cache\", \"storage\""]))
    case .json(let text, let status): answer(status, [.contentType: "application/json"], Array(text.utf8))
    case .events: ChangeFeed(site: site).response(headers: headers([.contentType: "text/event-stream"]))
    case .done: answer(.noContent, [:])
    }
  }

  /// What a person, or a program, is told of a failure.
  ///
  /// - Parameter resuming: where the reader wanted to go, for after signing in.
  func response(failing error: any Error, _ request: PageRequest?, resuming path: String? = nil) -> Response {
    if let elsewhere = elsewhere(error, request, path) { return answer(.seeOther, [.location: elsewhere]) }
    let failure = failure(error)
    let page = Page(failure.title, at: nil, status: failure.status) { failure.markup(words) }
    return html(PageFrame(site: site, look: look, request: request).document(page), failure.status, failure.fields)
  }

  /// What a program is told of a failure.
  func problem(_ error: any Error, at path: String) -> Response {
    let failure = failure(error)
    let text = Problem.shape.text(Problem(failure: failure, path: path, words: words))
    return answer(
      failure.status, failure.fields.merging([.contentType: Problem.type]) { first, _ in first }, Array(text.utf8))
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
  private func elsewhere(_ error: any Error, _ request: PageRequest?, _ path: String?) -> String? {
    let next = Fields([("next", path ?? request?.path ?? "/")]).encoded
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
    _ text: String, _ status: HTTPResponse.Status, _ fields: [HTTPField.Name: String] = [:]
  ) -> Response {
    answer(
      status, fields.merging([.contentType: "text/html; charset=utf-8"]) { first, _ in first }, Array(text.utf8))
  }

  private func answer(
    _ status: HTTPResponse.Status, _ fields: [HTTPField.Name: String], _ bytes: [UInt8] = []
  ) -> Response {
    Response(
      status: status, headers: headers(fields),
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

/// A failure in words: what is wrong and what to do.
struct Failure: Sendable {
  let status: HTTPResponse.Status
  let id: String
  let title: String
  let because: String
  let remedy: String
  var lines: [GateLine] = []
  /// What is wrong in what was sent.
  var faults: [ValueFault] = []
  /// Header fields that belong to the status.
  var fields: [HTTPField.Name: String] = [:]

  init(_ error: any Error, words: Words) {
    switch error {
    case let refusal as Refusal:
      self.init(refusal, words)
    case let changed as ChangedMeanwhile:
      self.init(
        .conflict, "changed-meanwhile", words["Somebody else came first"], changed.description,
        words["Look at it again, then repeat it."])
    case is SignInNeeded:
      self.init(
        .unauthorized, "sign-in-needed", words["Please sign in"], words["Nobody is signed in here."],
        words["Sign in, then try again."])
      fields = [.wwwAuthenticate: "Bearer"]
    case is RoleNeeded:
      self.init(
        .forbidden, "role-needed", words["Choose your role"], words["You have several roles."],
        words["Choose the one in which you act."])
    case is OwnPasswordNeeded:
      self.init(
        .forbidden, "password-must-change", words["Choose your own password"],
        words["Your password was given to you, or is too old."], words["Choose a new one first."])
    case is SecondFactorNeeded:
      self.init(
        .forbidden, "second-factor-needed", words["Set a second factor"],
        words["Here nobody works without a second factor."], words["Set yours under My account first."])
    case is NotFound:
      self.init(
        .notFound, "not-found", words["There is nothing here"], words["This address leads to nothing."],
        words["Check the link, or go to Today."])
    case let bad as BadRequest:
      self.init(
        .badRequest, "bad-request", words["This cannot be read"], bad.because, words["Nothing was recorded."])
      faults = bad.faults
    case let unfit as UnfitFields:
      self.init(
        .unprocessableContent, "unfit-fields", words["This cannot be done"],
        words["Some fields are missing or cannot be understood."], words["Nothing was recorded."])
      faults = unfit.faults
    case let record as RecordError:
      self.init(
        .unprocessableContent, "record-unreadable", words["This cannot be read"], record.description,
        words["Correct the file. Nothing was taken."])
    case let unknown as UnknownContentType:
      self.init(
        .unsupportedMediaType, "unknown-content-type", words["This cannot be read"],
        words("Send it as {types}.", ["types": unknown.expected.joined(separator: ", ")]),
        words["Nothing was recorded."])
    case let other as MethodNotAllowed:
      self.init(
        .methodNotAllowed, "method-not-allowed", words["There is nothing here"],
        words["This address leads to nothing in this way."],
        words("Use {methods}.", ["methods": other.allowed]))
      fields = [.allow: other.allowed]
    case let many as TooManyRequests:
      self.init(
        .tooManyRequests, "too-often", words["Too often"], words["This was tried too often in a short time."],
        words("Wait {seconds} seconds, then try again.", ["seconds": String(many.seconds)]))
      fields = [.retryAfter: String(many.seconds)]
    case is ForeignForm:
      self.init(
        .forbidden, "foreign-form", words["This form is not from here"],
        words["The form came from another site, or from a page that is older than your sign-in."],
        words["Nothing was recorded. Go back, load the page again, and repeat it."])
    case let large as TooLarge:
      self.init(
        .contentTooLarge, "too-large", words["Too large"],
        words("At most {kilobytes} KB can be sent here.", ["kilobytes": String(large.limit / 1024)]),
        words["Nothing was recorded."])
    case let unfit as UnfitProvider:
      self.init(
        .badGateway, "provider-unfit", words["The provider cannot be used"], unfit.description,
        words["Sign in with your account and its password, and tell whoever runs the machine."])
    case let store as StoreFailure:
      self.init(
        .serviceUnavailable, "store-failure", words["The record cannot be reached"], store.description,
        words["Nothing was recorded. Tell whoever runs the machine."])
    default:
      self.init(
        .internalServerError, "failed", words["This failed"], words["The program met a fault of its own."],
        words["Nothing was recorded. Tell whoever runs the machine, with the time."])
    }
  }

  /// Refusals of who asks, not of what is asked.
  static let denials: Set<String> = ["role-may-not", "other-site"]

  private init(_ refusal: Refusal, _ words: Words) {
    let isUnknown = refusal.id.hasPrefix("unknown-")
    let isForbidden = Failure.denials.contains(refusal.id)
    self.init(
      isUnknown ? .notFound : isForbidden ? .forbidden : .unprocessableContent, refusal.id,
      words["This cannot be done"], refusal.because, refusal.remedy)
    lines = refusal.lines
  }

  private init(_ status: HTTPResponse.Status, _ id: String, _ title: String, _ because: String, _ remedy: String) {
    self.status = status
    self.id = id
    self.title = title
    self.because = because
    self.remedy = remedy
  }

  /// As a page shows it.
  func markup(_ words: Words) -> Markup {
    .fragment([
      Notice.markup(.stop, words.sentence(because), words.sentence(remedy)),
      lines.isEmpty ? .fragment([]) : GateTable.markup(lines, words),
    ])
  }
}
