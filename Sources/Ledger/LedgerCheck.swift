internal import ClinicalValues

/// Follows a ledger event by event and checks all that the events say of themselves and of each other.
///
/// Cost: three hashes an event; memory: one number a stream.
struct ChainCheck {
  private(set) var frontier = Frontier()
  private var versions: [StreamID: Version] = [:]
  private var latest: Envelope?
  /// The first event after the last checkpoint that agreed: nothing from it on is vouched for yet.
  private var open: Envelope?
  /// The latest time at which an event was recorded so far.
  private var greatest: Instant?
  private var isBehind = false
  /// Where the times at which events were recorded go back: the first event of each run that lies behind.
  private(set) var regressions: [ClockRegression] = []

  /// How many streams have events.
  var streams: Int { versions.count }

  /// The next event.
  mutating func take(_ envelope: Envelope) throws(LedgerFault) {
    func fault(_ detail: String) -> LedgerFault {
      LedgerFault(
        .altered, .event, position: frontier.size + 1, stream: envelope.event.stream, version: envelope.version, detail)
    }
    guard envelope.position == frontier.size + 1 else {
      let change: LedgerFault.Change = envelope.position > frontier.size + 1 ? .removed : .inserted
      throw LedgerFault(
        change, .event, position: frontier.size + 1, stream: change == .inserted ? envelope.event.stream : nil,
        version: change == .inserted ? envelope.version : nil,
        "position \(frontier.size + 1) was expected, an event with position \(envelope.position) stands there.")
    }
    let version = versions[envelope.event.stream, default: 0] + 1
    guard envelope.version == version else {
      throw fault("version \(version) of its stream was expected, it says \(envelope.version).")
    }
    guard envelope.agreesWithItself else {
      throw fault("its hash is not that of its content.")
    }
    guard envelope.id == envelope.derivedID else { throw fault("its id does not follow from its content.") }
    versions[envelope.event.stream] = version
    frontier.append(envelope.hash)
    follow(envelope)
    latest = envelope
    if open == nil { open = envelope }
  }

  /// Notes where the clock was set back. It is told and no fault: what was recorded so stays as it is for good.
  private mutating func follow(_ envelope: Envelope) {
    defer { greatest = max(greatest ?? envelope.recorded, envelope.recorded) }
    guard let greatest, RecordedTime.isBehind(envelope.recorded, greatest) else {
      isBehind = false
      return
    }
    let isFurther = latest.map { RecordedTime.isBehind(envelope.recorded, $0.recorded) } ?? false
    if !isBehind || isFurther {
      regressions.append(
        ClockRegression(
          position: envelope.position, type: envelope.event.type, recorded: envelope.recorded, before: greatest))
    }
    isBehind = true
  }

  /// A checkpoint of the size that the ledger has reached.
  mutating func take(_ checkpoint: Checkpoint, from source: String) throws(LedgerFault) {
    try compare(agrees: checkpoint.head == frontier.head, from: source)
  }

  /// What a witness noted of the size that the ledger has reached.
  mutating func take(_ witnessed: WitnessCode) throws(LedgerFault) {
    try compare(agrees: witnessed.matches(frontier.head), from: "the code that a witness holds")
  }

  private mutating func compare(agrees: Bool, from source: String) throws(LedgerFault) {
    guard agrees else {
      let range = open.map { "\($0.position) to \(frontier.size)" } ?? "up to \(frontier.size)"
      let first = open ?? latest
      throw LedgerFault(
        .altered, .event, position: first?.position ?? 1, stream: first?.event.stream, version: first?.version,
        "\(source) for \(frontier.size) events has another root: history was rewritten in the events \(range), "
          + "since the last checkpoint that agrees.")
    }
    open = nil
  }
}

/// What a verification went through.
public struct LedgerReport: Hashable, Sendable {
  /// How many events, and the root of the tree over them, computed anew.
  public let head: Head
  /// How many streams.
  public let streams: Int
  /// How many attachments, each hashed anew.
  public let attachments: Int
  /// How many signed checkpoints agreed.
  public let checkpoints: Int
  /// Where the times at which events were recorded go back further than clocks explain.
  public let regressions: [ClockRegression]
}
