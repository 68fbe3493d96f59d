public import Ledger

/// What came of a command that was carried out.
public struct CarriedOut: Sendable {
  /// What was recorded.
  public let performed: Performed
  /// What else whoever did it must know, in sentences.
  public internal(set) var notes: [String]
  /// What is to be handed to a person, once; it is kept nowhere.
  public private(set) var handOver: HandOver?
  /// What time alone has led to since, for whom the command was about.
  public internal(set) var since: [Envelope] = []

  init(_ performed: Performed, _ notes: String..., handOver: HandOver? = nil) {
    self.performed = performed
    self.notes = notes
    self.handOver = handOver
  }

  /// The same without what is handed over: it was shown.
  public var shown: CarriedOut {
    var shown = self
    shown.handOver = nil
    return shown
  }
}

/// A secret for one person, shown once. Printing this value, or what holds it, does not show the secret.
public struct HandOver: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// What it is, and what is done with it.
  public let what: String
  /// The secret itself.
  public let secret: String

  /// What it is.
  public var description: String { "\(what) (not shown)" }
  /// What it is.
  public var debugDescription: String { description }
  /// Only what it is.
  public var customMirror: Mirror { Mirror(self, children: ["what": what]) }
}
