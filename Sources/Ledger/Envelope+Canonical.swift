package import ClinicalValues

// The canonical form is what is stored, exported and hashed: an object with the members actor, attachments, happened,
// id, origin, payload, payloadVersion, position, reason, recorded, stream, type, version. What an event does not have
// (reason, attachments, the actor's site) is left out.

extension Envelope {
  /// An event that takes its place; id and hash follow from the rest.
  package init(
    _ event: NewEvent, position: Position, version: Version, recorded: Instant, attachments: [Digest]
  ) {
    let form = EnvelopeForm(event, recorded: recorded, attachments: attachments)
    let id = form.id(position: position, version: version)
    let canonical = form.bytes(id: id, position: position, version: version)
    self.init(
      id: id, position: position, version: version, recorded: recorded, event: event, attachments: attachments,
      canonical: canonical, hash: MerkleTree.leaf(canonical))
  }

  private var form: EnvelopeForm { EnvelopeForm(event, recorded: recorded, attachments: attachments) }

  /// The digest of what the event says, wherever it stands: of the canonical form without id, position and version.
  var content: Digest { Digest(of: form.bytes(id: nil, position: nil, version: nil)) }

  /// The id that follows from the other members.
  var derivedID: String { form.id(position: position, version: version) }

  /// Whether hash and canonical form are those of the members.
  var agreesWithItself: Bool {
    canonical == form.bytes(id: id, position: position, version: version) && hash == MerkleTree.leaf(canonical)
  }
}

/// The canonical form of an event, in the runs between the members that depend on its place.
private struct EnvelopeForm {
  private var beforeID = MemberWriter()
  private var beforePosition = MemberWriter()
  private var beforeVersion = MemberWriter()

  init(_ event: NewEvent, recorded: Instant, attachments: [Digest]) {
    beforeID.raw("actor", actor(event.actor))
    if !attachments.isEmpty {
      beforeID.raw("attachments", Array("[\(attachments.map { "\"\($0)\"" }.joined(separator: ","))]".utf8))
    }
    beforeID.text("happened", event.happened.description)
    beforePosition.text("origin", event.origin.rawValue)
    beforePosition.raw("payload", event.payload.bytes)
    beforePosition.number("payloadVersion", event.payloadVersion)
    if let reason = event.reason { beforeVersion.text("reason", reason) }
    beforeVersion.text("recorded", recorded.description)
    beforeVersion.text("stream", event.stream.description)
    beforeVersion.text("type", event.type)
  }

  private func actor(_ actor: Actor) -> [UInt8] {
    var form = MemberWriter()
    form.text("account", actor.account)
    form.text("role", actor.role)
    if let site = actor.site { form.text("site", site) }
    return form.object
  }

  /// The whole form, or the form without the members that are nil.
  func bytes(id: String?, position: Position?, version: Version?) -> [UInt8] {
    var form = beforeID
    if let id { form.text("id", id) }
    form.join(beforePosition)
    if let position { form.number("position", position) }
    form.join(beforeVersion)
    if let version { form.number("version", version) }
    return form.object
  }

  /// The first 128 bits of the digest of the form without the id, with the version and variant of UUIDv8.
  func id(position: Position, version: Version) -> String {
    var bytes = Array(Digest(of: self.bytes(id: nil, position: position, version: version)).bytes.prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = bytes.hexadecimal
    var id = ""
    for (index, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(index) { id.append("-") }
      id.append(digit)
    }
    return id
  }
}

/// Prints the members of an object, which come in canonical order already.
private struct MemberWriter {
  private var writer = CanonicalWriter()

  init() { writer.bytes.reserveCapacity(1024) }

  /// The object, with its braces.
  var object: [UInt8] { [UInt8(ascii: "{")] + writer.bytes + [UInt8(ascii: "}")] }

  private mutating func name(_ name: StaticString) {
    if !writer.bytes.isEmpty { writer.bytes.append(UInt8(ascii: ",")) }
    writer.bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { writer.bytes += $0 }
    writer.bytes += "\":".utf8
  }

  mutating func raw(_ name: StaticString, _ value: [UInt8]) {
    self.name(name)
    writer.bytes += value
  }

  mutating func number(_ name: StaticString, _ value: Int) {
    self.name(name)
    writer.bytes += "\(value)".utf8
  }

