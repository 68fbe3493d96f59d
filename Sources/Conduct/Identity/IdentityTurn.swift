import Ledger

/// A turn at the identity store, of which one at a time is had, also by another process: whoever comes to be kept, or is kept
/// otherwise, is compared with all others, recorded and kept before anybody else is compared.
///
/// It is a row of the store. A program that was stopped leaves it behind; whoever has seen it stand unchanged for longer than any
/// turn lasts takes it over. No time is written into it: programs may go by different clocks.
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

  /// Comes back when nobody else has a turn.
  func take() async throws {
    var seen: [UInt8]?
    var since = ContinuousClock.now
    while true {
      let held = try await store.bytes(IdentityTurn.name)
      if held != seen { (seen, since) = (held, ContinuousClock.now) }
      if held == nil || ContinuousClock.now - since > patience,
        try await store.write([.put(mark, IdentityTurn.name)], expecting: [IdentityTurn.name: held])
      {
        return
      }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  /// Ends it; nothing where it was never taken. What cannot be ended is taken over by whoever waits.
  func leave() async {
    _ = try? await store.write([.remove(IdentityTurn.name)], expecting: [IdentityTurn.name: mark])
  }
}
