internal import Crypto

/// Where random bytes come from. A demonstration trial hands in its own, so that one seed always gives the same ledger.
public struct Entropy: Sendable {
  private let draw: @Sendable (Int) -> [UInt8]

  /// Random bytes from a function of how many are wanted.
  public init(_ draw: @escaping @Sendable (Int) -> [UInt8]) { self.draw = draw }

  /// The operating system's, fit for keys.
  public static let system = Entropy { count in
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }

  /// So many random bytes.
  public func bytes(_ count: Int) -> [UInt8] { draw(count) }
}
