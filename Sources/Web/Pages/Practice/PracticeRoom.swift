import ClinicalValues
import Ledger
import StudyDesign
import Synchronization
import Trial

/// What is wrong at the bedside of a practice, if anything.
enum PracticeCase: String, Sendable, CaseIterable {
  case allFits, bagOfAnother, personIsAnother, labelSmudged
}

/// One practice: the trial in memory, what lies before whoever practises, and what came of their acts.
struct PracticeRoom: Sendable {
  let cast: PracticeCast
  let planted: PracticeCase
  private(set) var trial: PracticeTrial
  /// What was recorded, the newest first.
  private(set) var events: [TrialEvent] = []
  /// The label is read once more: it was wiped clean.
  private(set) var isLabelWiped = false

  /// - Throws: `Refusal` where the study's plan does not fit the story.
  init(_ study: Study, _ planted: PracticeCase, now: Instant) throws {
    cast = try PracticeCast()
    self.planted = planted
    trial = try PracticeTrial.dayZero(study, cast, now: now)
  }

  /// Who wears the wristband and speaks.
  var present: PracticePerson { planted == .personIsAnother ? cast.other : cast.meant }
  /// Whose bag lies there.
  private var handed: PracticePerson { planted == .bagOfAnother ? cast.other : cast.meant }

  /// What the bag's label says, code by code.
  var label: (identity: String, participant: String, bag: String) {
    let bag = handed.bag.description
    let isSmudged = planted == .labelSmudged && !isLabelWiped
    return (handed.identity.description, handed.id.printed, isSmudged ? String(bag.dropLast()) + "?" : bag)
  }

  /// The acts at the bedside as they stand.
  var acts: BedsideActs {
    let situation = trial.situation(by: cast.you)
    let id = cast.meant.id
    return BedsideActs(
      participant: trial.state.participants[id] ?? ParticipantState(id: id), bag: cast.meant.bag,
      thawing: situation.lines(of: .thawing, for: id, bag: cast.meant.bag), infusion: gate, state: trial.state,
      plan: trial.plan.way, now: trial.now)
  }

  /// The gate of infusion, line by line.
  var gate: [GateLine] {
    trial.situation(by: cast.you).lines(of: .infusion, for: cast.meant.id, bag: cast.meant.bag)
  }

  /// Lets time go on as it does outside.
  mutating func advance(to now: Instant) { trial.now = Moment(max(now, trial.now.instant)) }

  /// Does an act, with what was typed.
  ///
  /// - Throws: `Refusal`; a label that could not be read is wiped clean.
  mutating func act(_ act: PracticeAct, _ typed: Fields) throws(Refusal) {
    do throws(Refusal) {
      let command = command(act, typed)
      let done = try trial.perform(
        command, by: act == .verifyAsColleague ? cast.colleague : cast.you,
        together: act == .checkPerson ? [cast.colleague] : [])
      events = done.reversed() + events
    } catch {
      if error.id == "read-again" { isLabelWiped = true }
      throw error
    }
  }

  private func command(_ act: PracticeAct, _ typed: Fields) -> any TrialCommand {
    func text(_ name: String) -> String { typed.text(name) ?? "" }
    let (id, bag) = (cast.meant.id, cast.meant.bag)
    func isNamed(_ field: String) -> Bool { text(field).lowercased() == cast.meant.name.lowercased() }
    switch act {
    case .checkPerson:
      return CheckPerson(
        participant: id, at: .admission, wristband: text("wristband"), documentName: isNamed("documentName"),
        documentBirthDate: text("documentBirthDate") == cast.meant.birthDate, wristbandName: isNamed("wristbandName"),
        wristbandBirthDate: text("wristbandBirthDate") == cast.meant.birthDate)
    case .thaw:
      let limits = trial.plan.product.steps.first { $0.id == "thawed" }?.temperature
      return ThawBag(
        participant: id, bag: bag, label: text("label"), place: "practice", least: limits?.lowerBound,
        largest: limits?.upperBound)
    case .verify, .verifyAsColleague:
      let isSaid = isNamed("said") && text("saidBirthDate") == cast.meant.birthDate
      return VerifyBedside(
        participant: id, bag: bag, labelIdentity: text("labelIdentity"), labelParticipant: text("labelParticipant"),
        labelBag: text("labelBag"), wristband: text("wristband"),
        birthDateMatches: text("wristbandBirthDate") == cast.meant.birthDate, said: isSaid ? .agrees : .differs)
    case .start: return StartInfusion(participant: id, bag: bag, label: text("label"))
    }
  }

  /// How it stands: how it ended, where it has.
  var ending: PracticeEnding? {
    for event in events {
      guard case .product(_, let event) = event else { continue }
      switch event {
      case .infusionStarted: return planted == .allFits || planted == .labelSmudged ? .infused : .infusedWrongly
      case .bedsideMismatched, .personMismatched, .labelMismatched:
        return planted == .bagOfAnother || planted == .personIsAnother ? .found : .mistyped
      default: continue
      }
    }
    return nil
  }
}

/// An act that is practised.
enum PracticeAct: String, Sendable, CaseIterable {
  case checkPerson, thaw, verify, verifyAsColleague, start
}

/// How a practice ended.
enum PracticeEnding: Sendable {
  /// Everything fitted, and the infusion was started.
  case infused
  /// What did not fit was found.
  case found
  /// Something else was typed than what stood there.
  case mistyped
  /// The infusion was started though something did not fit: what should have stood there was typed.
  case infusedWrongly
}

/// The practices that go on, in memory, one a session.
final class PracticeRooms: Sendable {
  /// Hours after which a practice is forgotten, and how many there can be at once.
  static let hours = 3
  static let most = 100

  private let rooms = Mutex<[String: (room: PracticeRoom, until: Instant)]>([:])

  /// The practice of a session; nil where there is none.
  func room(of session: String, now: Instant) -> PracticeRoom? {
    rooms.withLock { rooms in rooms[session].flatMap { $0.until > now ? $0.room : nil } }
  }

  /// Keeps a practice for a session.
  func keep(_ room: PracticeRoom?, for session: String, now: Instant) {
    rooms.withLock { rooms in
      rooms = rooms.filter { $0.value.until > now }
      if rooms.count >= PracticeRooms.most, let oldest = rooms.min(by: { $0.value.until < $1.value.until }) {
        rooms[oldest.key] = nil
      }
      rooms[session] = room.map { ($0, now.adding(hours: PracticeRooms.hours)) }
    }
  }
}
