import Conduct
import HTTPTypes
import Ledger
import Markup
import Trial

/// Sign in, choose a role, sign out.
enum SignInPages {
  static let routes: [Route] = [
    .get("/sign-in", .everyone) { request in .page(page(request)) },
    .post("/sign-in", .everyone, bodyLimit: KeptForm.bodyLimit, limit: .signIn, signIn),
    .post("/sign-out", .ownAccount) { request in
      request.site.sessions.end(try request.signedIn().id)
      return .signedOut(next: "/sign-in")
    },
    .post("/sign-out-everywhere", .ownAccount) { request in
      request.site.sessions.endAll(of: try request.signedIn().account)
      return .signedOut(next: "/sign-in")
    },
    .get("/role", .ownAccount, roles),
    .post("/role", .ownAccount, bodyLimit: KeptForm.bodyLimit, chooseRole),
  ]

  /// The page; it says neither whether a name is an account nor which of name, password and code was wrong.
  private static func page(_ request: PageRequest, refusal: Refusal? = nil) -> Page {
    page(
      request, account: request.form["account"] ?? "",
      next: LocalPath(request.form["next"] ?? request.query["next"]).path, kept: KeptForm(carriedBy: request.form),
      status: refusal == nil ? .ok : .unprocessableContent,
      refusal.map { (request.words.sentence($0.because), request.words.sentence($0.remedy)) })
  }

  /// The page in the place of what came after its session had ended, with what was typed.
  static func page(_ ended: SessionEnded) -> Page {
    var page = page(ended.request, account: "", next: ended.kept.path, kept: ended.kept, status: .unauthorized)
    page.answers = ended.kept.path
    return page
  }

  /// The page again, with what was typed, for who has to wait.
  static func page(_ often: SignInTooOften) -> Page {
    let told = TooManyRequests(seconds: often.seconds).failure(in: often.request.words)
    return page(
      often.request, account: often.request.form["account"] ?? "", next: often.kept.path, kept: often.kept,
      status: .tooManyRequests,
      (.text(told.because), .text(told.remedy)))
  }

  private static func page(
    _ request: PageRequest, account: String, next: String, kept: KeptForm?, status: HTTPResponse.Status,
    _ refused: (because: Markup, remedy: Markup)? = nil
  ) -> Page {
    let words = request.words
    let parts = FormParts(request)
    return Page(words["Sign in"], at: nil, status: status) {
      Markup.tag("div", ["class": "narrow stack"]) {
        if kept != nil {
          Notice.markup(
            .warning, .text(words["Your session had ended. Nothing was recorded, and what you typed is not lost."]),
            .text(words["Sign in: it is there again afterwards."]))
        }
        if let refused { Notice.markup(.stop, refused.because, refused.remedy) }
        Markup.tag("section") {
          parts.form("/sign-in") {
            parts.hidden("next", next)
            for field in kept?.carried ?? [] { parts.hidden(field.name, field.value) }
            parts.input(
              .init(
                name: "account", label: words["Account"], value: account,
                autocomplete: "username",
                attributes: [Attribute("autofocus", nil), Attribute("autocapitalize", "none")]))
            parts.input(
              .init(name: "password", label: words["Password"], type: "password", autocomplete: "current-password"))
            parts.input(
              .init(
                name: "code", label: words["Code of your second factor"],
                help: .text(words["If you have set one: the code that your authenticator shows, or a recovery code."]),
                isOptional: true, autocomplete: "one-time-code"))
            parts.button(words["Sign in"])
          }
          OpenIDPages.signInLink(request)
        }
        Markup.tag("p", ["class": "quiet"]) {
          words["Who has forgotten the password asks an administrator for a link, good once, that leads to a new one."]
        }
        if request.site.settings.publicPage {
          Markup.tag("p", ["class": "quiet"]) { Part.link("/about", words["About the study"]) }
        }
      }
    }
  }

  private static let signIn: Route.Handler = { request in
    let claim = Claim(
      account: request.form.text("account") ?? "", password: request.form["password"] ?? "",
      code: request.form.text("code"))
    do {
      let (session, token) = try await request.begin(
        try await request.live.authenticate(claim, for: .signIn, origin: .web))
      if let kept = KeptForm(carriedBy: request.form), !session.mustChangePassword {
        var again = request
        again.session = session
        return .signedInto(token: token, KeptFormPage.page(again, kept), again)
      }
      return .signedIn(token: token, next: session.firstPath(LocalPath(request.form["next"])))
    } catch let refusal as Refusal {
      return .page(page(request, refusal: refusal))
    }
  }

  private static let roles: Route.Handler = { request in
    let session = try request.signedIn()
    let words = request.words
    let parts = FormParts(request)
    let held = try await request.live.roles(of: session.account)
    return .page(
      Page(words["In which role do you act?"], at: nil) {
        if held.isEmpty {
          Notice.markup(
            .stop, .text(words["Your account has no role."]), .text(words["An administrator grants one."]))
        }
        Markup.tag("div", ["class": "cards"]) {
          for acting in held {
            parts.form("/role", class: "card") {
              parts.hidden("role", acting.role.rawValue)
              parts.hidden("site", acting.site?.description ?? "")
              parts.hidden("next", LocalPath(request.query["next"]).path)
              parts.button(words.role(acting), class: session.acting == acting ? "primary" : "second")
            }
          }
        }
      })
  }

  private static let chooseRole: Route.Handler = { request in
    let chosen = try await request.choose(role: request.form["role"] ?? "", site: request.form.text("site"))
    if let kept = KeptForm(carriedBy: request.form) {
      var again = request
      again.session?.acting = chosen
      return .page(KeptFormPage.page(again, kept))
    }
    return .seeOther(LocalPath(request.form["next"]).path)
  }
}
