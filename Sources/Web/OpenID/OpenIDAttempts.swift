import ClinicalValues
import Conduct
import Crypto
import Synchronization

/// Readers who were sent to a provider and have not come back yet.
final class OpenIDAttempts: Sendable {
  /// A reader on the way to a provider and back.
  struct Attempt: Sendable {
    /// What comes back with the reader, so that the answer belongs to this question.
    let state: String
    /// What stands in the token, so that it was made for this question.
    let nonce: String
    /// What is shown with the code, so that nobody else can use it (RFC 7636).
    let verifier: String
    /// What the reader's browser keeps meanwhile, so that the answer comes back in the browser that asked.
    let binder: String
    /// Where the reader meant to go.
    let next: String
    /// The session that asks to link its account; nil for signing in.
    let linking: String?
    let until: Instant
  }

  /// Minutes for the way there and back.
  static let minutes = 10
  /// How many may be under way at once; the oldest are forgotten.
  static let greatest = 1000

  private let attempts = Mutex<[String: Attempt]>([:])

  /// Begins one.
  func begin(next: String, linking: String?, entropy: Entropy, now: Instant) -> Attempt {
    func random() -> String { Base64URL.encode(entropy.bytes(32)) }
    let attempt = Attempt(
      state: random(), nonce: random(), verifier: random(), binder: random(), next: next, linking: linking,
      until: now.adding(minutes: OpenIDAttempts.minutes))
    attempts.withLock { attempts in
      attempts = attempts.filter { now < $0.value.until }
      let old = attempts.values.sorted { $0.until < $1.until }.dropLast(OpenIDAttempts.greatest - 1)
      for forgotten in old { attempts[forgotten.state] = nil }
      attempts[attempt.state] = attempt
    }
    return attempt
  }

  /// The attempt that an answer belongs to, for the browser that asked; each is good once, whoever brings its state.
  func end(_ state: String, binder: String?, now: Instant) -> Attempt? {
    let attempt = attempts.withLock { $0.removeValue(forKey: state) }
    guard let attempt, now < attempt.until, attempt.binder == binder else { return nil }
    return attempt
  }
}
