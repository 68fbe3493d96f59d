import ClinicalValues
import Ledger
import LedgerTesting
import Testing

struct ExportTests {
  @Test(arguments: [0, 1, 2, 20, 255, 256, 257]) func `an export of any size verifies with the public key alone`(
    _ count: Int
  ) async throws {
    let export = try await Export.make(count: count, checkpointsAt: [1, 5, 256])
    let report = try export.verify()
    #expect(report.head.position == count && report.streams == min(count, 3))
    #expect(report.attachments == export.attachments.count)
    #expect(report.checkpoints == export.checkpoints.count)
    #expect(export.seals.count == (count + 255) / 256)
  }

  @Test func `it verifies however the bytes are cut into pieces`() async throws {
    let export = try await Export.make(count: 30)
    for size in [1, 7, 64, 4096] {
      var rest = export.bytes[...]
      let reader = LineReader {
        defer { rest = rest.dropFirst(size) }
        return Array(rest.prefix(size))
      }
      #expect(try LedgerExport.verify(reader, keys: [export.verifier]).head.position == 30)
    }
  }

  @Test func `every line is canonical JSON, and an event's line hashes to its leaf`() async throws {
    let export = try await Export.make(count: 20)
    for line in export.lines { #expect(try CanonicalJSON(parsing: line).description == line) }
    let leaves = export.events.map { Digest(of: [0] + Array(export.lines[$0].utf8)) }
    #expect(try export.verify().head.root == MerkleTree.root(of: leaves))
  }

  @Test func `an export that was not signed by the given key is refused`() async throws {
    let export = try await Export.make(count: 5)
    let other = try SigningKey(name: export.key.name, seed: [UInt8](repeating: 8, count: 32))
    #expect { try LedgerExport.verify(LineReader(export.bytes), keys: [other.verifier]) } throws: {
      ($0 as? LedgerFault)?.subject == .header
    }
    #expect(throws: LedgerFault.self) { try LedgerExport.verify(LineReader(export.bytes), keys: []) }
  }

  @Test func `garbage is refused, never crashed on`() {
    for text in ["", "\n", "{}\n", "[]", "{\"header\":{}}\n", "\u{0}", String(repeating: "[", count: 5000)] {
      #expect(throws: LedgerFault.self) { try LedgerExport.verify(LineReader(Array(text.utf8)), keys: []) }
    }
  }

  @Test func `a line without end is refused before it fills the memory`() {
    var pieces = 0
    let reader = LineReader {
      pieces += 1
      return [UInt8](repeating: UInt8(ascii: "x"), count: 8 << 20)
    }
    #expect(throws: LedgerFault.self) { try LedgerExport.verify(reader, keys: []) }
    #expect(pieces < 14)
  }

  @Test func `a store whose content was changed is not exported as if it were whole`() async throws {
    let store = ForgedStore(InMemoryEventStore()) { $0.position == 4 ? $0.event.reason == nil : false }
    try await Facts.fill(store, streams: ["study"], count: 6)
    await #expect {
      _ = try await Export.lines(of: store, key: try Export.key())
    } throws: {
      let fault = $0 as? LedgerFault
      return fault?.position == 4 && fault?.change == .altered && fault?.stream == Facts.stream("study")
    }
  }

  @Test func `the whole history rewritten with the key is shown by the witness's code`() async throws {
    let key = try Export.key()
    let (honest, rewritten) = (InMemoryEventStore(), InMemoryEventStore())
    try await Facts.fill(honest, streams: ["study"], count: 10)
    let codes = [3, 8].map { size in (size, honest) }
    var witnesses: [WitnessCode] = []
    for (size, store) in codes {
      let root = MerkleTree.root(of: try await store.leaves(upTo: size))
      witnesses.append(WitnessCode(Checkpoint(origin: key.name, head: Head(position: size, root: root))))
    }
    for version in 0..<10 {
      let attachments: [[UInt8]] = version % 7 == 3 ? [Array("record \(version)".utf8)] : []
      let text = version == 5 ? "another fact" : "fact \(version)"
      _ = try await rewritten.append(Facts.append("study", at: version, text, attachments: attachments))
    }
    let good = Export(lines: try await Export.lines(of: honest, key: key), key: key)
    #expect(try good.fault(witnesses: witnesses) == nil)
    let bad = Export(lines: try await Export.lines(of: rewritten, key: key), key: key)
    #expect(try bad.fault() == nil)
    let fault = try #require(try bad.fault(witnesses: witnesses))
    #expect(fault.change == .altered && fault.position == 4 && fault.detail.contains("4 to 8"))
    let tooFew = try await Export.make(count: 2)
    #expect(try tooFew.fault(witnesses: [witnesses[1]])?.change == .removed)
  }
}

/// A store under which somebody has changed what it holds: chosen events come back with another type.
struct ForgedStore: EventStore {
  let store: InMemoryEventStore
  let isChanged: @Sendable (Envelope) -> Bool

  init(_ store: InMemoryEventStore, isChanged: @escaping @Sendable (Envelope) -> Bool) {
    self.store = store
    self.isChanged = isChanged
  }

  private func shown(_ envelope: Envelope) -> Envelope {
    guard isChanged(envelope) else { return envelope }
    // With an id and a hash of its own, as one leaves them who rewrites rows with care but has no key.
    return envelope.forged(version: envelope.version + 1)
  }

  func append(_ append: Append) async throws -> [Envelope] { try await store.append(append) }
  func events(after position: Position, limit: Int) async throws -> [Envelope] {
    try await store.events(after: position, limit: limit).map(shown)
  }
  func events(of stream: StreamID, after version: Version) async throws -> [Envelope] {
    try await store.events(of: stream, after: version).map(shown)
  }
  func head() async throws -> Head { try await store.head() }
  func attachment(_ digest: Digest) async throws -> [UInt8]? { try await store.attachment(digest) }
  func leaves(upTo position: Position) async throws -> [Digest] { try await store.leaves(upTo: position) }
  func keep(_ checkpoint: SignedCheckpoint) async throws { try await store.keep(checkpoint) }
  func checkpoints() async throws -> [SignedCheckpoint] { try await store.checkpoints() }
  func subscribe(after position: Position) -> AsyncThrowingStream<Envelope, any Error> {
    store.subscribe(after: position)
  }
}
