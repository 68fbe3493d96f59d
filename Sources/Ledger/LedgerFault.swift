/// The first place at which a ledger, or an export of one, is not what was signed.
public struct LedgerFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was done there.
  public enum Change: String, Hashable, Sendable, CaseIterable {
    case altered, removed, inserted, reordered
  }

  /// What it was done to.
  public enum Subject: Hashable, Sendable {
    case event
    case attachment(Digest)
    case checkpoint
    case header
    /// The signed list of what comes next in an export.
    case seal
    /// A line that is none of these.
    case line
  }

  /// What was done.
  public let change: Change
  /// To what.
  public let subject: Subject
  /// The first event concerned: of an attachment or a checkpoint, the one that it belongs to; nil for the header.
  public let position: Position?
  /// Its stream, where that can be told.
  public let stream: StreamID?
  /// Its version, where that can be told.
  public let version: Version?
  /// What was found, and what was expected.
  public let detail: String

  init(
    _ change: Change, _ subject: Subject, position: Position? = nil, stream: StreamID? = nil, version: Version? = nil,
    _ detail: String
  ) {
    self.change = change
    self.subject = subject
    self.position = position
    self.stream = stream
    self.version = version
    self.detail = detail
  }

  /// The id, the place, what was done, and what to do.
  public var description: String {
    var place = position.map { "event \($0)" } ?? "the ledger"
    if let stream, let version { place += " (\(stream), version \(version))" }
    let what =
      switch subject {
      case .event: place
      case .attachment(let digest): "attachment \(digest) of \(place)"
      case .checkpoint: "the checkpoint at \(place)"
      case .header: "the header"
      case .seal: "the seal before \(place)"
      case .line: "a line at \(place)"
      }
    return
      "ledger-tampered: \(what) was \(change.rawValue): \(detail) Trust nothing from here on; compare with a backup "
      + "and with what a witness holds."
  }
}
