import Analysis
import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import Trial

/// A reader of what the trial is now, or of what was known of it at a moment that has passed.
struct PastViewOptions: ParsableArguments {
  @OptionGroup var view: ViewOptions

  @Option(
    name: .customLong("known-at"),
    help: ArgumentHelp(
      "Show what was known at a moment that has passed, such as 2026-11-23T09:30Z: what had been recorded by then.",
      valueName: "moment"))
  var knownAt: String?

  var place: PlaceOptions { view.place }

  /// Opens the study for somebody who may read the trial, as it is known now or was known then.
  func openToRead() async throws -> Knowledge { try await open { try await $0.requireReader() } }

  /// The same for somebody of whom something else is asked, always of now: the past is no way round a role that was
  /// withdrawn.
  func open(_ require: (Visit) async throws -> Void) async throws -> Knowledge {
    let past = try knownAt.map { try PastViewOptions.past($0) }
    let visit = try await view.open()
    try await require(visit)
    guard let past else {
      return Knowledge(
        visit: visit, state: try await visit.running.live.state(), now: try await visit.now(), knownAt: nil,
        end: nil)
    }
    let snapshot = try await TrialSnapshot(asOf: past, reading: visit.running.ledger)
    return Knowledge(
      visit: visit, state: snapshot.state, now: ZoneClock.moment(past, zone: try await visit.zone()), knownAt: past,
      end: snapshot.head.position)
  }

  /// A moment that was written, which must have passed.
  private static func past(_ written: String) throws -> Instant {
    guard let instant = Instant(written) else {
      throw ValidationError("‘\(written)’ is no moment. Write it with its offset, such as 2026-11-23T09:30Z.")
    }
    let now = Surroundings.current.clock()
    guard instant <= now else {
      throw ValidationError(
        "--known-at \(written) has not passed yet: it is \(now). Leave it out to see what is known now.")
    }
    return instant
  }
}

/// The trial as somebody may see it: now, or as it was known at a moment that has passed.
struct Knowledge: Sendable {
  let visit: Visit
  /// What the events say that had been recorded.
  let state: TrialState
  /// The moment, by the clocks of whoever looks.
  let now: Moment
  /// The moment, where it has passed.
  let knownAt: Instant?
  /// The last event that had been recorded by then, where it has passed.
  let end: Position?

  /// A participant whom whoever looks may see.
  ///
  /// - Throws: `Unusable` if nobody of that number was registered by then; a refusal as of now.
  func participant(_ text: String) async throws -> ParticipantState {
    let found = try await visit.participant(text)
    guard let knownAt else { return found }
    guard let then = state.participants[found.id] else {
      throw Unusable("\(found.id) was not registered yet at \(knownAt). Give a later moment with --known-at.")
    }
    return then
  }

  /// Every event that had been recorded, in order.
  func events() async throws -> [Recorded<TrialEvent>] {
    let all = try await visit.events()
    guard let end else { return all }
    return Array(all.prefix { $0.position <= end })
  }

  /// A view, marked with the moment whose knowledge it shows.
  func view(
    text: @escaping @Sendable () -> String, members: @escaping @Sendable () -> [(String, JSON)]
  ) -> Answer {
    .view(text: { heading + text() }, json: { marked(state, then + members()) })
  }

  /// The line above a text that shows the past.
  var heading: String { knownAt.map { "As it was known at \($0):\n" } ?? "" }

  /// The member of a view in JSON that shows the past.
  var then: [(String, JSON)] { knownAt.map { [("knownAt", .string($0.description))] } ?? [] }
}

extension PastViewOptions {
  /// A participant by number, for somebody who may see it, as of now or then.
  func read(_ participant: String) async throws -> ParticipantReading {
    let knowledge = try await openToRead()
    return ParticipantReading(knowledge: knowledge, participant: try await knowledge.participant(participant))
  }
}
