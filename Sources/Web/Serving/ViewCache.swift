import Synchronization

/// Views that were computed once and hold while nothing is appended and the minute is the same.
///
/// Many people look at the same worklist: whoever asks first has it computed, and all who ask meanwhile wait for that one. Cost of a hit:
/// constant; what belongs to another position or minute is forgotten.
final class ViewCache: Sendable {
  /// What a view was computed for.
  struct Stamp: Sendable, Hashable {
    /// The last event.
    let position: Int
    /// The minute, since much is counted in time.
    let minute: Int
  }

  private struct Kept {
    let stamp: Stamp
    /// A `Task` for each view, of the view's own type.
    var views: [String: any Sendable] = [:]
  }
  private let kept = Mutex<Kept?>(nil)

  /// A view of this name for a stamp: the kept one, or that which is made now. One that could not be made is not kept.
  func view<View: Sendable>(
    _ name: String, at stamp: Stamp, make: @escaping @Sendable () async throws -> View
  ) async throws -> View {
    let making = kept.withLock { kept in
      if kept?.stamp != stamp { kept = Kept(stamp: stamp) }
      if let known = kept?.views[name] as? Task<View, any Error> { return known }
      let new = Task { try await make() }
      kept?.views[name] = new
      return new
    }
    do {
      return try await making.value
    } catch {
      kept.withLock { if $0?.stamp == stamp { $0?.views[name] = nil } }
      throw error
    }
  }
}
