import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

/// Conducts the invented trial: goes through everything that happens in the order of time, and has each person do their
/// part by the command that they would use.
struct Director {
  /// The study as it runs; it is opened anew when the amendment has joined the first version.
  var live: LiveStudy
  let ledger: any EventStore
  let clock: SimulatedClock
  let cast: Cast
  let vault: IdentityVault
  let authenticator: Authenticator
  let shelf: ProtocolShelf
  /// The folder of the first version, for its examples.
  let studyFolder: String
  /// The day on which the study opens, since 1970-01-01.
  let opening: Int
  var passwords: [AccountID: String] = [:]
  var patients: [String: Patient]
  var numbers: SplitMix64
  /// When people do what is planned for a time of day, and on which day they come.
  let rhythm: Rhythm
  /// What the watch was asked already, by participant.
  var asked: [ParticipantID: Set<DeviationSubject>] = [:]
  /// What the deviations are about that the watch has opened, by participant and moment.
  var noticed: [ParticipantID: [Moment: [DeviationSubject]]] = [:]
  /// What is being done, for a failure's message.
  var doing = ""

  /// Something that is due at a moment.
  struct Due {
    enum What {
      case deed(key: String, Deed)
      case study(StudyAct)
      case watch
    }
    let moment: Moment
    let what: What
  }

  /// Everything that happens up to the last day, in the order of time.
  func agenda(through last: Int) -> [Due] {
    var due: [Due] = []
    for story in Story.all {
      let zone = cast.zone(of: try? SiteID(story.site))
      for planned in story.deeds.map({ rhythm.drifted($0, of: story) }) where planned.day <= last {
        guard let moment = moment(planned.day, planned.time, zone) else { continue }
        let actual = moment.adding(minutes: rhythm.minutes(story.key, planned.day))
        due.append(Due(moment: actual, what: .deed(key: story.key, planned.deed)))
      }
    }
    for planned in StudyStory.all where planned.day <= last {
      guard let moment = moment(planned.day, planned.time, "UTC") else { continue }
      due.append(Due(moment: moment, what: .study(planned.what)))
    }
    // Day 0 of the story is a Monday.
    for day in 0...max(last, 0) where day % 7 < 5 {
      guard let moment = moment(day, "08:10", "UTC") else { continue }
      due.append(Due(moment: moment, what: .watch))
    }
    // Sorted by time; what is due at one moment keeps the order of the tables.
    return due.enumerated().sorted { ($0.element.moment, $0.offset) < ($1.element.moment, $1.offset) }.map(\.element)
  }

  /// A time of a day counted from the opening, at a place.
  func moment(_ day: Int, _ time: String, _ zone: String) -> Moment? {
    CalendarDate(daysSinceEpoch: opening + day).flatMap { ZoneClock.moment(written: "\($0)T\(time)", zone: zone) }
  }

  /// Does everything on the agenda.
  mutating func conduct(through last: Int, progress: (_ day: Int) -> Void) async throws {
    for due in agenda(through: last) {
      clock.advance(to: due.moment.instant)
      progress(due.moment.date.daysSinceEpoch - opening)
      do {
        switch due.what {
        case .deed(let key, let deed):
          doing = "\(due.moment) \(key) \(deed)"
          try await perform(deed, of: key)
        case .study(let act):
          doing = "\(due.moment) \(act)"
          try await perform(act)
        case .watch:
          doing = "\(due.moment) the watch"
          try await watch()
        }
      } catch let failure as DemonstrationFailure {
        throw failure
      } catch {
        throw DemonstrationFailure(act: doing, cause: error)
      }
    }
  }

  /// Has somebody do something, each signature with its password; afterwards some minutes have passed.
  @discardableResult
  mutating func act(
    _ command: any TrialCommand, by actor: Acting, with together: [Acting] = [], happened: Moment? = nil,
    reason: String? = nil, late: EntrySource? = nil, attachments: [[UInt8]] = []
  ) async throws -> Performed {
    let request = Request(
      command, by: actor, together: together, happened: happened, reason: reason, late: late, origin: .commandLine,
      attachments: attachments)
    let (live, passwords) = (live, passwords)
    do {
      let performed = try await live.perform(request) { asked in
        var signed: [Authenticated] = []
        for one in asked {
          let claim = Claim(account: one.signer.account.description, password: passwords[one.signer.account] ?? "")
          signed.append(try await live.authenticate(claim, for: .signature, origin: .commandLine))
        }
        return signed
      }
      clock.advance(minutes: Int.random(in: 1...4, using: &numbers))
      return performed
    } catch {
      throw DemonstrationFailure(act: "\(doing), \(type(of: command).name) by \(actor.account)", cause: error)
    }
  }

  /// Somebody of a participant's site.
  func of(_ role: Role, _ key: String, _ number: Int = 0) throws -> Acting {
    try cast.acting(role, try SiteID(try story(key).site), number)
  }

  func story(_ key: String) throws -> Story { try patient(key).story }

  func patient(_ key: String) throws -> Patient {
    guard let patient = patients[key] else { throw UnknownKey(key: key) }
    return patient
  }

  func id(_ key: String) throws -> ParticipantID {
    guard let id = try patient(key).id else { throw UnknownKey(key: key) }
    return id
  }

  /// A key that no table has, or that is not registered yet.
  struct UnknownKey: Error { let key: String }

  /// What the story needs at this point is not there: the tables and the trial have come apart.
  struct NotThere: Error { let what: String }

  /// Now, at a participant's site.
  func here(_ key: String) throws -> Moment {
    ZoneClock.moment(clock.now, zone: cast.zone(of: try SiteID(try story(key).site)))
  }

  /// Text that stands for a document, as bytes with their digest.
  func document(_ text: String) -> (bytes: [UInt8], digest: Digest) {
    let bytes = Array("SYNTHETIC. \(text)".utf8)
    return (bytes, Digest(of: bytes))
  }
}
