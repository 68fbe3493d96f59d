import ClinicalValues
import Conduct
import Ledger
import Trial

/// Events of the ledger, for people and for programs.
enum EventText {
  /// What was recorded, with its place in the ledger.
  static func sentence(_ envelope: Envelope) -> String {
    guard let recorded = try? Recorded<TrialEvent>(envelope) else { return envelope.event.type }
    return sentence(recorded)
  }

  /// What was recorded, when, by whom, and where it stands.
  static func sentence(_ recorded: Recorded<TrialEvent>) -> String {
    let signed = recorded.signatures.map(\.name)
    return "\(words(recorded.event)) (event \(recorded.position), \(recorded.event.stream), by "
      + "\(recorded.actor.account) at \(clock(recorded.happened))"
      + (signed.isEmpty ? "" : ", signed by \(signed.joined(separator: " and "))") + ")"
  }

  /// What an event tells, without who and when.
  static func words(_ event: TrialEvent) -> String {
    guard let (type, fact) = try? event.named() else { return event.name }
    let name = words(ofName: type.split(separator: ".").last.map(String.init) ?? type)
    let about = subject(of: event).map { "\($0): " } ?? ""
    let details = members(fact, depth: 0)
    return about + name + (details.isEmpty ? "" : "; " + details.joined(separator: ", "))
  }

  /// Whom it is about.
  private static func subject(of event: TrialEvent) -> String? {
    switch event {
    case .way(let id, _), .product(let id, _), .record(let id, _): id.description
    case .site(let id, _): "site \(id)"
    case .study, .studyRecord, .people: nil
    }
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

  /// The members of a fact, each as its name and what it is; gates are counted, long digests cut.
  private static func members(_ value: CanonicalJSON.Value, depth: Int) -> [String] {
    guard case .object(let members) = value else { return [text(value)] }
    var parts: [String] = []
    for (name, member) in members.sorted(by: { $0.key < $1.key }) {
      switch member {
      case .null: continue
      case .object where depth < 1 && members.count == 1: parts += self.members(member, depth: depth + 1)
      case .object:
        parts.append("\(words(ofName: name)) (\(self.members(member, depth: depth + 1).joined(separator: ", ")))")
      case .array(let items) where name == "gate" || name == "criteria" || name == "longWait":
        if !items.isEmpty { parts.append("\(words(ofName: name)) of \(items.count) lines") }
      case .array(let items) where items.isEmpty: continue
      default: parts.append("\(words(ofName: name)) \(text(member))")
      }
    }
    return parts
  }

  private static func text(_ value: CanonicalJSON.Value) -> String {
    switch value {
    case .null: "none"
    case .bool(let value): value ? "yes" : "no"
    case .integer(let number): String(number)
    case .string(let text): text.utf8.count == 64 && Digest(text) != nil ? text.prefix(12) + "…" : text
    case .array(let items): items.map(text).joined(separator: " and ")
    case .object: "(" + members(value, depth: 1).joined(separator: ", ") + ")"
    }
  }

  /// A moment as the clocks at the place showed it, with the zone.
  static func clock(_ moment: Moment) -> String {
    let local = moment.dateTime.description
    return "\(local.prefix(10)) \(local.dropFirst(11).prefix(5)) \(moment.zone)"
  }

  /// A point of time in UTC.
  static func clock(_ instant: Instant) -> String { clock(Moment(instant)) }

  static func json(_ envelope: Envelope) -> JSON {
    let event = envelope.event
    return .object(
      place(
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

  static func json(_ recorded: Recorded<TrialEvent>) -> JSON {
    .object([
      ("position", .integer(recorded.position)), ("stream", .string(recorded.event.stream.description)),
      ("type", .string(recorded.event.name)), ("happened", .string(recorded.happened.description)),
      ("recorded", .string(recorded.recorded.description)), ("account", .string(recorded.actor.account)),
      ("role", .string(recorded.actor.role)), ("reason", JSON(recorded.reason)),
      ("text", .string(words(recorded.event))),
      ("fact", (try? recorded.event.named()).map { JSON($0.fact) } ?? .null),
      (
        "signatures",
        .array(recorded.signatures.map { .string($0.manifestation) })
      ),
    ])
  }

  static func json(_ event: TrialEvent) -> JSON {
    .object([
      ("stream", .string(event.stream.description)), ("type", .string(event.name)),
      ("fact", (try? event.named()).map { JSON($0.fact) } ?? .null),
    ])
  }
}
