import Conduct
import Ledger
import Trial

/// What a program sends with a key of its own, done once: sent again with the same key, as after an answer that was lost, it is
/// answered by what it came to.
///
/// Source: draft-ietf-httpapi-idempotency-key-header-07. A key belongs to its session; the newest
/// `ActResults.perSession` of a session are remembered, as long as it lasts.
struct SentOnce: Sendable {
  private let request: PageRequest
  private let command: String

  /// The longest key, in bytes.
  static let longest = 255

  init(_ request: PageRequest, _ command: String) {
    self.request = request
    self.command = command
  }

  /// Does what is asked for, if it was not done. What is refused, or waits to be signed, has recorded nothing: it may be sent
  /// again.
  ///
  /// - Throws: `BadRequest` where the key is none; `Refusal` where it was sent with something else, or that is still being done.
  func step(_ act: () async throws -> ActCourse.Step) async throws -> ActCourse.Step {
    guard let key = request.onceKey else { return try await act() }
    guard (1...SentOnce.longest).contains(key.utf8.count) else {
      throw BadRequest(because: "The key is empty, or longer than \(SentOnce.longest) characters.")
    }
    let session = try request.signedIn().id
    let results = request.site.results
    results.forget { request.site.sessions.session(of: $0) == nil }
    let token = "key \(key)"
    for _ in 0..<ActOnce.rounds {
      switch results.take(token, of: session) {
      case .done: return try done(token, session)
      case .underWay: try await Task.sleep(for: .milliseconds(ActOnce.milliseconds))
      case .first: return try await first(token, session, act)
      }
    }
    throw Refusal(
      "under-way", because: "This was sent before, and what it asks for is still being done.",
      remedy: "Wait a moment, then send it again.")
  }

  private func done(_ token: String, _ session: String) throws -> ActCourse.Step {
    guard let result = request.site.results.result(token, of: session), result.sent == sent else {
      throw Refusal(
        "key-used", because: "This key was sent before with something else.",
        remedy: "Give everything that is to be done a key of its own.")
    }
    return .done(result.done)
  }

  private func first(
    _ token: String, _ session: String, _ act: () async throws -> ActCourse.Step
  ) async throws -> ActCourse.Step {
    do {
      let step = try await act()
      switch step {
      case .done(let done):
        request.site.results.keep(.init(done: done, command: command, back: "", sent: sent), for: token, of: session)
      case .toSign: request.site.results.release(token, of: session)
      }
      return step
    } catch {
      request.site.results.release(token, of: session)
      throw error
    }
  }

  /// What was sent, and for what.
  private var sent: Digest { Digest(of: Array(command.utf8) + [0] + request.body) }
}
