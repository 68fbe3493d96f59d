import ClinicalValues
import Conduct
import Ledger
import Trial

/// A request as a page sees it: read, bounded, and of somebody who may.
struct PageRequest: Sendable {
  /// What the pages stand on.
  let site: Site
  /// The path as it came.
  let path: String
  /// The method and the template of the path, in which nobody's number stands.
  let route: String
  /// The parameters of the route's path, decoded.
  let parameters: [String: String]
  /// The query.
  let query: Fields
  /// The fields of a form that was sent.
  let form: Fields
  /// The body of what was sent otherwise.
  let body: [UInt8]
  /// The body of a route of the API, as its schema says; null where there is none.
  let json: CanonicalJSON.Value
  /// The media type of the body, without parameters.
  let contentType: String
  /// The language, theme and density in which the reader wants pages.
  let look: Look
  /// Who is signed in; nil where nobody is.
  var session: Session?
  /// From which address it came.
  let address: String
  /// What the reader's browser calls itself.
  let browser: String
  /// What the reader's browser keeps on the way to an identity provider and back.
  let binder: String?
  /// Under which host, and port, the reader reaches the site.
  var host = ""
  /// That of the reader's site; UTC where they act for none.
  var zone = "UTC"
  /// What the reader is not told.
  var scope = SiteScope.everything
  /// Whether a form is to be shown again with what was sent, and not to be carried out yet.
  var isShownAgain = false
  /// The key under which a program has something done once; nil where it gave none.
  var onceKey: String?
  /// The name of a file that is the body; nil where it was not said.
  var fileName: String?
  /// What the reader could do now; nil where nobody acts.
  var offering: Offering?

  /// Where the reader comes back to: the path, with the query by which it was read. That something was saved is said once.
  var returnPath: String {
    let asked = query.without(["saved"]).encoded
    return route.hasPrefix("GET ") && !asked.isEmpty ? "\(path)?\(asked)" : path
  }

  /// Words in the reader's language.
  var words: Words { look.words }
  /// The study.
  var live: LiveStudy { site.live }

  /// Who is signed in.
  ///
  /// - Throws: `SignInNeeded`.
  func signedIn() throws(SignInNeeded) -> Session {
    guard let session else { throw SignInNeeded() }
    return session
  }

  /// In which role the reader acts.
  ///
  /// - Throws: `SignInNeeded`; also where a role is still to be chosen.
  func acting() throws(SignInNeeded) -> Acting {
    guard let acting = try signedIn().acting else { throw SignInNeeded() }
    return acting
  }

  /// A parameter of the path.
  ///
  /// - Throws: `NotFound` where it does not read as one.
  func parameter<Value>(_ name: String, _ read: (String) throws -> Value) throws(NotFound) -> Value {
    guard let text = parameters[name], let value = try? read(text) else { throw NotFound() }
    return value
  }

  /// The participant of the path, whom the reader may see.
  ///
  /// - Throws: `NotFound` where it is no number; `Refusal` (`unknown-participant`, `other-site`).
  func participant() async throws -> ParticipantState {
    let id = try parameter("participant") { try ParticipantID($0) }
    return try await live.participant(id, for: try acting())
  }

  /// The participant of the path, of whom no more than the cells is shown.
  ///
  /// - Throws: as `participant`.
  func cells() async throws -> ParticipantState {
    let id = try parameter("participant") { try ParticipantID($0) }
    return try await live.cells(of: id, for: try acting())
  }

  /// Writes into the log that something was refused, where a page tells it.
  func note(_ refusal: Refusal) { site.note(refused: refusal.id, to: session?.account, at: route) }

  /// Now, where the reader is.
  func now() async throws -> Moment {
    ZoneClock.moment(site.clock(), zone: try await live.state().zone(for: session?.acting))
  }
}

extension TrialState {
  /// The zone of the site for which a reader acts; UTC where they act for none.
  func zone(for reader: Acting?) -> String { reader?.site.flatMap { sites[$0]?.zone } ?? "UTC" }
}
