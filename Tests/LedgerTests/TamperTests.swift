import ClinicalValues
import Ledger
import LedgerTesting
import Testing

/// Every way of tampering with an export, by somebody who recomputes all that can be recomputed without the key.
struct TamperTests {
  /// Where the tampering happens: inside a seal's run, at its edges, and in the next run.
  static let positions = [1, 2, 7, 8, 9, 10, 16, 20]
  static let size = 20

  static func export() async throws -> Export { try await Export.make(count: size, eventsPerSeal: 8) }

  static let forgeries: [(String, @Sendable (Envelope) throws -> Envelope)] = [
    ("position", { $0.forged(position: $0.position + 1) }),
    ("version", { $0.forged(version: $0.version + 1) }),
    ("recorded", { $0.forged(recorded: $0.recorded.adding(seconds: -1)) }),
    ("stream", { $0.forged(stream: "site/99") }),
    ("type", { $0.forged(type: "denied") }),
    ("payloadVersion", { $0.forged(payloadVersion: 2) }),
    ("payload", { $0.forged(payload: try CanonicalJSON(.object(["text": .string("else")]))) }),
    ("happened", { $0.forged(happened: Moment(Facts.time, offsetMinutes: 480, zone: "Asia/Shanghai")) }),
    ("zone", { $0.forged(happened: Moment($0.event.happened.instant, offsetMinutes: 480, zone: "Asia/Taipei")) }),
    ("account", { $0.forged(actor: Actor(account: "chen", role: "investigator", site: "01")) }),
    ("role", { $0.forged(actor: Actor(account: "li.wei", role: "monitor", site: "01")) }),
    ("site", { $0.forged(actor: Actor(account: "li.wei", role: "investigator")) }),
    ("origin", { $0.forged(origin: .import) }),
    ("reason", { $0.forged(reason: "because") }),
    ("attachments", { $0.forged(attachments: [Digest(of: "other")]) }),
  ]

  @Test func `each member of an event that is altered is found, where it is`() async throws {
    let export = try await Self.export()
    for position in Self.positions {
      let original = try export.event(position)
      for (member, forge) in Self.forgeries {
        var tampered = export
        try tampered.replace(position) { envelope in (try? forge(envelope)) ?? envelope }
        let fault = try #require(try tampered.fault(), "\(member) at \(position)")
        #expect(fault.change == .altered && fault.subject == .event, "\(member): \(fault)")
        #expect(fault.position == position, "\(member)")
        #expect(fault.stream == original.event.stream && fault.version == original.version, "\(member)")
      }
    }
  }

  @Test func `an id that is altered, and a line that is spaced otherwise, are found`() async throws {
    let export = try await Self.export()
    for (found, put) in [("\"id\":\"", "\"id\":\"0"), ("{\"actor\":", "{\"actor\": "), ("\"web\"", "\"fax\"")] {
      var tampered = export
      tampered.lines[tampered.events[6]].replace(found, with: put)
      let fault = try #require(try tampered.fault())
      #expect(fault.change == .altered && fault.subject == .event && fault.position == 7)
    }
  }

  /// What follows is renumbered, so that positions and versions have no gap.
  static func renumbered(_ export: Export, from first: Int, positions: Int) throws -> Export {
    var export = export
    for index in export.events where index >= first {
      let envelope = try Envelope(canonical: Array(export.lines[index].utf8))
      export.lines[index] = String(
        decoding: envelope.forged(position: envelope.position + positions).canonical, as: UTF8.self)
    }
    return export
  }

  @Test(arguments: [false, true]) func `an event that is removed is found, also when the rest is renumbered`(
    _ isRenumbered: Bool
  ) async throws {
    let export = try await Self.export()
    for position in Self.positions {
      let original = try export.event(position)
      var tampered = export
      let index = tampered.events[position - 1]
      tampered.lines.remove(at: index)
      if isRenumbered { tampered = try Self.renumbered(tampered, from: index, positions: -1) }
      let fault = try #require(try tampered.fault())
      #expect(fault.change == .removed && fault.subject == .event, "\(position): \(fault)")
      #expect(fault.position == position)
      #expect(fault.stream == original.event.stream && fault.version == original.version)
    }
  }

