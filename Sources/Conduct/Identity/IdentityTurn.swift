import Ledger

/// A turn at the identity store, of which one at a time is had, also by another process: whoever comes to be kept, or is kept
/// otherwise, is compared with all others, recorded and kept before anybody else is compared.
///
/// It is a row of the store. A program that was stopped leaves it behind; whoever has seen it stand unchanged for long takes it over.
/// A program that was only slow finds that out before it records, and keeps nothing once the row is another's. No time is written
/// into it: programs may go by different clocks.
struct IdentityTurn: Sendable {
  private static let name = SealedName("turn", "identity")

  private let store: any SealedStore
  private let patience: Duration
  /// Says whose the row is, and nothing of anybody.
  private let mark = Entropy.system.bytes(16)

  /// A turn that is not taken yet.
  ///
  /// - Parameter patience: for how long one that another has is waited for while it stands unchanged.
  init(at store: any SealedStore, patience: Duration) {
    self.store = store
    self.patience = patience
  }

  /// What stands in the store as long as nobody has taken it over: what is written in a turn expects it.
  var standing: [SealedName: [UInt8]?] { [IdentityTurn.name: mark] }

  /// Comes back when nobody else has a turn.
  ///
  /// - Throws: `StoreFailure` (busy) where others have had turns for twice the patience: one that was left behind is had by then.
  func take() async throws {
    let start = ContinuousClock.now
    var seen: [UInt8]?
    var since = start
    while true {
      let held = try await store.bytes(IdentityTurn.name)
      let now = ContinuousClock.now
      if held != seen { (seen, since) = (held, now) }
      if held == nil || now - since > patience,
        try await store.write([.put(mark, IdentityTurn.name)], expecting: [IdentityTurn.name: held])
      {
        return
      }
      guard now - start <= patience * 2 else { throw IdentityTurn.ofOthers }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  /// Refuses to go on with what was compared in it once somebody else has taken it over.
  ///
  /// - Throws: `StoreFailure` (busy).
  func requireStanding() async throws {
    guard try await store.bytes(IdentityTurn.name) == mark else { throw IdentityTurn.ofOthers }
  }

  /// Ends it, also where whoever had it was cancelled; nothing where it was never taken. What cannot be ended is taken over by
  /// whoever waits.
  func leave() async {
    await Task { _ = try? await store.write([.remove(IdentityTurn.name)], expecting: standing) }.value
  }

  private static var ofOthers: StoreFailure {
    StoreFailure(
      .busy, found: "Others have the identity store.", remedy: "Nothing was recorded. Repeat it in a moment.")
  }
}
