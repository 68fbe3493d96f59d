import ClinicalValues
import Conduct
import Synchronization

/// Second factors that were offered to a session and are not in use yet: kept in memory until a code has shown that the device holds one.
final class OfferedFactors: Sendable {
  /// Minutes in which an offer can be confirmed.
  static let minutes = 15

  private struct Offered {
    let offer: SecondFactorOffer
    let until: Instant
  }
  private let offers = Mutex<[String: Offered]>([:])

  /// Keeps an offer for a session, in the place of an earlier one.
  func keep(_ offer: SecondFactorOffer, for session: String, now: Instant) {
    offers.withLock { offers in
      offers = offers.filter { $0.value.until > now }
      offers[session] = Offered(offer: offer, until: now.adding(minutes: OfferedFactors.minutes))
    }
  }

  /// What was offered to a session; nil where nothing was, or it is too long ago.
  func offer(to session: String, now: Instant) -> SecondFactorOffer? {
    offers.withLock { offers in offers[session].flatMap { $0.until > now ? $0.offer : nil } }
  }

  /// Forgets what was offered to a session.
  func forget(_ session: String) { offers.withLock { $0[session] = nil } }
}
