import ClinicalValues
import Conduct
import Ledger
import Synchronization
import Trial

/// Views that were computed once, each kept with a key that holds all that it follows from: as long as that is the same, so is the view.
///
/// What follows from one participant alone is kept by their `ParticipantBasis`, so that what happens to others leaves it; what follows from
/// everything, by a `Stamp`. Many people look at the same worklist: whoever asks first has it computed, and all who ask meanwhile wait for
/// that one. Cost of a hit: constant. One view a name is kept, and of all names those that were asked for last.
final class ViewCache: Sendable {
  /// What a view was computed for that follows from everything, and from the time.
  struct Stamp: Sendable, Hashable {
    /// The last event.
    let position: Int
    /// The minute, since much is counted in time.
    let minute: Int
  }

  /// What a view was computed for that follows from a participant and a day at their site.
  struct DayOfParticipant: Sendable, Hashable {
    let basis: ParticipantBasis
    let day: Int
  }

  private struct Kept {
    let key: any Hashable & Sendable
    /// A `Task` of the view's own type.
    let making: any Sendable
    /// When it was asked for last, counted in questions.
    var asked: Int
  }

  private struct Shelf {
    var views: [String: Kept] = [:]
    var questions = 0
  }

  /// The most views that are kept.
  private let most: Int
  private let shelf = Mutex(Shelf())

  init(most: Int = 600) { self.most = most }

  /// How many views are kept.
  var count: Int { shelf.withLock(\.views.count) }

  /// A view of this name for a key: the kept one, or that which is made now. One that could not be made is not kept.
  ///
  /// What is made has to be of the key or newer: it reads the study after the key was read.
  func view<Key: Hashable & Sendable, View: Sendable>(
    _ name: String, at key: Key, make: @escaping @Sendable () async throws -> View
  ) async throws -> View {
    let making = shelf.withLock { shelf in
      shelf.questions += 1
      if let known = shelf.views[name], known.key as? Key == key, let making = known.making as? Task<View, any Error> {
        shelf.views[name]?.asked = shelf.questions
        return making
      }
      let new = Task { try await make() }
      shelf.views[name] = Kept(key: key, making: new, asked: shelf.questions)
      if shelf.views.count > most, let oldest = shelf.views.min(by: { $0.value.asked < $1.value.asked }) {
        shelf.views[oldest.key] = nil
      }
      return new
    }
    do {
      return try await making.value
    } catch {
      shelf.withLock { if $0.views[name]?.key as? Key == key { $0.views[name] = nil } }
      throw error
    }
  }
}

extension PageRequest {
  /// The key of what follows from everything: the last event and the minute.
  func stamp() async throws -> ViewCache.Stamp {
    ViewCache.Stamp(position: try await live.store.head().position, minute: site.clock().milliseconds / 60_000)
  }

  /// The key of what follows from one participant and the day at their site.
  func dayOf(_ participant: ParticipantID) async throws -> ViewCache.DayOfParticipant {
    ViewCache.DayOfParticipant(
      basis: try await live.basis(of: participant),
      day: try await live.state().moment(site.clock(), of: participant).day)
  }
}
