package import ClinicalValues
import Ledger
import StudyDesign
package import Trial

/// A state of the exploration: the folded ledger, the clock, what is known of data, and what the checker has seen.
package struct World: Sendable {
  package internal(set) var state = TrialState()
  package internal(set) var shadow: Shadow
  /// Now, at the one site.
  package internal(set) var now: Moment
  package internal(set) var pictures: [ParticipantID: Picture] = [:]

  /// A trial in which nothing has happened but that people have accounts.
  init(_ study: SmallStudy) {
    state.people = study.people
    shadow = Shadow()
    now = study.start
  }

  /// The picture of somebody's data; nothing is known of who has none.
  func picture(of participant: ParticipantID) -> Picture { pictures[participant] ?? .unknown }
}

/// The rules of the game: the study and the book of gates that its commands are decided with.
package struct Setting: Sendable {
  let study: SmallStudy
  /// The standard one, or one with a line taken out.
  let gates: GateBook

  package init(_ study: SmallStudy, gates: GateBook = .standard) {
    self.study = study
    self.gates = gates
  }

  /// What came of a command.
  enum Outcome {
    case refused(Refusal)
    case accepted([Fact], World)
  }

  /// What decisions are handed of everybody: of now, and of so many minutes ago as a gate, and all else, is asked of with
  /// `earlier`. When data became known is not explored: what they say differs by the day alone.
  struct Pictures {
    let now: [ParticipantID: ClinicalPicture]
    let earlierAtGate: [ParticipantID: ClinicalPicture]
    let earlier: [ParticipantID: ClinicalPicture]
  }

  /// The pictures as decisions are handed them; made once for all commands of a world.
  func pictures(of world: World) -> Pictures {
    func found(minutesAgo minutes: Int) -> [ParticipantID: ClinicalPicture] {
      let moment = world.now.adding(minutes: -minutes)
      return Dictionary(
        uniqueKeysWithValues: world.state.participants.keys.map {
          ($0, world.picture(of: $0).clinical(on: moment, study.version))
        })
    }
    return Pictures(
      now: found(minutesAgo: 0), earlierAtGate: found(minutesAgo: Pause.gate),
      earlier: found(minutesAgo: Pause.short.minutes))
  }

  /// Decides a command; a fact that is accepted is folded, and seen by the shadow.
  func decide(
    _ command: any TrialCommand, by actor: Acting, together: [Acting], earlier: Bool, in world: World,
    pictures: Pictures
  ) -> Outcome {
    let happened = earlier ? world.now.adding(minutes: -type(of: command).minutesEarlier) : world.now
    let passesGate = type(of: command).passesGate
    let known = !earlier ? pictures.now : passesGate ? pictures.earlierAtGate : pictures.earlier
    var situation = Situation(
      state: world.state, plan: study.plan, protocolVersion: study.version, actor: actor, together: together,
      happened: happened, now: world.now.instant, pictures: known, casebook: study.book, forms: study.forms,
      gates: gates)
    if earlier, command.isAskedOfNow { situation.picturesOfNow = pictures.now }
    let facts: [Fact]
    do throws(Refusal) { facts = try Trial.decide(command, in: situation) } catch { return .refused(error) }
    var next = world
    let envelope = Actor(
      account: actor.account.description, role: actor.role.rawValue, site: actor.site.map(\.description))
    for fact in facts {
      next.state.apply(
        Recorded(
          fact.event, happened: happened, recorded: world.now.instant, actor: envelope,
          signatures: signatures(of: fact, by: [actor] + together, at: world.now)))
    }
    next.shadow.see(facts.map(\.event), by: actor, together: together, happened: happened, in: world, study)
    return .accepted(facts, next)
  }

  private func signatures(of fact: Fact, by people: [Acting], at moment: Moment) -> [Signature] {
    guard let meaning = fact.signed else { return [] }
    return people.prefix(fact.signedByAll ? people.count : 1).map {
      Signature(
        account: $0.account, name: $0.account.description, role: $0.role, meaning: meaning, signed: moment,
        shown: study.version.digest)
    }
  }

  /// The world after time passed or data changed.
  func after(_ pause: Pause, _ world: World) -> World {
    var next = world
    next.now = world.now.adding(minutes: pause.minutes)
    return next
  }
}

extension Moment {
  /// So much later at the same place.
  func adding(minutes: Int) -> Moment {
    Moment(instant.adding(minutes: minutes), offsetMinutes: offsetMinutes, zone: zone)
  }

  /// Minutes since 1970.
  var minute: Int { instant.minute }
}

extension Instant {
  /// Minutes since 1970.
  var minute: Int { milliseconds / 60_000 }
}
