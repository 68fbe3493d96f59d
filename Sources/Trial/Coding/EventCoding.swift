public import ClinicalValues
public import Ledger

// How an event of the trial stands in the ledger: its stream, its type (`participant.consentGiven`), and a payload
//
//     {"fact": {...the event's own members...}, "signatures": [...]}
//
// The type and the members of a fact are stored for good: an event case is never renamed and never reshaped; a new shape
// is a new version, and `upcasters` brings the old one into it.

extension TrialEvent {
  /// The version of the payloads that this release writes.
  public static let payloadVersion = 1

  /// Old payloads into today's shape, the one place for it. There is one version yet.
  public static let upcasters = Upcasters()

  /// The stream that it belongs to.
  public var stream: StreamID {
    switch self {
    case .way(let id, _), .product(let id, _), .record(let id, _), .casebook(let id, _), .safety(let id, _),
      .grade(let id, _):
      .participant(id)
    case .study, .studyRecord: .study
    case .site(let id, _): .site(id)
    case .people: .accounts
    case .laboratory(let site, _): site.map(StreamID.site) ?? .study
    }
  }

  /// Its type and its members.
  package func named() throws -> (type: String, fact: CanonicalJSON.Value) {
    switch self {
    case .way(_, let event): try Slice.way.named(event)
    case .product(_, let event): try Slice.product.named(event)
    case .record(_, let event), .studyRecord(let event): try Slice.record.named(event)
    case .study(let event): try Slice.study.named(event)
    case .site(_, let event): try Slice.site.named(event)
    case .people(let event): try Slice.people.named(event)
    case .casebook(_, let event): try Slice.casebook.named(event)
    case .safety(_, let event): try Slice.safety.named(event)
    case .grade(_, let event): try Slice.grade.named(event)
    case .laboratory(_, let event): try Slice.laboratory.named(event)
    }
  }

  /// Its type alone, for people; a dash if it has none.
  public var name: String { (try? named().type) ?? "-" }

  /// The event that a type and its members are, in a stream.
  init(type: String, fact: CanonicalJSON.Value, stream: StreamID) throws {
    guard let dot = type.firstIndex(of: "."), let slice = Slice(rawValue: String(type[..<dot])) else {
      throw UnreadableEvent(type: type, stream: stream, problem: "no event of the trial has that type")
    }
    let tagged = CanonicalJSON.Value.object([String(type[type.index(after: dot)...]): fact])
    switch slice {
    case .way: self = .way(try stream.participant(type), try slice.event(tagged))
    case .product: self = .product(try stream.participant(type), try slice.event(tagged))
    case .record where stream == .study: self = .studyRecord(try slice.event(tagged))
    case .record: self = .record(try stream.participant(type), try slice.event(tagged))
    case .study: self = .study(try slice.event(tagged))
    case .site: self = .site(try stream.site(type), try slice.event(tagged))
    case .people: self = .people(try slice.event(tagged))
    case .casebook: self = .casebook(try stream.participant(type), try slice.event(tagged))
    case .safety: self = .safety(try stream.participant(type), try slice.event(tagged))
    case .grade: self = .grade(try stream.participant(type), try slice.event(tagged))
    case .laboratory where stream == .study: self = .laboratory(nil, try slice.event(tagged))
    case .laboratory: self = .laboratory(try stream.site(type), try slice.event(tagged))
    }
  }
}

/// The kinds of events, by the first word of their type.
private enum Slice: String {
  case way = "participant"
  case product, record, study, site, casebook, safety, grade, laboratory
  case people = "account"

  /// An enumeration's case as Swift encodes it, `{"case": {members}}`, taken apart.
  func named(_ event: some Encodable) throws -> (type: String, fact: CanonicalJSON.Value) {
    guard case .object(let members) = try CanonicalJSON(encoding: event).value, let (name, fact) = members.first else {
      throw InvalidEvent()
    }
    return ("\(rawValue).\(name)", fact)
  }

