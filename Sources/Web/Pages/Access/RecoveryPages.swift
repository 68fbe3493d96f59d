import Conduct
import HTTPTypes
import Ledger
import Markup
import Trial

/// A way back for who has forgotten the password: a link, good once, that an administrator hands over. It leads to nothing but a new
/// password, which the administrator never learns; the person is told who made the link and when.
///
/// Whoever made the link could have opened it: with the account nothing is done until somebody else has asked its person and
/// confirms that they have the password (`ConfirmReset`).
///
/// It holds a given password (`ResetPassword`), with which nothing can be done, which dies with the first use and after
/// `AuthenticationPolicy.givenPasswordHours`. A second factor is asked for all the same: who has only the link has nothing then.
enum RecoveryPages {
  static let routes: [Route] = [
    .get("/recover", .everyone, limit: .signIn) { request in .page(page(request)) },
    .post("/recover", .everyone, limit: .signIn, recover),
  ]

  private static func page(_ request: PageRequest, refusal: Refusal? = nil) -> Page {
    let words = request.words
    let parts = FormParts(request)
    return Page(words["Choose a new password"], at: nil, status: refusal == nil ? .ok : .unprocessableContent) {
      Markup.tag("div", ["class": "narrow stack"]) {
        if let refusal { Notice.markup(.stop, words.sentence(refusal.because), words.sentence(refusal.remedy)) }
        Markup.tag("section") {
          parts.form("/recover") {
            parts.hidden("account", request.form["account"] ?? request.query["account"] ?? "")
            parts.hidden("key", request.form["key"] ?? request.query["key"] ?? "")
            NewPasswordFields.markup(parts, words)
            parts.input(
              .init(
                name: "code", label: words["Code of your second factor"],
                help: .text(words["If you have set one: the code that your authenticator shows, or a recovery code."]),
                isOptional: true, autocomplete: "one-time-code"))
            parts.button(words["Choose it and sign in"])
          }
        }
        Markup.tag("p", ["class": "quiet"]) {
          words[
            "The link is good once. If it is used up and it was not you, tell an administrator and your monitor at once."
          ]
        }
      }
    }
  }

  private static let recover: Route.Handler = { request in
    let account = request.form.text("account") ?? ""
    do {
      try requireOwnBrowser(request, account)
      let new = try NewPasswordFields.chosen(request)
      let claim = Claim(
        account: account, password: request.form["key"] ?? "", code: request.form.text("code"))
      let who = try await request.live.changePassword(claim, to: new, origin: .web)
      // Whoever was signed in with the old password is out.
      request.site.sessions.endAll(of: who.account)
      let (session, token) = try await request.begin(who)
      return .signedIn(token: token, next: session.firstPath(LocalPath("/account")))
    } catch let refusal as Refusal {
      return .page(page(request, refusal: refusal))
    }
  }

  /// Refuses a browser in which somebody else is signed in: the link is not for the one who made it.
  private static func requireOwnBrowser(_ request: PageRequest, _ account: String) throws(Refusal) {
    guard let session = request.session, session.account.description != account else { return }
    throw Refusal(
      "link-of-another", because: "\(session.name) is signed in here, and the link is for somebody else.",
      remedy: "Hand the link to its person, who opens it in a browser of their own.")
  }
}

/// The link that is handed over after a password was reset.
struct RecoveryLink: Sendable {
  private let account: AccountID
  private let key: String

  /// The link of a reset; nil where nothing of what was recorded is one.
  init?(_ events: [TrialEvent], key: String) {
    let accounts = events.compactMap { event in
      if case .people(.passwordReset(let account, _)) = event { account } else { nil }
    }
    guard let account = accounts.first else { return nil }
    self.account = account
    self.key = key
  }

  /// The address as the reader reaches the site.
  func address(_ request: PageRequest) -> String {
    let scheme = request.site.settings.isSecure ? "https" : "http"
    return "\(scheme)://\(request.host)/recover?"
      + Fields([("account", account.description), ("key", key)]).encoded
  }
}
