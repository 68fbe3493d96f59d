/// What every store does with an append before it writes anything.
extension Append {
  /// How many bytes one attachment may have.
  public static let greatestAttachment = 64 << 20

  /// Whether the append can be appended at all, whatever the ledger holds.
  ///
  /// - Throws: `StoreFailure` (`ledger-invalid-append`) with the first problem.
  package func validate() throws(StoreFailure) {
    for event in events {
      guard expected[event.stream] != nil else {
        throw refusal("'\(event.type)' is for stream \(event.stream), whose expected version is not given.")
      }
      guard !event.type.isEmpty, event.type.utf8.allSatisfy(Append.isNameCharacter), event.payloadVersion > 0 else {
        throw refusal("'\(event.type)', version \(event.payloadVersion), is no type of event.")
      }
    }
    if let negative = expected.first(where: { $0.value < 0 }) {
      throw refusal("the expected version of \(negative.key) is \(negative.value); a stream without events has 0.")
    }
    if let large = attachments.first(where: { $0.count > Append.greatestAttachment }) {
      throw refusal("an attachment of \(large.count) bytes; \(Append.greatestAttachment) are the most.")
    }
    let named = Set(try assigned(Set(attachments.map { Digest(of: $0) })).joined())
    if let loose = attachments.first(where: { !named.contains(Digest(of: $0)) }) {
      throw refusal("no payload names the attachment \(Digest(of: loose)).")
    }
  }

  private func refusal(_ problem: String) -> StoreFailure {
    StoreFailure(.invalidAppend, found: problem, remedy: "This is a mistake in the program: please report it.")
  }

  private static func isNameCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
  }

  /// For each event the attachments that it is the first to name, in the order of their digests.
  private func assigned(_ digests: Set<Digest>) throws(StoreFailure) -> [[Digest]] {
    var left = digests
    return events.map { event in
      guard !left.isEmpty else { return [] }
      let here = event.payload.value.digests.intersection(left)
      left.subtract(here)
      return here.sorted()
    }
  }

  /// The events in their places.
  ///
  /// - Parameters:
  ///   - position: that of the last event so far.
  ///   - last: that event; nil if there is none.
  ///   - version: the version of a stream so far.
  /// - Throws: `Conflict` with every stream that has moved on; `StoreFailure` (`ledger-clock-behind`) if the last event
  ///   was recorded later than this append is; whatever `version` throws.
  package func envelopes(
    after position: Position, last: Envelope?, version: (StreamID) throws -> Version
  ) throws -> [Envelope] {
    var versions: [StreamID: Version] = [:]
    var moved: [StreamID: Version] = [:]
    for (stream, expected) in expected {
      let found = try version(stream)
      versions[stream] = found
      if found != expected { moved[stream] = found }
    }
    guard moved.isEmpty else { throw Conflict(moved: moved) }
    if let last, !events.isEmpty, !setsClockRight { try RecordedTime.require(recorded, after: last) }
    let assigned = try assigned(Set(attachments.map { Digest(of: $0) }))
    var position = position
    return zip(events, assigned).map { event, attachments in
      position += 1
      versions[event.stream, default: 0] += 1
      return Envelope(
        event, position: position, version: versions[event.stream, default: 1], recorded: recorded,
        attachments: attachments)
    }
  }
}

extension CanonicalJSON.Value {
  /// The digests that strings in the tree write.
  var digests: Set<Digest> {
    switch self {
    case .string(let text): Digest(text).map { [$0] } ?? []
    case .array(let elements): elements.reduce(into: []) { $0.formUnion($1.digests) }
    case .object(let members): members.values.reduce(into: []) { $0.formUnion($1.digests) }
    case .null, .bool, .integer: []
    }
  }
}
