import ClinicalValues
import Conduct
import Ledger
import Synchronization
import Trial

/// Acts that were decided and shown, and wait for the signatures of those who do them: the very request that was shown is
/// carried out, once, or none.
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

  /// How an act stands for the session that asked for it.
  enum Standing: Sendable {
    case waits(Pending)
    /// It is being carried out.
    case underWay
    /// It was carried out: the first event that tells of it, where there is one.
    case recorded(Position?)
    /// Its time ran out.
    case ranOut
    /// Nothing is known of it, or not whether it was recorded.
    case unknown
  }

  private enum Stage {
    case waits(Pending), underWay(Pending)
    case recorded(Position?)
    case ranOut
    /// It was begun, and whether it was recorded is not known.
    case unclear
  }

  /// What is known of a key: once an act is recorded or its time has run out, no more than that.
  private struct Kept {
    let session: String
    let until: Instant
    var stage: Stage

    func standing(at now: Instant) -> Standing {
      switch stage {
      case .waits(let pending): until > now ? .waits(pending) : .ranOut
      case .underWay: .underWay
      case .recorded(let position): .recorded(position)
      case .ranOut: .ranOut
      case .unclear: .unknown
      }
    }
  }

  /// Minutes from showing to signing; a gate's act happens now.
  static let minutes = 5
  /// Minutes for which it is known afterwards what became of it, for whoever sends it again.
  static let minutesKnown = 60
  /// How many one session may have waiting.
  static let perSession = 20

  private let acts = Mutex<[String: Kept]>([:])

  /// Keeps an act.
  ///
  /// - Returns: by what it is asked for again.
  func keep(_ pending: Pending, entropy: Entropy, now: Instant) -> String {
    let key = Base64URL.encode(entropy.bytes(18))
    acts.withLock { acts in
      acts = acts.filter { $0.value.until.adding(minutes: PendingActs.minutesKnown) > now }
      for (old, kept) in acts {
        if case .waits = kept.stage, kept.until <= now { acts[old]?.stage = .ranOut }
      }
      let waiting = acts.filter { _, kept in
        if case .waits = kept.stage { kept.session == pending.session } else { false }
      }
      let newestLast = waiting.sorted { $0.value.until < $1.value.until }
      for (old, _) in newestLast.dropLast(PendingActs.perSession - 1) { acts[old] = nil }
      acts[key] = Kept(session: pending.session, until: pending.until, stage: .waits(pending))
    }
    return key
  }

  /// How the act of a key stands, for the session that asked for it.
  func standing(of key: String, in session: String, now: Instant) -> Standing {
    acts.withLock { acts in
      acts[key].flatMap { $0.session == session ? $0.standing(at: now) : nil } ?? .unknown
    }
  }

  /// The same, and takes an act that waits: whoever is told that it waits carries it out, and nobody else does meanwhile.
  func claim(_ key: String, in session: String, now: Instant) -> Standing {
    acts.withLock { acts in
      guard let kept = acts[key], kept.session == session else { return .unknown }
      let standing = kept.standing(at: now)
      if case .waits(let pending) = standing { acts[key]?.stage = .underWay(pending) }
      return standing
    }
  }

  /// An act that was claimed was not carried out: it waits again.
  func release(_ key: String) {
    acts.withLock { acts in
      if case .underWay(let pending) = acts[key]?.stage { acts[key]?.stage = .waits(pending) }
    }
  }

  /// Of an act that was claimed it is not known whether it was recorded: it never waits again.
  func leave(_ key: String) { acts.withLock { $0[key]?.stage = .unclear } }

  /// An act that was claimed was carried out.
  func settle(_ key: String, by position: Position?) { acts.withLock { $0[key]?.stage = .recorded(position) } }
}

extension PendingActs.Standing {
  /// The act, if it waits.
  ///
  /// - Throws: `Refusal` (`being-signed`, `already-recorded`, `signing-took-too-long`, `not-waiting`).
  func waiting() throws(Refusal) -> PendingActs.Pending {
    switch self {
    case .waits(let pending): return pending
    case .underWay:
      throw Refusal(
        "being-signed", because: "This is being signed at this moment.",
        remedy: "Wait a moment, then look at what was recorded.")
    case .recorded(let position):
      throw Refusal(
        "already-recorded",
        because: position.map { "This was recorded already, as event \($0)." } ?? "This was done already.",
        remedy: "It need not be entered again.")
    case .ranOut:
      throw Refusal(
        "signing-took-too-long", because: "What was shown is older than \(PendingActs.minutes) minutes.",
        remedy: "Nothing was recorded. Enter it again, and sign what is shown then.")
    case .unknown:
      throw Refusal(
        "not-waiting", because: "This does not wait here any more.",
        remedy: "Look whether it was recorded before you enter it again.")
    }
  }
}
