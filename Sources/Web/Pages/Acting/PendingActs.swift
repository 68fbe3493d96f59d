import ClinicalValues
import Conduct
import Ledger
import Synchronization

/// Acts that were decided and shown, and wait for the signatures of those who do them: the very request that was shown is
/// carried out, or none.
final class PendingActs: Sendable {
  /// An act that waits.
  struct Pending: Sendable {
    /// Whose session asked for it.
    let session: String
    let request: Request
    /// What the request was made of.
    let given: Given
    /// The digests of what was shown to be signed, in order.
    let shown: [Digest]
    /// Where the reader goes afterwards.
    let back: String
    let until: Instant
  }

  /// Minutes from showing to signing; a gate's act happens now.
  static let minutes = 5
  /// How many one session may have waiting.
  static let perSession = 20

  private let waiting = Mutex<[String: Pending]>([:])

  /// Keeps an act.
  ///
  /// - Returns: by what it is asked for again.
  func keep(_ pending: Pending, entropy: Entropy, now: Instant) -> String {
    let key = Base64URL.encode(entropy.bytes(18))
    waiting.withLock { waiting in
      waiting = waiting.filter { $0.value.until > now }
      let own = waiting.filter { $0.value.session == pending.session }.sorted { $0.value.until < $1.value.until }
      for (old, _) in own.dropLast(PendingActs.perSession - 1) { waiting[old] = nil }
      waiting[key] = pending
    }
    return key
  }

  /// The act of a key, for the session that asked for it.
  func pending(_ key: String, of session: String, now: Instant) -> Pending? {
    waiting.withLock { waiting in
      waiting[key].flatMap { $0.session == session && $0.until > now ? $0 : nil }
    }
  }

  /// Forgets an act: it was carried out.
  func remove(_ key: String) { waiting.withLock { $0[key] = nil } }
}
