import ClinicalValues
import Conduct
import HTTPTypes
import Ledger
import Markup
import Trial

/// The reader's own account: sessions, password, second factor.
enum OwnAccountPages {
  static let routes: [Route] = [
    .get("/account", .ownAccount, overview),
    .get("/account/password", .ownAccount) { request in .page(password(request)) },
    .post("/account/password", .ownAccount, limit: .signIn, changePassword),
  ]

  private static let overview: Route.Handler = { request in
    let session = try request.signedIn()
    let words = request.words
    let parts = FormParts(request)
    let account = try await request.live.state().people.accounts[session.account]
    let sessions = request.site.sessions.all(of: session.account, now: request.site.clock())
    return .page(
      Page(words["My account"], at: nil) {
        AccountNotices.markup(session, account, zone: request.zone, ActLinks(request))
        Part.section(words["Who I am"]) {
          Part.facts([
            (words["Name"], .text(session.name)), (words["Account"], .text(session.account.description)),
            (words["Roles"], .text(session.roles.map { words.role($0) }.joined(separator: ", "))),
            (
              words["Second factor"],
              account?.access.hasSecondFactor == true
                ? Part.badge(words["set"], .done) : Part.badge(words["not set"], .due)
            ),
          ])
          Markup.tag("div", ["class": "actions"]) {
            Part.link("/account/password", words["Change the password"], class: "button second")
            Part.link("/account/second-factor", words["Second factor"], class: "button second")
          }
        }
        OpenIDPages.section(request, account)
        Part.section(words["Where I am signed in"]) {
          Part.table(
            words["Sessions, the newest first"],
            [words["Browser"], words["Address"], words["Since"], words["Last seen"]],
            sessions.map { other in
              [
                .fragment([
                  .text(other.browser), other.id == session.id ? Part.badge(words["this one"], .done) : .fragment([]),
                ]), .text(other.address), words.placedTime(ZoneClock.moment(other.began, zone: request.zone)),
                words.placedTime(ZoneClock.moment(other.seen, zone: request.zone)),
              ]
            }, empty: words["No session."])
          parts.form("/sign-out-everywhere") { parts.button(words["Sign out everywhere"], class: "danger") }
        }
      })
  }

  private static func password(_ request: PageRequest, refusal: Refusal? = nil) -> Page {
    let words = request.words
    let parts = FormParts(request)
    return Page(
      words["Change the password"], at: nil, status: refusal == nil ? .ok : .unprocessableContent,
      trail: [(words["My account"], "/account")]
    ) {
      if request.session?.mustChangePassword == true {
        Notice.markup(
          .warning, .text(words["Your password was given to you, or is too old."]),
          .text(words["Choose a new one; until then you can do nothing else."]))
      }
      if let refusal { Notice.markup(.stop, words.sentence(refusal.because), words.sentence(refusal.remedy)) }
      Markup.tag("section", ["class": "narrow"]) {
        parts.form("/account/password") {
          parts.input(
            .init(
              name: "password", label: words["Password now"], type: "password", autocomplete: "current-password"))
          parts.secondFactor("code")
          NewPasswordFields.markup(parts, words)
          parts.button(words["Change the password"])
        }
      }
    }
  }

  private static let changePassword: Route.Handler = { request in
    let session = try request.signedIn()
    do {
      let new = try NewPasswordFields.chosen(request)
      try await request.changePassword(
        from: request.form["password"] ?? "", code: request.form.text("code"), to: new)
    } catch let refusal as Refusal {
      return .page(password(request, refusal: refusal))
    }
    return .seeOther(session.acting == nil ? "/role" : "/")
  }
}
