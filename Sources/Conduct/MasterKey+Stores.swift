public import Ledger

extension MasterKey {
  private static let mark = SealedName("master-key", "check")

  /// Makes sure that a store was sealed under this key; one that is new, which only a study that begins has, is marked as
  /// this key's.
  ///
  /// Called before anything is read or written, so that a wrong or a new key file never writes beside what another
  /// one sealed.
  ///
  /// - Throws: `SealingFailure` if the store belongs to another key; `StoreFailure`.
  public func requireFit(_ store: any SealedStore, entropy: Entropy = .system) async throws {
    let key = key(for: "check")
    if let kept = try await store.bytes(MasterKey.mark) {
      _ = try key.open(kept, context: MasterKey.mark.description)
      return
    }
    let sealed = try key.seal([], context: MasterKey.mark.description, entropy: entropy)
    guard try await store.write([.put(sealed, MasterKey.mark)], expecting: [MasterKey.mark: nil]) else {
      // Another process marked it in the same moment: it must have the same key.
      return try await requireFit(store, entropy: entropy)
    }
  }
}

extension MasterKey {
  /// Whether a store of a study that runs bears the mark of this key; one that bears none was emptied, or another file
  /// was put in its place.
  ///
  /// - Throws: `SealingFailure` if it bears the mark of another key; `StoreFailure`.
  public func hasMarked(_ store: any SealedStore) async throws -> Bool {
    guard let kept = try await store.bytes(MasterKey.mark) else { return false }
    _ = try key(for: "check").open(kept, context: MasterKey.mark.description)
    return true
  }
}

extension MasterKey {
  /// The key with which a ledger signs its checkpoints and exports. It follows from the master key, so that there is one
  /// file of secrets to keep apart and to keep a copy of.
  ///
  /// - Throws: `InvalidKey` if the name is none that a key can have.
  public func ledgerKey(name: String) throws(InvalidKey) -> SigningKey {
    try SigningKey(name: name, seed: key(for: "ledger").authenticationCode(of: name))
  }
}
