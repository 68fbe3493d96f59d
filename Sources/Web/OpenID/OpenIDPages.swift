import ClinicalValues
import Conduct
import HTTPTypes
import Ledger
import Markup
import Trial

/// Signing in at an identity provider, and linking one's account to it.
///
/// An account is linked by its person, who shows both: the password here, and the sign-in there. So neither an administrator nor
/// whoever owns an e-mail address at the provider becomes somebody else, and no account is made. A signature asks for the
/// account's own password and code, however its person signed in.
enum OpenIDPages {
  /// Where a reader is sent to the provider.
  static let path = "/sign-in/provider"
  /// Where the provider sends them back.
  static let returnPath = "/sign-in/provider/return"

  static let routes: [Route] = [
    .get(path, .everyone, limit: .signIn) { request in
      try await go(request, next: LocalPath(request.query["next"]).path)
    },
    .get(returnPath, .everyone, limit: .signIn, comeBack),
    .post("/account/provider", .ownAccount, limit: .signIn, link),
    .get("/account/provider", .ownAccount, limit: .signIn) { request in
      // Only who has given the password a moment ago may go on.
      guard let session = request.session, let until = session.linksUntil, request.site.clock() < until else {
        return .seeOther("/account")
      }
      request.site.sessions.update(session.id) { $0.linksUntil = nil }
      return try await go(request, next: "/account", linking: session.id)
    },
    .post("/account/provider/end", .ownAccount, limit: .signIn) { request in
      let provider = try provider(request)
      let session = try await owner(request)
      try await request.live.unlink(session.account, from: provider.settings.issuer, origin: .web)
      return .seeOther("/account")
    },
  ]

  /// The session of a reader who has shown once more that the account is theirs.
  private static func owner(_ request: PageRequest) async throws -> Session {
    let session = try request.signedIn()
    let claim = Claim(
      account: session.account.description, password: request.form["password"] ?? "", code: request.form.text("code"))
    _ = try await request.live.authenticate(claim, for: .signIn, origin: .web)
    return session
  }

  private static func provider(_ request: PageRequest) throws(NotFound) -> OpenIDProvider {
    guard let provider = request.site.provider else { throw NotFound() }
    return provider
  }

  private static func go(_ request: PageRequest, next: String, linking: String? = nil) async throws -> Reply {
    let provider = try provider(request)
    let attempt = request.site.attempts.begin(
      next: next, linking: linking, entropy: request.site.entropy, now: request.site.clock())
    return .toProvider(try await provider.address(for: attempt), binder: attempt.binder)
  }

  /// The reader comes back: with a code, or with why there is none.
  private static let comeBack: Route.Handler = { request in
    let provider = try provider(request)
    guard
      let attempt = request.site.attempts.end(
        request.query["state"] ?? "", binder: request.binder, now: request.site.clock())
    else {
      throw Refusal(
        "provider-answer-unknown", because: "This answer of the provider belongs to no sign-in that was begun here.",
        remedy: "Sign in once more.")
    }
    guard let code = request.query.text("code") else {
      throw Refusal(
        "provider-refused", because: "The provider did not sign you in.",
        remedy: "Sign in once more, or with your account and its password.")
    }
    let vouched = try await provider.subject(of: code, for: attempt)
    if let linking = attempt.linking {
      let session = try request.signedIn()
      guard session.id == linking else { throw SignInNeeded() }
      try await request.live.link(session.account, to: vouched, origin: .web)
      return .seeOther("/account")
    }
    let (session, token) = try await request.begin(try await request.live.authenticate(vouched, origin: .web))
    return .signedIn(token: token, next: session.firstPath(LocalPath(attempt.next)))
  }

  /// The person shows that the account is theirs; then a link leads to the provider, since a browser lets no form of this
  /// site lead elsewhere.
  private static let link: Route.Handler = { request in
    let words = request.words
    let provider = try provider(request)
    let session = try await owner(request)
    request.site.sessions.update(session.id) {
      $0.linksUntil = request.site.clock().adding(minutes: OpenIDAttempts.minutes)
    }
    return .page(
      Page(words["Link to a provider"], at: nil, trail: [(words["My account"], "/account")]) {
        Markup.tag("p") { words("Now sign in at {issuer} as yourself.", ["issuer": provider.settings.issuer]) }
        Part.link("/account/provider", words["Go on"], class: "button")
      })
  }

  /// The way to the provider on the page for signing in.
  @MarkupBuilder static func signInLink(_ request: PageRequest) -> Markup {
    if let provider = request.site.provider {
      Markup.tag("p") {
        Part.link(
          path + "?" + Fields([("next", LocalPath(request.form["next"] ?? request.query["next"]).path)]).encoded,
          request.words("Sign in at {issuer}", ["issuer": provider.settings.issuer]), class: "button second")
      }
    }
  }

  /// The link to the provider on the page of the own account.
  @MarkupBuilder static func section(_ request: PageRequest, _ account: Account?) -> Markup {
    if let provider = request.site.provider {
      let words = request.words
      let parts = FormParts(request)
      Part.section(
        words("Sign-in at {issuer}", ["issuer": provider.settings.issuer]), id: "provider",
        note: words["It signs you in here. What you sign asks for your password here all the same."]
      ) {
        if account?.access.providers[provider.settings.issuer] != nil {
          Part.badge("✓ " + words["linked"], .done)
          parts.form("/account/provider/end", class: "narrow") {
            credentials(parts, words)
            parts.button(words["End the link"], class: "danger")
          }
        } else {
          parts.form("/account/provider", class: "narrow") {
            credentials(parts, words)
            parts.button(words["Link to a provider"], class: "second")
          }
        }
      }
    }
  }

  @MarkupBuilder private static func credentials(_ parts: FormParts, _ words: Words) -> Markup {
    parts.input(
      .init(name: "password", label: words["Password"], type: "password", autocomplete: "current-password"))
    parts.secondFactor("code")
  }
}
