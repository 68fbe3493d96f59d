import ClinicalValues
import Conduct
import Synchronization

/// A small generator of numbers that look random and always are the same for a seed.
///
/// Source: Steele GL, Lea D, Flood CH. Fast splittable pseudorandom number generators. OOPSLA 2014; SplitMix64 as there.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The numbers of a seed.
  public init(seed: UInt64) { self.state = seed }

  /// The numbers of a seed and a name: each participant has their own, whatever happens to others.
  public init(seed: UInt64, for name: String) {
    self.init(seed: name.utf8.reduce(seed ^ 0x9E37_79B9_7F4A_7C15) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 })
  }

  /// The next one.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number near another: at most so many thousandths of it away.
  mutating func near(_ value: Int, permille: Int) -> Int {
    let spread = abs(value) * permille / 1000
    return spread == 0 ? value : value + Int.random(in: -spread...spread, using: &self)
  }
}

extension Entropy {
  /// Bytes that are always the same for a seed: for invented people only, whose secrets are none.
  static func seeded(_ seed: UInt64) -> Entropy {
    let source = SeededBytes(seed)
    return Entropy { source.next($0) }
  }
}

private final class SeededBytes: Sendable {
  private let generator: Mutex<SplitMix64>

  init(_ seed: UInt64) { self.generator = Mutex(SplitMix64(seed: seed)) }

  func next(_ count: Int) -> [UInt8] {
    generator.withLock { generator in (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) } }
  }
}

/// The time of the simulated trial. It goes forward only.
final class SimulatedClock: Sendable {
  private let instant: Mutex<Instant>

  init(_ start: Instant) { self.instant = Mutex(start) }

  var now: Instant { instant.withLock { $0 } }

  func advance(to later: Instant) { instant.withLock { $0 = max($0, later) } }
  func advance(minutes: Int) { instant.withLock { $0 = $0.adding(minutes: minutes) } }
}
