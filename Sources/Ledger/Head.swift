/// How far a ledger goes: the position of its last event, and the root of the tree over all events up to it.
public struct Head: Hashable, Sendable {
  /// The position of the last event; 0 if there is none.
  public let position: Position
  /// The root of the RFC 6962 tree over that many leaves.
  public let root: Digest

  /// A head of what is given.
  public init(position: Position, root: Digest) {
    self.position = position
    self.root = root
  }
}

/// Why a ledger could not be opened, read or written. Nothing of what it was about to write was kept.
public struct StoreFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of failure it is; the raw value is the stable id that messages begin with.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// The disk, or what the ledger may take of it, is full.
    case full = "ledger-disk-full"
    /// The file or the folder may be read only.
    case readOnly = "ledger-read-only"
    /// The file holds what the ledger did not write.
    case damaged = "ledger-damaged"
    /// Writes would not survive a power cut.
    case notDurable = "ledger-not-durable"
    /// A newer release wrote it.
    case newer = "ledger-newer-release"
    /// The file is no ledger.
    case notALedger = "ledger-not-a-ledger"
    /// The file does not exist, or cannot be opened.
    case unreachable = "ledger-unreachable"
    /// Another process holds it for too long.
    case busy = "ledger-busy"
    /// Something exists already where a new ledger was to be put.
    case exists = "ledger-exists"
    /// What was handed in cannot be appended.
    case invalidAppend = "ledger-invalid-append"
    /// The machine's clock lies before the time of the last event.
    case clockBehind = "ledger-clock-behind"
    /// Any other failure of input or output.
    case io = "ledger-io"
  }

  /// What kind of failure it is.
  public let reason: Reason
  /// The event that it is about, where it is about one.
  public let place: EventPlace?
  /// What was found, with the place.
  public let found: String
  /// What to do.
  public let remedy: String

  /// A failure with its message.
  public init(_ reason: Reason, at place: EventPlace? = nil, found: String, remedy: String) {
    self.reason = reason
    self.place = place
    self.found = found
    self.remedy = remedy
  }

  /// The id, what was found and what to do.
  public var description: String { "\(reason.rawValue): \(found) \(remedy)" }
}

/// Which event of a ledger something is about, as far as it can be told.
public struct EventPlace: Hashable, Sendable {
  /// Where it stands in the whole ledger.
  public let position: Position
  /// Its stream, where that can be told.
  public let stream: StreamID?
  /// Where it stands in its stream, where that can be told.
  public let version: Version?

  /// A place of what is given.
  public init(position: Position, stream: StreamID? = nil, version: Version? = nil) {
    self.position = position
    self.stream = stream
    self.version = version
  }
}