  @Test(arguments: [false, true]) func `an event that is inserted is found, also when the rest is renumbered`(
    _ isRenumbered: Bool
  ) async throws {
    let export = try await Self.export()
    for position in Self.positions {
      var tampered = export
      let index = tampered.events[position - 1]
      let made = try export.event(position).forged(stream: "site/77", type: "denied")
      tampered.lines.insert(String(decoding: made.canonical, as: UTF8.self), at: index)
      if isRenumbered { tampered = try Self.renumbered(tampered, from: index + 1, positions: 1) }
      let fault = try #require(try tampered.fault())
      #expect(fault.change == .inserted && fault.subject == .event, "\(position): \(fault)")
      #expect(fault.position == position && fault.stream == Facts.stream("site/77"))
    }
  }

  @Test func `events that change places are found`() async throws {
    let export = try await Self.export()
    for (one, other) in [(1, 2), (3, 6), (7, 10), (8, 9), (2, 20)] {
      let original = try export.event(one)
      var swapped = export
      swapped.lines.swapAt(swapped.events[one - 1], swapped.events[other - 1])
      let fault = try #require(try swapped.fault())
      #expect(fault.change == .reordered && fault.position == one, "\(one), \(other): \(fault)")
      #expect(fault.stream == original.event.stream && fault.version == original.version)
      var places = export
      try places.replace(one) { $0.forged(position: other) }
      try places.replace(other) { $0.forged(position: one) }
      places.lines.swapAt(places.events[one - 1], places.events[other - 1])
      let renumbered = try #require(try places.fault())
      #expect(renumbered.change == .reordered && renumbered.position == one, "\(one), \(other): \(renumbered)")
    }
  }

  @Test func `an event that was moved is found at the first place that is wrong`() async throws {
    let export = try await Self.export()
    for (from, to) in [(3, 7), (7, 3), (2, 18), (18, 2)] {
      var moved = export
      let line = moved.lines.remove(at: moved.events[from - 1])
      moved.lines.insert(line, at: moved.events[to - 1])
      let fault = try #require(try moved.fault())
      #expect(fault.change == .reordered && fault.position == min(from, to), "\(from) to \(to): \(fault)")
    }
  }

