import ClinicalValues
import Conduct
import Ledger
import Trial

/// The course of an act, the same for pages and programs: fields -> request -> decided; where nothing is signed and nobody
/// acts along, carried out at once; else shown, signed by everybody with their password, and carried out if it is still what
/// was shown.
struct ActCourse: Sendable {
  /// How far an act has come.
  enum Step: Sendable {
    case done(CarriedOut)
    case toSign(Waiting)
  }

  /// An act that was decided and waits for those who do it.
  struct Waiting: Sendable {
    /// By what it is asked for again.
    let key: String
    let proposal: Proposal
    /// Who does it.
    let people: [Acting]
    let until: Instant

    /// Those who give a password: whoever signs, and whoever acts along.
    var asked: [Acting] {
      people.enumerated().filter { number, person in
        number > 0 || proposal.toSign.contains { $0.signer.account == person.account }
      }.map(\.element)
    }
  }

  private let request: PageRequest
  private var live: LiveStudy { request.live }

  init(_ request: PageRequest) { self.request = request }

  /// Decides an act, and carries it out where nobody has to show who they are for it.
  ///
  /// - Parameters:
  ///   - person: who does it, if another than whoever is signed in; they have shown who they are.
  ///   - back: where a reader of pages goes on afterwards.
  /// - Throws: `FieldFaults`; `Refusal`; `RecordError`.
  func propose(
    _ form: CommandForm, _ given: Given, by person: Acting? = nil, with named: ActTogether.Named?,
    circumstances: Circumstances, back: String = "/"
  ) async throws -> Step {
    let actor = try person ?? request.acting()
    let together = try await ActTogether(live).acting(named, with: actor)
    var made = try await live.request(
      form, given, by: actor, together: together, circumstances: circumstances, origin: .web)
    let proposal = try await live.propose(made)
    if proposal.toSign.isEmpty, together.isEmpty {
      return .done(try await live.carryOut(made, given, sign: { _ in [] }))
    }
    // What was shown is what is signed: it keeps the time at which it was decided, and the seals of its documents.
    made.happened = proposal.happened
    made.shown = proposal
    let now = request.site.clock()
    let until = now.adding(minutes: PendingActs.minutes)
    let key = request.site.pending.keep(
      .init(
        session: try request.signedIn().id, request: made, given: given,
        shown: proposal.toSign.map { Digest(of: $0.content.bytes) }, back: back, until: until),
      entropy: request.site.entropy, now: now)
    return .toSign(Waiting(key: key, proposal: proposal, people: [actor] + together, until: until))
  }

  /// The act of a key.
  ///
  /// - Throws: `Refusal`, as `PendingActs.Standing.waiting`.
  func pending(_ key: String) throws -> PendingActs.Pending {
    try request.site.pending.standing(of: key, in: try request.signedIn().id, now: request.site.clock()).waiting()
  }

  /// An act that waits, as it would be decided now.
  func waiting(_ pending: PendingActs.Pending, _ key: String) async throws -> Waiting {
    Waiting(
      key: key, proposal: try await live.propose(pending.request),
      people: [pending.request.actor] + pending.request.together, until: pending.until)
  }

  /// Carries out an act that was shown, once everybody who does it has shown who they are. Whoever sends it again meanwhile, or
  /// afterwards, is told so; what was refused waits on.
  ///
  /// - Throws: `Refusal`; `ChangedMeanwhile`; and what went wrong elsewhere, perhaps after it was recorded.
  func sign(
    _ name: String, key: @escaping @Sendable (Int, Acting) -> ActTogether.Key
  ) async throws -> CarriedOut {
    let acts = request.site.pending
    let pending = try acts.claim(name, in: try request.signedIn().id, now: request.site.clock()).waiting()
    do {
      let done = try await carryOut(pending, key: key)
      acts.settle(name, by: done.performed.envelopes.first?.position)
      return done
    } catch {
      if Self.recordedNothing(error) { acts.release(name) } else { acts.leave(name) }
      throw error
    }
  }

  /// Whether an error is known to come before anything is recorded.
  private static func recordedNothing(_ error: any Error) -> Bool {
    error is Refusal || error is ChangedMeanwhile || error is FieldFaults
      || (error as? StoreFailure)?.reason == .clockBehind
  }

  private func carryOut(
    _ pending: PendingActs.Pending, key: @escaping @Sendable (Int, Acting) -> ActTogether.Key
  ) async throws -> CarriedOut {
    let people = [pending.request.actor] + pending.request.together
    let together = ActTogether(live)
    // Whoever acts along without signing anything shows who they are as well.
    if pending.shown.isEmpty { _ = try await together.authenticate(people, signing: [], key: key) }
    return try await live.carryOut(pending.request, pending.given) { asked in
      guard asked.map({ Digest(of: $0.content.bytes) }) == pending.shown else { throw ChangedMeanwhile(events: []) }
      let shown = try await together.authenticate(people, signing: Set(asked.map(\.signer.account)), key: key)
      return asked.compactMap { shown[$0.signer.account] }
    }
  }
}
