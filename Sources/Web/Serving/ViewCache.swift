import Synchronization

/// Views that were computed once and hold while nothing is appended and the minute is the same.
///
/// Many people look at the same worklist. Cost of a hit: constant; what belongs to another position or minute is forgotten.
final class ViewCache: Sendable {
  /// What a view was computed for.
  struct Stamp: Sendable, Hashable {
    /// The last event.
    let position: Int
    /// The minute, since much is counted in time.
    let minute: Int
  }

  private struct Kept {
    var stamp: Stamp
    var values: [String: any Sendable]
  }
  private let kept = Mutex<Kept?>(nil)

  /// A view of this name for a stamp: the kept one, or that which is made now.
  func view<View: Sendable>(_ name: String, at stamp: Stamp, make: () async throws -> View) async rethrows -> View {
    // What is kept may be nil itself, and nothing that is kept could be read as such a nil.
    let found: (any Sendable)? = kept.withLock { kept in kept.flatMap { $0.stamp == stamp ? $0.values[name] : nil } }
    if let found, let view = found as? View { return view }
    let made = try await make()
    kept.withLock { kept in
      if kept?.stamp != stamp { kept = Kept(stamp: stamp, values: [:]) }
      kept?.values[name] = made
    }
    return made
  }
}
