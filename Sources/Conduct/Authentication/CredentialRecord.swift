internal import ClinicalValues
internal import Ledger
internal import Trial

/// What is kept of how a person shows who they are. It rests encrypted in the credential store, never in the ledger.
struct CredentialRecord: Sendable, Hashable, Codable {
  var password: PasswordHash
  /// When the password was set.
  var set: Instant
  /// Whether an administrator gave it, so that it must be changed.
  var isGiven: Bool
  /// The passwords before it, the newest first.
  var previous: [PasswordHash]
  var secondFactor: SecondFactor?

  struct SecondFactor: Sendable, Hashable, Codable {
    /// The shared secret, in hexadecimal digits.
    let secret: String
    /// The step of the last code that was used: each code opens once.
    var lastStep: Int
    /// Keyed hashes of recovery codes that are left.
    var recovery: [String]
  }
}

/// Credentials in a sealed store, encrypted under the master key, each bound to its account.
struct CredentialStore: Sendable {
  let store: any SealedStore
  let entropy: Entropy
  private let key: SealingKey
  private let recoveryKey: SealingKey

  init(store: any SealedStore, master: MasterKey, entropy: Entropy) {
    self.store = store
    self.entropy = entropy
    self.key = master.key(for: "credentials")
    self.recoveryKey = master.key(for: "recovery codes")
  }

  /// A record with the bytes that it was read from, for writing it back only if nobody else has.
  struct Stored {
    var record: CredentialRecord
    fileprivate let bytes: [UInt8]
  }

  func read(_ account: AccountID) async throws -> Stored? {
    let name = Self.name(account)
    guard let bytes = try await store.bytes(name) else { return nil }
    let opened = try key.open(bytes, context: name.description)
    return Stored(record: try CanonicalJSON(parsing: opened).decode(), bytes: bytes)
  }

  /// Writes a record in the place of what was read; false if that has changed meanwhile.
  func write(_ record: CredentialRecord, for account: AccountID, over read: Stored?) async throws -> Bool {
    let name = Self.name(account)
    let bytes = try key.seal(try CanonicalJSON(encoding: record).bytes, context: name.description, entropy: entropy)
    return try await store.write([.put(bytes, name)], expecting: [name: read?.bytes])
  }

  /// What is kept of a recovery code: nothing that shows it.
  func recoveryHash(_ code: String) -> String {
    recoveryKey.authenticationCode(of: String(code.lowercased().filter { $0.isLetter || $0.isNumber })).hexadecimal
  }

  private static func name(_ account: AccountID) -> SealedName { SealedName("credential", account.description) }
}
