import ClinicalValues

/// From where and why something is entered long after it happened.
public struct EntrySource: Sendable, Hashable, Codable {
  /// Where it had been written down meanwhile.
  public let source: String
  /// Why it was not entered then.
  public let reason: String
  /// Whether the system was down and two people enter it from the printed sheet.
  public let downtime: Bool

  /// Makes one of its members.
  public init(source: String, reason: String, downtime: Bool = false) {
    self.source = source
    self.reason = reason
    self.downtime = downtime
  }
}

/// What was entered later: with which command, from where and why.
public struct LateEntry: Sendable, Hashable, Codable {
  /// The command that it was entered with.
  public let command: String
  /// The entry.
  public let entry: EntrySource

  /// Makes one of its members.
  public init(command: String, entry: EntrySource) {
    self.command = command
    self.entry = entry
  }
}

extension Situation {
  /// Hours after which an entry is late. Within a day it is written down as part of the work.
  private static let lateHours = 24

  /// What marks a late entry in the streams of its participants, or of the study where it is about none; nothing for what
  /// is entered at the time.
  ///
  /// Refuses what is entered long after it happened without source and reason, and an entry after a downtime that two
  /// people do not make together.
  func lateEntry(of command: any TrialCommand) throws(Refusal) -> [Fact] {
    guard let late else {
      guard happened.instant >= now.adding(hours: -Self.lateHours) else {
        throw Refusal(
          "late-entry",
          because: "This happened at \(happened), and is entered more than \(Self.lateHours) hours later.",
          remedy: "Say from what source it is entered, and why later.")
      }
      return []
    }
    try Refusal.requireText(late.source, "source")
    try Refusal.requireText(late.reason, "reason")
    if late.downtime {
      try authorize(
        try secondPerson(), for: .recordData, sites: command.sites, participants: command.participants,
        doing: command as? any DoneToMaterial)
    }
    let name = type(of: command).name
    let entry = LateEntry(command: name, entry: late)
    let events: [TrialEvent] =
      command.participants.isEmpty
      ? [.study(.enteredLate(entry: entry))]
      : command.participants.sorted().map { .way($0, .enteredLate(entry: entry)) }
    return events.map { event in
      Fact(
        event, signed: late.downtime ? "We enter what was written down while the system was down: \(name)." : nil,
        signedByAll: late.downtime)
    }
  }
}
