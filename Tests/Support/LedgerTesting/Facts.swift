// LedgerTesting is what tests of ledgers share: made-up events, and the contract that every store must keep.

public import ClinicalValues
public import Ledger

/// Made-up events.
public enum Facts {
  /// A time in the server's clock.
  public static let time = Instant(milliseconds: 1_795_422_600_000)

  /// A stream of a name that is known to be one.
  public static func stream(_ name: String) -> StreamID {
    guard let stream = StreamID(name) else { preconditionFailure("'\(name)' is no stream") }
    return stream
  }

  /// An event that says a text.
  public static func event(_ stream: String, _ text: String = "something", attachments: [[UInt8]] = []) -> NewEvent {
    let tree = CanonicalJSON.Value.object([
      "text": .string(text), "records": .array(attachments.map { .string("\(Digest(of: $0))") }),
    ])
    guard let payload = try? CanonicalJSON(tree) else { preconditionFailure("a tree without canonical form") }
    return NewEvent(
      stream: self.stream(stream), type: "noted", payloadVersion: 1, payload: payload,
      happened: Moment(time.adding(minutes: -90), offsetMinutes: 480, zone: "Asia/Shanghai"),
      actor: Actor(account: "li.wei", role: "investigator", site: "01"), origin: .web,
      reason: text.hasPrefix("correction") ? "read wrongly" : nil)
  }

  /// An append of one event to one stream. Its time follows the version, and not far: whatever streams are written to
  /// in turn, no time goes back further than a store lets it.
  public static func append(
    _ stream: String, at version: Version, _ text: String = "something", attachments: [[UInt8]] = []
  ) -> Append {
    Append(
      expected: [self.stream(stream): version], events: [event(stream, text, attachments: attachments)],
      attachments: attachments, recorded: time.adding(seconds: min(version, 20)))
  }

  /// Appends an event to each of some streams in turn, one append each.
  public static func fill(_ store: some EventStore, streams: [String], count: Int) async throws {
    var versions: [String: Version] = [:]
    for index in 0..<count {
      let stream = streams[index % streams.count]
      let attachments: [[UInt8]] = index % 7 == 3 ? [Array("record \(index)".utf8)] : []
      _ = try await store.append(
        append(stream, at: versions[stream, default: 0], "fact \(index)", attachments: attachments))
      versions[stream, default: 0] += 1
    }
  }
}

/// Random numbers that are the same in every run (SplitMix64).
public struct Seeded: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Numbers that follow from a seed.
  public init(_ seed: UInt64) { self.state = seed }

  /// The next number.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