  func event<Event: Decodable>(_ tagged: CanonicalJSON.Value) throws -> Event {
    try CanonicalJSON(tagged).decode(Event.self)
  }

  private struct InvalidEvent: Error {}
}

extension StreamID {
  /// The stream of a participant, with the product.
  public static func participant(_ id: ParticipantID) -> StreamID { StreamID(kind: "participant", id.description) }
  /// The stream of a site.
  public static func site(_ id: SiteID) -> StreamID { StreamID(kind: "site", id.description) }
  /// The stream of the whole study.
  public static let study = StreamID(kind: "study")
  /// The stream of accounts.
  public static let accounts = StreamID(kind: "accounts")

  fileprivate func participant(_ type: String) throws -> ParticipantID {
    try ParticipantID(try id(of: "participant", type))
  }

  fileprivate func site(_ type: String) throws -> SiteID { try SiteID(try id(of: "site", type)) }

  private func id(of kind: String, _ type: String) throws -> Substring {
    let parts = description.split(separator: "/")
    guard parts.count == 2, parts[0] == kind else {
      throw UnreadableEvent(type: type, stream: self, problem: "its stream is none of a \(kind)")
    }
    return parts[1]
  }
}

extension Recorded where Event == TrialEvent {
  /// The event of an envelope, in today's shape.
  ///
  /// - Throws: `UnreadableEvent` if it is none of the trial, with its place; `UpcastFailure`.
  public init(_ envelope: Envelope) throws {
    let stored = try TrialEvent.upcasters.newest(envelope)
    let tree = stored.payload.value
    do {
      let event = try TrialEvent(type: stored.type, fact: tree["fact"] ?? .object([:]), stream: stored.stream)
      let signatures = try tree["signatures"].map { try CanonicalJSON($0).decode([Signature].self) } ?? []
      self.init(
        event, happened: stored.happened, recorded: envelope.recorded, actor: stored.actor, reason: stored.reason,
        signatures: signatures, position: envelope.position)
    } catch let error as UnreadableEvent {
      throw error.at(envelope.position)
    } catch {
      throw UnreadableEvent(
        type: stored.type, stream: stored.stream, problem: "\(error)", position: envelope.position)
    }
  }
}

extension TrialEvent {
  /// The event as it enters the ledger.
  public func newEvent(
    signatures: [Signature] = [], happened: Moment, actor: Actor, origin: Origin, reason: String?
  ) throws -> NewEvent {
    let (type, fact) = try named()
    var payload: [String: CanonicalJSON.Value] = ["fact": fact]
    if !signatures.isEmpty { payload["signatures"] = try CanonicalJSON(encoding: signatures).value }
    return NewEvent(
      stream: stream, type: type, payloadVersion: TrialEvent.payloadVersion,
      payload: try CanonicalJSON(.object(payload)),
      happened: happened, actor: actor, origin: origin, reason: reason)
  }
}

/// An event in the ledger that this release cannot read.
public struct UnreadableEvent: Error, Hashable, Sendable, CustomStringConvertible {
  /// Its type as stored, such as `participant.consentGiven`.
  public let type: String
  /// The stream that it stands in.
  public let stream: StreamID
  /// Why it cannot be read, as a clause.
  public let problem: String
  /// Where it stands in the ledger, where known.
  public let position: Position?

  init(type: String, stream: StreamID, problem: String, position: Position? = nil) {
    self.type = type
    self.stream = stream
    self.problem = problem
    self.position = position
  }

  func at(_ position: Position) -> UnreadableEvent {
    UnreadableEvent(type: type, stream: stream, problem: problem, position: position)
  }

  /// The event, the problem and what to do.
  public var description: String {
    "Event \(position.map(String.init) ?? "?") of \(stream), a \(type), cannot be read: \(problem). "
      + "A newer release may have written it: open the ledger with that."
  }
}