  mutating func text(_ name: StaticString, _ value: String) {
    self.name(name)
    writer.write(value)
  }

  mutating func join(_ other: MemberWriter) {
    if !writer.bytes.isEmpty && !other.writer.bytes.isEmpty { writer.bytes.append(UInt8(ascii: ",")) }
    writer.bytes += other.writer.bytes
  }
}

extension Envelope {
  /// The event whose canonical form some bytes are.
  ///
  /// - Throws: `InvalidEnvelope` if they are none, have members that an event does not have, or are not canonical.
  public init(canonical bytes: [UInt8]) throws(InvalidEnvelope) {
    let tree: CanonicalJSON.Value
    do { tree = try CanonicalReader.read(bytes) } catch { throw InvalidEnvelope(problem: error.description) }
    var members = try EnvelopeMembers(tree, "an event")
    var actor = try EnvelopeMembers(members.take("actor"), "an actor")
    let by = Actor(
      account: try actor.text("account"), role: try actor.text("role"), site: try actor.optionalText("site"))
    try actor.finish()
    var attachments: [Digest] = []
    for element in members.optional("attachments")?.array ?? [] {
      attachments.append(try InvalidEnvelope.unwrap(element.string.flatMap { Digest($0) }, "attachments"))
    }
    let payload: CanonicalJSON
    let raw = try members.take("payload")
    do { payload = try CanonicalJSON(raw) } catch { throw InvalidEnvelope(problem: error.description) }
    let event = NewEvent(
      stream: try InvalidEnvelope.unwrap(StreamID(members.text("stream")), "stream"), type: try members.text("type"),
      payloadVersion: try members.integer("payloadVersion"), payload: payload,
      happened: try InvalidEnvelope.unwrap(Moment(members.text("happened")), "happened"), actor: by,
      origin: try InvalidEnvelope.unwrap(Origin(rawValue: members.text("origin")), "origin"),
      reason: try members.optionalText("reason"))
    self.init(
      id: try members.text("id"), position: try members.integer("position"), version: try members.integer("version"),
      recorded: try InvalidEnvelope.unwrap(Instant(members.text("recorded")), "recorded"), event: event,
      attachments: attachments, canonical: bytes, hash: MerkleTree.leaf(bytes))
    try members.finish()
    guard form.bytes(id: id, position: position, version: version) == bytes else {
      throw InvalidEnvelope(problem: "the event is not in canonical form")
    }
  }
}

/// Why bytes are no event of a ledger.
public struct InvalidEnvelope: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was found, and what was expected.
  public let problem: String

  /// The problem, with its id.
  public var description: String { "ledger-event: \(problem)" }

  static func unwrap<T>(_ value: T?, _ member: String) throws(InvalidEnvelope) -> T {
    guard let value else {
      throw InvalidEnvelope(problem: "the member '\(member)' does not have the form it must have")
    }
    return value
  }
}

/// The members of an object, each of which is taken once.
private struct EnvelopeMembers {
  private var rest: [String: CanonicalJSON.Value]
  private let what: String

  init(_ value: CanonicalJSON.Value, _ what: String) throws(InvalidEnvelope) {
    guard case .object(let members) = value else { throw InvalidEnvelope(problem: "\(what) must be an object") }
    self.rest = members
    self.what = what
  }

  mutating func optional(_ name: String) -> CanonicalJSON.Value? { rest.removeValue(forKey: name) }

  mutating func take(_ name: String) throws(InvalidEnvelope) -> CanonicalJSON.Value {
    guard let value = optional(name) else { throw InvalidEnvelope(problem: "\(what) lacks the member '\(name)'") }
    return value
  }

  mutating func text(_ name: String) throws(InvalidEnvelope) -> String {
    try InvalidEnvelope.unwrap(take(name).string, name)
  }

  mutating func optionalText(_ name: String) throws(InvalidEnvelope) -> String? {
    guard let value = optional(name) else { return nil }
    return try InvalidEnvelope.unwrap(value.string, name)
  }

  mutating func integer(_ name: String) throws(InvalidEnvelope) -> Int {
    try InvalidEnvelope.unwrap(take(name).integer, name)
  }

  func finish() throws(InvalidEnvelope) {
    if let extra = rest.keys.min() { throw InvalidEnvelope(problem: "\(what) has an unknown member '\(extra)'") }
  }
}
