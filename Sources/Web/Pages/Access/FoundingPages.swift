public import Conduct
import HTTPTypes
import Ledger
import Markup
import StudyDesign
import Trial

/// The link by which the study is begun: known to whoever started the program, and good once.
public struct FoundingLink: Sendable {
  private let token: String

  /// A new link.
  public init(entropy: Entropy) { token = Base64URL.encode(entropy.bytes(24)) }

  /// The path that is opened in a browser.
  public var path: String { "/begin?" + Fields([("token", token)]).encoded }

  /// Whether a token is that of the link.
  func opens(_ given: String?) -> Bool { given == token }
}

/// The first start: the first administrator and the sponsor's signatory, two people, with their passwords.
enum FoundingPages {
  static let routes: [Route] = [
    .get("/begin", .everyone, limit: .signIn) { request in
      try await admit(request, token: request.query["token"])
      return .page(page(request, token: request.query["token"] ?? ""))
    },
    .post("/begin", .everyone, limit: .signIn, begin),
  ]

  /// Refuses whoever does not have the link, and everybody once the study runs: to all of them there is nothing here.
  private static func admit(_ request: PageRequest, token: String?) async throws {
    guard let link = request.site.founding, link.opens(token), try await request.live.state().study.study == nil else {
      throw NotFound()
    }
  }

  private static func page(_ request: PageRequest, token: String, refusal: Refusal? = nil) -> Page {
    let words = request.words
    let parts = FormParts(request)
    func person(_ key: String, _ title: String, _ help: String) -> Markup {
      Part.section(title, note: help) {
        parts.input(
          .init(name: "\(key)Name", label: words["Name of the person"], value: request.form["\(key)Name"] ?? ""))
        parts.input(
          .init(
            name: key, label: words["Account"], value: request.form[key] ?? "",
            help: .text(words["Small letters, figures, dots and hyphens, such as anna.berg."])))
        parts.input(
          .init(
            name: "\(key)Password", label: words["Password"], type: "password",
            help: .text(words["At least 12 characters. A sentence is good; your name or account is not."]),
            autocomplete: "new-password"))
      }
    }
    return Page(words["Begin the study"], at: nil, status: refusal == nil ? .ok : .unprocessableContent) {
      if let refusal { Notice.markup(.stop, words.sentence(refusal.because), words.sentence(refusal.remedy)) }
      parts.form("/begin") {
        parts.hidden("token", token)
        person(
          "administrator", words["The first administrator"],
          words["Makes accounts and gives roles; sees nothing clinical and signs for nobody."])
        person(
          "sponsor", words["The sponsor's signatory"],
          words["Signs who may work for the sponsor, for quality assurance and in the laboratory; nothing else."])
        parts.button(words["Begin the study"])
      }
    }
  }

  private static let begin: Route.Handler = { request in
    let token = request.form["token"] ?? ""
    try await admit(request, token: token)
    do {
      let founding = Founding(
        study: request.site.newest?.id ?? "", synthetic: false,
        administrator: try account(request, "administrator"),
        administratorName: request.form.text("administratorName") ?? "",
        sponsor: try account(request, "sponsor"), sponsorName: request.form.text("sponsorName") ?? "")
      try await request.live.found(
        founding, administratorPassword: request.form["administratorPassword"] ?? "",
        sponsorPassword: request.form["sponsorPassword"] ?? "", origin: .web)
    } catch let refusal as Refusal {
      return .page(page(request, token: token, refusal: refusal))
    }
    return .seeOther("/sign-in")
  }

  private static func account(_ request: PageRequest, _ field: String) throws(Refusal) -> AccountID {
    do { return try AccountID(request.form.text(field) ?? "") } catch {
      throw Refusal(
        "account-not-a-name", because: "\(error)", remedy: request.words["Write it as anna.berg, and send it again."])
    }
  }
}
