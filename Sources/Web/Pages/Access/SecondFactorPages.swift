import Conduct
import HTTPTypes
import Labels
import Ledger
import Markup
import Trial

/// The second factor of the reader's own account: set up, replaced, taken out of use. Each asks for the password once more.
enum SecondFactorPages {
  static let path = "/account/second-factor"

  static let routes: [Route] = [
    .get(path, .ownAccount) { request in .page(try await page(request)) },
    .post("\(path)/offer", .ownAccount, limit: .signIn, offer),
    .post(path, .ownAccount, limit: .signIn, confirm),
    .post("\(path)/remove", .ownAccount, limit: .signIn, remove),
  ]

  /// Who must first choose a password of their own cannot guard it with a second factor yet.
  private static func owner(_ request: PageRequest) throws -> Session {
    let session = try request.signedIn()
    guard !session.mustChangePassword else { throw OwnPasswordNeeded() }
    return session
  }

  private static func page(_ request: PageRequest, refusal: Refusal? = nil) async throws -> Page {
    let session = try owner(request)
    let words = request.words
    let isSet = try await request.live.state().people.accounts[session.account]?.access.hasSecondFactor ?? false
    let offer = request.site.offeredFactors.offer(to: session.id, now: request.site.clock())
    return Page(
      words["Second factor"], at: nil, status: refusal == nil ? .ok : .unprocessableContent,
      trail: [(words["My account"], "/account")]
    ) {
      if let refusal { Notice.markup(.stop, words.sentence(refusal.because), words.sentence(refusal.remedy)) }
      if !isSet, request.site.settings.requiresSecondFactor {
        Notice.markup(
          .warning, .text(words["Here nobody works without a second factor."]),
          .text(words["Until it is set you can do nothing else."]))
      }
      Markup.tag("p") {
        isSet ? Part.badge("✓ " + words["set"], .done) : Part.badge(words["not set"], .due)
        " "
          + words[
            "A device of your own shows a code that changes every 30 seconds. Your password alone then opens nothing, and signs nothing."
          ]
      }
      if let offer {
        SecondFactorForms(request, isSet: isSet).confirmation(of: offer)
      } else {
        SecondFactorForms(request, isSet: isSet).begin
      }
      if isSet, !request.site.settings.requiresSecondFactor { SecondFactorForms(request, isSet: isSet).removal }
    }
  }

  private static let offer: Route.Handler = { request in
    let session = try owner(request)
    let offer = await request.live.offerSecondFactor(for: session.account)
    request.site.offeredFactors.keep(offer, for: session.id, now: request.site.clock())
    return .seeOther(path)
  }

  private static let confirm: Route.Handler = { request in
    let session = try owner(request)
    guard let offer = request.site.offeredFactors.offer(to: session.id, now: request.site.clock()) else {
      return .page(
        try await page(
          request,
          refusal: Refusal(
            "offer-too-old", because: "The new second factor was shown too long ago.",
            remedy: "Begin again; nothing was changed.")))
    }
    do {
      let recovery = try await request.live.confirmSecondFactor(
        offer, code: request.form.text("new") ?? "", claim: claim(request, of: session), origin: .web)
      request.site.offeredFactors.forget(session.id)
      // Whoever came in without it is out.
      request.site.sessions.endAll(of: session.account, but: session.id)
      return .page(done(request, recovery))
    } catch let refusal as Refusal {
      return .page(try await page(request, refusal: refusal))
    }
  }

  private static let remove: Route.Handler = { request in
    let session = try owner(request)
    do {
      try await request.live.dropSecondFactor(claim(request, of: session), origin: .web)
      request.site.sessions.endAll(of: session.account, but: session.id)
    } catch let refusal as Refusal {
      return .page(try await page(request, refusal: refusal))
    }
    return .seeOther(path)
  }

  private static func claim(_ request: PageRequest, of session: Session) -> Claim {
    Claim(
      account: session.account.description, password: request.form["password"] ?? "", code: request.form.text("code"))
  }

  /// The recovery codes, shown this once.
  private static func done(_ request: PageRequest, _ recovery: [String]) -> Page {
    let words = request.words
    return Page(words["Your second factor is set"], at: nil, trail: [(words["My account"], "/account")]) {
      Notice.markup(
        .warning, .tag("strong") { words["Write these recovery codes down, and keep them apart from the device."] },
        .text(
          words[
            "Each opens once in the place of a code, if the device is lost. They are shown this once and kept nowhere."]
        ))
      Markup.tag("section") {
        Markup.tag("ol", ["class": "codes"]) {
          for code in recovery { Markup.tag("li") { Markup.tag("code") { code } } }
        }
      }
      Markup.tag("p") { Part.link("/account", words["I have written them down"], class: "button") }
    }
  }
}

/// The forms of the page.
struct SecondFactorForms {
  private let parts: FormParts
  /// Whether a factor is in use, whose code is then asked for too.
  private let isSet: Bool
  private var words: Words { parts.words }

  init(_ request: PageRequest, isSet: Bool) {
    parts = FormParts(request)
    self.isSet = isSet
  }

  var begin: Markup {
    Part.section(isSet ? words["Another device"] : words["Set it up"]) {
      Markup.tag("p") {
        words["You need an authenticator app on your telephone or computer (time-based codes, RFC 6238)."]
      }
      parts.form("/account/second-factor/offer") { parts.button(words["Begin"]) }
    }
  }

  func confirmation(of offer: SecondFactorOffer) -> Markup {
    Part.section(words["Give this to your authenticator app"]) {
      Markup.tag("div", ["class": "columns"]) {
        if let code = QRCode(offer.uri) {
          Markup.tag("div", ["class": "figure-box"]) { code.svg(title: words["The secret as a QR code"]) }
        }
        Markup.tag("div", ["class": "stack"]) {
          Markup.tag("p") { words["Scan the code with the app, or type this secret into it:"] }
          Markup.tag("p", ["class": "code"]) { SecondFactorForms.grouped(offer.typed) }
          Markup.tag("p") { Part.link(offer.uri, words["Open it in an app on this device"]) }
          parts.form("/account/second-factor") {
            parts.input(
              .init(
                name: "new", label: words["Code that the app shows now"], autocomplete: "one-time-code",
                attributes: [Attribute("inputmode", "numeric"), Attribute("autofocus", nil)]))
            credentials(id: "confirm")
            parts.button(words["Use it from now on"])
          }
        }
      }
    }
  }

  var removal: Markup {
    Part.section(words["Take it out of use"]) {
      Part.disclosure(.text(words["I want to do without a second factor"])) {
        parts.form("/account/second-factor/remove") {
          credentials(id: "remove")
          parts.button(words["Take it out of use"], class: "danger")
        }
      }
    }
  }

  /// Password, and code of the factor in use; two forms of one page have fields of the same names under ids of their own.
  @MarkupBuilder private func credentials(id: String) -> Markup {
    parts.input(
      .init(
        name: "password", label: words["Password"], type: "password", autocomplete: "current-password", scope: id))
    if isSet {
      parts.input(
        .init(
          name: "code", label: words["Code of the second factor in use"],
          help: .text(words["Or a recovery code."]), autocomplete: "one-time-code", scope: id))
    }
  }

  /// A secret in groups of four, as people copy it.
  static func grouped(_ secret: String) -> String {
    stride(from: 0, to: secret.count, by: 4).map { String(secret.dropFirst($0).prefix(4)) }.joined(separator: " ")
  }
}
