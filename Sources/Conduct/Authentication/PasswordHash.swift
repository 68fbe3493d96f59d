internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials
internal import Ledger

/// What a guess of a password costs: the parameters of scrypt (RFC 7914). Kept with each hash, so that they can rise.
public struct ScryptCost: Sendable, Hashable, Codable {
  /// CPU and memory cost N, a power of two.
  public let rounds: Int
  /// Block size r; memory is 128 N r bytes.
  public let blockSize: Int
  /// Parallelization p.
  public let parallelism: Int

  /// A cost; `standard` unless for tests.
  public init(rounds: Int, blockSize: Int, parallelism: Int) {
    self.rounds = rounds
    self.blockSize = blockSize
    self.parallelism = parallelism
  }

  /// N = 2^15, r = 8, p = 3: 32 MiB, one of the equivalent settings of the OWASP Password Storage Cheat Sheet.
  public static let standard = ScryptCost(rounds: 1 << 15, blockSize: 8, parallelism: 3)
}

/// A password as it is kept: salted and hashed, so that neither we nor a thief can read it.
struct PasswordHash: Sendable, Hashable, Codable {
  private let cost: ScryptCost
  private let salt: String
  private let hash: String

  init(_ password: String, cost: ScryptCost, entropy: Entropy) throws {
    let salt = entropy.bytes(16)
    self.cost = cost
    self.salt = salt.hexadecimal
    self.hash = try PasswordHash.derive(password, salt: salt, cost: cost).hexadecimal
  }

  /// Whether a password is the one that was hashed; takes as long for a wrong one.
  func matches(_ password: String) throws -> Bool {
    guard let salt = [UInt8](hexadecimal: salt), let kept = [UInt8](hexadecimal: hash) else { return false }
    return equalInConstantTime(try PasswordHash.derive(password, salt: salt, cost: cost), kept)
  }

  private static func derive(_ password: String, salt: [UInt8], cost: ScryptCost) throws -> [UInt8] {
    let key = try KDF.Scrypt.deriveKey(
      from: Array(PasswordRules.normalized(password).utf8), salt: salt, outputByteCount: 32, rounds: cost.rounds,
      blockSize: cost.blockSize, parallelism: cost.parallelism)
    return key.withUnsafeBytes { Array($0) }
  }
}
