import Conduct
import Trial

/// A form for an act, good once: whoever sends it again, by a second click or after an answer that was lost, is led to what it
/// came to.
struct ActOnce: Sendable {
  /// The field of a form that tells it from every other.
  static let field = "_once"

  /// What came of a form that was sent.
  enum Outcome: Sendable {
    /// It was carried out.
    case done(CarriedOut, back: String)
    /// Nothing was recorded: it is refused, or is to be signed.
    case page(Page)
  }

  private let request: PageRequest
  private let form: CommandForm
  private let token: String

  /// How often it is asked whether the same form, sent before, has come to an end; and how long it is waited between.
  static let rounds = 300
  static let milliseconds = 100

  init(_ request: PageRequest, _ form: CommandForm, token: String) {
    self.request = request
    self.form = form
    self.token = token
  }

  /// A token for a form.
  static func token(_ request: PageRequest) -> String { Base64URL.encode(request.site.entropy.bytes(18)) }

  /// Does what the form asks for, if it was not done.
  func reply(_ act: () async throws -> Outcome) async throws -> Reply {
    let session = try request.signedIn().id
    let results = request.site.results
    results.forget { request.site.sessions.session(of: $0) == nil }
    for _ in 0..<ActOnce.rounds {
      switch results.take(token, of: session) {
      case .done: return .seeOther(path)
      case .underWay: try await Task.sleep(for: .milliseconds(ActOnce.milliseconds))
      case .first:
        do {
          switch try await act() {
          case .page(var page):
            results.release(token, of: session)
            page.answers = ActPath.of(form.type)
            return .page(page)
          case .done(let done, let back):
            results.keep(.init(done: done, command: form.name, back: back), for: token, of: session)
            return .seeOther(path)
          }
        } catch {
          results.release(token, of: session)
          throw error
        }
      }
    }
    throw Refusal(
      "under-way", because: "This form was sent before, and what it asks for is still being done.",
      remedy: "Wait a moment, then look at what was recorded.")
  }

  /// Where what it came to is shown.
  private var path: String {
    "/act/\(ActPath.slug(form.name))/recorded?\(Fields([("form", token)]).encoded)"
  }
}