  @Test func `a tail that is cut off is found, at each line`() async throws {
    let export = try await Export.make(count: 12)
    for count in 1..<export.lines.count {
      var cut = export
      cut.lines.removeLast(export.lines.count - count)
      let fault = try #require(try cut.fault(), "\(count) lines")
      #expect(fault.change == .removed, "\(fault)")
      let left = cut.events.count
      if fault.subject == .event { #expect(fault.position == left + 1) }
    }
    var halved = export
    halved.lines[export.events[4]] = String(halved.lines[export.events[4]].prefix(30))
    halved.lines.removeLast(halved.lines.count - export.events[4] - 1)
    #expect(try halved.fault()?.position == 5)
  }

  @Test func `an attachment that is moved, removed, swapped or altered is found with its event`() async throws {
    let export = try await Export.make(count: 20)
    let first = export.attachments[0]
    let owner = try Envelope(canonical: Array(export.lines[first - 1].utf8))
    func fault(_ change: (inout [String]) -> Void) throws -> LedgerFault {
      var tampered = export
      change(&tampered.lines)
      return try #require(try tampered.fault())
    }
    let moved = try fault { $0.insert($0.remove(at: first), at: export.attachments[3]) }
    let swapped = try fault { $0.swapAt(first, first + 1) }
    let removed = try fault { $0.remove(at: first) }
    let altered = try fault { $0[first].replace("Ay\"}", with: "Az\"}") }
    for (found, change) in [
      (moved, LedgerFault.Change.reordered), (swapped, .reordered), (removed, .removed), (altered, .altered),
    ] {
      #expect(found.change == change && found.subject == .attachment(owner.attachments[0]), "\(found)")
      #expect(found.position == owner.position && found.stream == owner.event.stream)
    }
    let added = try fault { $0.insert($0[first], at: export.events[10]) }
    #expect(added.change == .inserted && added.position == 10, "\(added)")
  }

  @Test func `a header that is replaced or altered is found`() async throws {
    let export = try await Export.make(count: 20)
    let other = try await Export.make(count: 19)
    for line in [
      other.lines[0], export.lines[0].replacing("\"events\":20", with: "\"events\":19"), export.lines[1], "",
      export.lines[0].replacing("ledger.example", with: "ledger.sample"), " " + export.lines[0],
    ] {
      var tampered = export
      tampered.lines[0] = line
      #expect(try tampered.fault() != nil)
      // A header that the ledger's own key signed, but of another export, leads to other seals.
      if line != other.lines[0] { #expect(try tampered.fault()?.subject == .header) }
    }
    var headless = export
    headless.lines.removeFirst()
    #expect(try headless.fault()?.subject == .header)
  }

  @Test func `seals and checkpoints that are removed or altered are found`() async throws {
    let export = try await Self.export()
    for seal in export.seals {
      let first = seal == export.seals[0] ? 1 : export.seals.firstIndex(of: seal).map { $0 * 8 + 1 }
      var removed = export
      removed.lines.remove(at: seal)
      #expect(try removed.fault()?.position == first)
      var altered = export
      altered.lines[seal].replace("\"leaf\":\"", with: "\"leaf\":\"0", maxReplacements: 1)
      #expect(try altered.fault()?.position == first)
    }
    let kept = export.checkpoints[0]
    var removed = export
    removed.lines.remove(at: kept)
    let gone = try #require(try removed.fault())
    #expect(gone.subject == .checkpoint && gone.change == .removed)
    var last = export
    last.lines[last.lines.count - 1] = export.lines[kept]
    #expect(try last.fault()?.subject == .checkpoint)
    var longer = export
    longer.lines.append(export.lines[export.events[3]])
    let added = try #require(try longer.fault())
    #expect(added.change == .inserted && added.position == 21)
  }

  @Test func `a run of events that is removed with its seal is found at its first event`() async throws {
    let export = try await Export.make(count: 30, eventsPerSeal: 8)
    var tampered = export
    tampered.lines.removeSubrange(export.seals[1]..<export.seals[2])
    let fault = try #require(try tampered.fault())
    let first = try export.event(9)
    #expect(fault.change == .removed && fault.position == 9 && fault.version == first.version)
  }

  @Test func `of events that say the same, the one that was altered, removed or doubled is named`() async throws {
    let key = try Export.key()
    let store = InMemoryEventStore(sealing: key)
    for version in 0..<6 {
      var append = Facts.append("study", at: version)
      append.recorded = Facts.time
      _ = try await store.append(append)
    }
    let export = Export(lines: try await Export.lines(of: store, key: key), key: key)
    let line = export.events[2]
    var altered = export
    try altered.replace(3) { $0.forged(reason: "because") }
    var removed = export
    removed.lines.remove(at: line)
    var doubled = export
    doubled.lines.insert(export.lines[line], at: line)
    for (tampered, change, position) in [
      (altered, LedgerFault.Change.altered, 3), (removed, .removed, 3), (doubled, .inserted, 4),
    ] {
      let fault = try #require(try tampered.fault())
      #expect(fault.change == change && fault.subject == .event && fault.position == position, "\(fault)")
    }
  }

  @Test func `no single line can be removed or doubled unseen`() async throws {
    let export = try await Export.make(count: 12)
    for index in export.lines.indices {
      var without = export
      without.lines.remove(at: index)
      #expect(try without.fault() != nil, "line \(index) removed")
      var twice = export
      twice.lines.insert(export.lines[index], at: index)
      #expect(try twice.fault() != nil, "line \(index) doubled")
    }
  }

  @Test func `no byte can be changed unseen`() async throws {
    let export = try await Export.make(count: 8)
    let bytes = export.bytes
    var random = Seeded(11)
    for _ in 0..<400 {
      var altered = bytes
      let place = Int.random(in: 0..<bytes.count, using: &random)
      altered[place] ^= UInt8.random(in: 1...255, using: &random)
      #expect(throws: (any Error).self, "byte \(place)") {
        try LedgerExport.verify(LineReader(altered), keys: [export.verifier])
      }
    }
  }
}
