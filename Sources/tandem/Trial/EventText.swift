import ClinicalValues
import Conduct
import Ledger
import Trial

/// Events of the ledger, for people and for programs.
struct EventText: Sendable {
  let telling: EventTelling

  /// Where no study is at hand: ids stand for names.
  static let plain = EventText(telling: EventTelling(Vocabulary(nil, in: TrialState())))

  /// What was recorded, with its place in the ledger.
  func sentence(_ envelope: Envelope) -> String {
    guard let recorded = try? Recorded<TrialEvent>(envelope) else { return envelope.event.type }
    return sentence(recorded)
  }

  /// What was recorded, when, by whom, and where it stands.
  func sentence(_ recorded: Recorded<TrialEvent>) -> String {
    "\(telling.sentenceWithSubject(recorded.event)) [event \(recorded.position), \(recorded.event.stream), "
      + "\(EventText.clock(recorded.happened)), \(attribution(recorded))]"
  }

  /// What would be recorded.
  func sentence(_ event: TrialEvent) -> String { telling.sentenceWithSubject(event) }

  /// Who did it in what role, and who signed.
  func attribution(_ recorded: Recorded<TrialEvent>) -> String {
    let name = (try? AccountID(recorded.actor.account)).map { telling.vocabulary.person($0) } ?? recorded.actor.account
    let role = Role(rawValue: recorded.actor.role).map { ", \($0.title)" } ?? ""
    let signed = recorded.signatures.map(\.name)
    return name + role + (signed.isEmpty ? "" : ", signed by \(signed.joined(separator: " and "))")
  }

  /// `foundEligible` in words.
  static func words(ofName name: String) -> String {
    var text = ""
    for character in name {
      if character.isUppercase { text += " " }
      text += character.lowercased()
    }
    return text
  }

  /// A moment as the clocks at the place showed it, with the zone.
  static func clock(_ moment: Moment) -> String {
    let local = moment.dateTime.description
    return "\(local.prefix(10)) \(local.dropFirst(11).prefix(5)) \(moment.zone)"
  }

  /// A point of time in UTC.
  static func clock(_ instant: Instant) -> String { clock(Moment(instant)) }

  func json(_ envelope: Envelope) -> JSON {
    let event = envelope.event
    let told = (try? Recorded<TrialEvent>(envelope)).map { telling.sentence($0.event) }
    return .object(
      EventText.place(
        id: envelope.id, position: envelope.position, version: envelope.version, recorded: envelope.recorded)
        + [
          ("stream", .string(event.stream.description)), ("type", .string(event.type)),
          ("happened", .string(event.happened.description)),
          (
            "actor",
            .object([
              ("account", .string(event.actor.account)), ("role", .string(event.actor.role)),
              ("site", JSON(event.actor.site)),
            ])
          ),
          ("origin", .string(event.origin.rawValue)), ("reason", JSON(event.reason)),
          ("text", JSON(told)),
          ("fact", JSON(event.payload.value["fact"] ?? .null)),
          ("signatures", JSON(event.payload.value["signatures"] ?? .array([]))),
          ("hash", .string(envelope.hash.description)),
        ])
  }

  private static func place(
    id: String, position: Position, version: Version, recorded: Instant
  ) -> [(String, JSON)] {
    [
      ("id", .string(id)), ("position", .integer(position)), ("version", .integer(version)),
      ("recorded", .string(recorded.description)),
    ]
  }

  func json(_ recorded: Recorded<TrialEvent>) -> JSON { .object(members(recorded)) }

  func members(_ recorded: Recorded<TrialEvent>) -> [(String, JSON)] {
    [
      ("position", .integer(recorded.position)), ("stream", .string(recorded.event.stream.description)),
      ("type", .string(recorded.event.name)), ("happened", .string(recorded.happened.description)),
      ("recorded", .string(recorded.recorded.description)), ("account", .string(recorded.actor.account)),
      ("role", .string(recorded.actor.role)), ("reason", JSON(recorded.reason)),
      ("text", .string(telling.sentence(recorded.event))),
      ("fact", (try? recorded.event.named()).map { JSON($0.fact) } ?? .null),
      (
        "signatures",
        .array(recorded.signatures.map { .string($0.manifestation) })
      ),
    ]
  }

  func json(_ event: TrialEvent) -> JSON {
    .object([
      ("stream", .string(event.stream.description)), ("type", .string(event.name)),
      ("text", .string(telling.sentence(event))),
      ("fact", (try? event.named()).map { JSON($0.fact) } ?? .null),
    ])
  }
}

extension Visit {
  /// Events in the words of the newest protocol version, with the names of the study's people.
  func eventText() async throws -> EventText {
    let state = try await running.live.state()
    return EventText(telling: EventTelling(Vocabulary(running.live.shelf.editions.last?.study, byClocksOf: state)))
  }
}
