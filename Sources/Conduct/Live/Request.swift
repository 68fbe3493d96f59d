public import ClinicalValues
public import Ledger
public import Trial

/// Somebody's command, with all that the ledger keeps beside the fact.
public struct Request: Sendable {
  /// What is meant.
  public var command: any TrialCommand
  /// Who acts, authenticated.
  public var actor: Acting
  /// Who acts together with them, each authenticated.
  public var together: [Acting]
  /// When what it tells of happened, where that was; nil for now, at the site of who acts.
  public var happened: Moment?
  /// Why.
  public var reason: String?
  /// From where and why it is entered long after it happened; nil for what is entered at the time.
  public var late: EntrySource?
  /// Through which door.
  public var origin: Origin
  /// Bytes that the command refers to by their digests.
  public var attachments: [[UInt8]]
  /// The versions of streams that the person had before them when deciding; if one has moved on, they are told first.
  public var seen: [StreamID: Version]
  /// What was proposed for it and shown before; nil where nothing was. It holds the time of the act, and the documents that
  /// come out the same keep their seals: what is signed is then what was shown.
  public var shown: Proposal?

  /// A request; unless something else is given, of one person alone and for what happens now.
  public init(
    _ command: any TrialCommand, by actor: Acting, together: [Acting] = [], happened: Moment? = nil,
    reason: String? = nil, late: EntrySource? = nil, origin: Origin, attachments: [[UInt8]] = [],
    seen: [StreamID: Version] = [:]
  ) {
    self.command = command
    self.actor = actor
    self.together = together
    self.happened = happened
    self.reason = reason
    self.late = late
    self.origin = origin
    self.attachments = attachments
    self.seen = seen
  }
}

/// What a command would do, decided and not yet done: what is shown before a signature.
public struct Proposal: Sendable {
  /// The events, in order.
  public let facts: [Fact]
  /// What is to be signed: one a fact and signer, in order.
  public let toSign: [ToSign]
  /// When it happens.
  public let happened: Moment
  let expected: [StreamID: Version]
  /// What it was decided on, with the sealed records and reports that the events may name.
  let clinical: SealedPictures
  /// What a gate or a verdict that is given an earlier time was asked of besides: that of the moment of deciding.
  let clinicalNow: SealedPictures?
}

/// Something to be signed, as it is shown.
public struct ToSign: Sendable, Hashable {
  /// Who signs.
  public let signer: Acting
  /// The name that is printed beside the signature.
  public let name: String
  /// What signing says.
  public let meaning: String
  /// What is shown: the canonical form of all that the signature covers.
  public let content: CanonicalJSON
}

/// A command that was carried out.
public struct Performed: Sendable {
  /// What was written, durable.
  public let envelopes: [Envelope]
  /// What others wrote to the same streams while it was being decided.
  public let meanwhile: [Recorded<TrialEvent>]
}

/// Somebody else came first, and what was shown or seen no longer holds.
public struct ChangedMeanwhile: Error, Sendable, CustomStringConvertible {
  /// What happened meanwhile.
  public let events: [Recorded<TrialEvent>]

  /// These events came first; none, where it is only known that something else than what was shown would be recorded.
  public init(events: [Recorded<TrialEvent>]) { self.events = events }

  /// Who did what, and what to do.
  public var description: String {
    let changes = events.map { "\($0.actor.account): \($0.event.name) at \($0.recorded)" }.joined(separator: "; ")
    return "changed-meanwhile: This has changed since you looked (\(changes)). Nothing was recorded. "
      + "Look again, then repeat it."
  }
}
