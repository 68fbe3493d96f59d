import ClinicalValues
import Synchronization

/// So many times in so many seconds, of one session; from one address where nobody is signed in.
struct RateLimit: Sendable, Hashable {
  /// What is counted together.
  let name: String
  /// How many times.
  let times: Int
  /// In how many seconds.
  let seconds: Int

  /// Attempts to sign in: what a person mistypes, not what a program tries.
  static let signIn = RateLimit(name: "sign-in", times: 20, seconds: 60)
  /// Forms of whom nobody is signed in for, which are read to be kept for them.
  static let kept = RateLimit(name: "kept", times: 20, seconds: 60)
  /// Searches and other costly reads.
  static let search = RateLimit(name: "search", times: 60, seconds: 60)
}

/// Counts requests in windows of fixed length. Cost: constant; windows that have passed are forgotten.
final class RateLimiter: Sendable {
  private struct Key: Hashable {
    let name: String
    let who: String
  }
  private struct Window {
    var began: Instant
    var count: Int
    var ends: Instant
  }
  private let windows = Mutex<[Key: Window]>([:])

  /// Whether one more is allowed; otherwise the seconds to wait.
  func secondsToWait(_ limit: RateLimit, for who: String, now: Instant) -> Int? {
    windows.withLock { windows in
      if windows.count > 10_000 { windows = windows.filter { $0.value.ends > now } }
      let key = Key(name: limit.name, who: who)
      var window =
        windows[key].flatMap { $0.ends > now ? $0 : nil }
        ?? Window(began: now, count: 0, ends: Instant(milliseconds: now.milliseconds + limit.seconds * 1000))
      window.count += 1
      windows[key] = window
      guard window.count > limit.times else { return nil }
      return max(1, (window.ends.milliseconds - now.milliseconds + 999) / 1000)
    }
  }
}
