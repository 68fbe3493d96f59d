import ClinicalValues
import Ledger
import LedgerTesting
import Testing

/// A ledger, exported, and what may be done to the lines.
struct Export {
  var lines: [String]
  let key: SigningKey

  var verifier: VerifierKey { key.verifier }

  static func key() throws -> SigningKey {
    try SigningKey(name: "ledger.example/cd19", seed: [UInt8](repeating: 1, count: 32))
  }

  /// An export of so many events in three streams, with attachments, and checkpoints kept at some sizes.
  static func make(count: Int, checkpointsAt sizes: Set<Int> = [5], eventsPerSeal: Int = 256) async throws -> Export {
    let key = try key()
    let store = InMemoryEventStore()
    let streams = ["participant/01-0001", "site/01", "participant/01-0002"]
    var versions: [String: Version] = [:]
    for index in 0..<count {
      let stream = streams[index % streams.count]
      let attachments: [[UInt8]] = index % 4 == 2 ? [Array("a \(index)".utf8), Array("b \(index)".utf8)] : []
      _ = try await store.append(
        Facts.append(stream, at: versions[stream, default: 0], "fact \(index)", attachments: attachments))
      versions[stream, default: 0] += 1
      guard sizes.contains(index + 1) else { continue }
      try await store.keep(Checkpoint(origin: key.name, head: try await store.head()).signed(with: key))
    }
    return Export(lines: try await lines(of: store, key: key, eventsPerSeal: eventsPerSeal), key: key)
  }

  static func lines(of store: some EventStore, key: SigningKey, eventsPerSeal: Int = 256) async throws -> [String] {
    var bytes: [UInt8] = []
    try await LedgerExport.write(store, key: key, exported: Facts.time, eventsPerSeal: eventsPerSeal) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  var bytes: [UInt8] { Array(lines.map { $0 + "\n" }.joined().utf8) }

  func verify(witnesses: [WitnessCode] = []) throws -> LedgerReport {
    try LedgerExport.verify(LineReader(bytes), keys: [verifier], witnesses: witnesses)
  }

  /// The fault that verification finds; nil if it finds none.
  func fault(witnesses: [WitnessCode] = []) throws -> LedgerFault? {
    do {
      _ = try verify(witnesses: witnesses)
      return nil
    } catch let fault as LedgerFault { return fault }
  }

  /// The indices of the lines that are events.
  var events: [Int] { lines.indices.filter { lines[$0].hasPrefix("{\"actor\"") } }
  var attachments: [Int] { lines.indices.filter { lines[$0].hasPrefix("{\"attachment\"") } }
  var checkpoints: [Int] { lines.indices.filter { lines[$0].hasPrefix("{\"checkpoint\"") } }
  var seals: [Int] { lines.indices.filter { lines[$0].hasPrefix("{\"seal\"") } }

  func event(_ position: Position) throws -> Envelope {
    try Envelope(canonical: Array(lines[events[position - 1]].utf8))
  }

  /// Puts an event in the place of another, with an id that follows from its content, as who has no key can do.
  mutating func replace(_ position: Position, _ change: (Envelope) -> Envelope) throws {
    lines[events[position - 1]] = String(decoding: try change(event(position)).canonical, as: UTF8.self)
  }
}

extension Envelope {
  /// The same event with some members changed, and id and hash computed anew.
  func forged(
    position: Position? = nil, version: Version? = nil, recorded: Instant? = nil, stream: String? = nil,
    type: String? = nil, payloadVersion: Int? = nil, payload: CanonicalJSON? = nil, happened: Moment? = nil,
    actor: Actor? = nil, origin: Origin? = nil, reason: String?? = nil, attachments: [Digest]? = nil
  ) -> Envelope {
    Envelope(
      NewEvent(
        stream: stream.map(Facts.stream) ?? event.stream, type: type ?? event.type,
        payloadVersion: payloadVersion ?? event.payloadVersion, payload: payload ?? event.payload,
        happened: happened ?? event.happened, actor: actor ?? event.actor, origin: origin ?? event.origin,
        reason: reason ?? event.reason),
      position: position ?? self.position, version: version ?? self.version, recorded: recorded ?? self.recorded,
      attachments: attachments ?? self.attachments)
  }
}
