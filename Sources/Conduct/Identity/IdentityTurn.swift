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
  private let patience: Int
  /// Says whose the row is, and nothing of anybody.
  private let mark = Entropy.system.bytes(16)

  /// A turn that is not taken yet.
  ///
  /// - Parameter patience: how often one that another has is looked at while it stands unchanged, every 20 ms. Looks are counted and no
  ///   time: a machine that is busy lets whoever has it wait as well.
  init(at store: any SealedStore, patience: Int) {
    self.store = store
    self.patience = patience
  }

  /// What stands in the store as long as nobody has taken it over: what is written in a turn expects it.
  var standing: [SealedName: [UInt8]?] { [IdentityTurn.name: mark] }

  /// Comes back when nobody else has a turn.
  ///
  /// - Throws: `StoreFailure` (busy) where others have had turns for twice the patience: one that was left behind is had by then.
  func take() async throws {
    var seen: [UInt8]?
    var unchanged = 0
    for _ in 0...patience * 2 {
      let held = try await store.bytes(IdentityTurn.name)
      unchanged = held == seen ? unchanged + 1 : 0
      seen = held
      if held == nil || unchanged > patience,
        try await store.write([.put(mark, IdentityTurn.name)], expecting: [IdentityTurn.name: held])
      {
        return
      }
      try await Task.sleep(for: .milliseconds(20))
    }
    throw IdentityTurn.ofOthers
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
