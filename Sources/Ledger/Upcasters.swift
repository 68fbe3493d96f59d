/// Brings payloads that older releases wrote into the shape of this one, step by step, when they are read.
///
/// What is stored is never rewritten: an envelope keeps the payload that its hash covers. This registry is the one
/// place where an old shape is known.
public struct Upcasters: Sendable {
  /// From one version of a payload to the next.
  public typealias Step = @Sendable (CanonicalJSON.Value) throws -> CanonicalJSON.Value

  private struct Key: Hashable, Sendable {
    let type: String
    let version: Int
  }

  private var steps: [Key: Step] = [:]

  /// A registry without steps.
  public init() {}

  /// Registers how a type's payload of a version becomes one of the next version. A second step for the same version
  /// takes the place of the first.
  public mutating func register(_ type: String, from version: Int, _ step: @escaping Step) {
    steps[Key(type: type, version: version)] = step
  }

  /// The event with its payload in the newest shape that is known; the same event if there is nothing to do.
  ///
  /// - Throws: `UpcastFailure`, which names the event, if a step refuses the payload.
  public func newest(_ envelope: Envelope) throws(UpcastFailure) -> NewEvent {
    let event = envelope.event
    var version = event.payloadVersion
    guard steps[Key(type: event.type, version: version)] != nil else { return event }
    var tree = event.payload.value
    let payload: CanonicalJSON
    do {
      while let step = steps[Key(type: event.type, version: version)] {
        tree = try step(tree)
        version += 1
      }
      payload = try CanonicalJSON(tree)
    } catch {
      throw UpcastFailure(position: envelope.position, type: event.type, version: version, problem: "\(error)")
    }
    return NewEvent(
      stream: event.stream, type: event.type, payloadVersion: version, payload: payload, happened: event.happened,
      actor: event.actor, origin: event.origin, reason: event.reason)
  }
}

/// A payload of an older version that could not be brought into the shape of this release.
public struct UpcastFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where the event stands in the ledger.
  public let position: Position
  /// The type of the event.
  public let type: String
  /// The version of the payload at which it stopped.
  public let version: Int
  /// What the step said.
  public let problem: String

  /// The event, the problem, and what to do.
  public var description: String {
    "ledger-upcast: the payload of event \(position) (\(type), version \(version)) cannot be read by this release: "
      + "\(problem). Open the ledger with the release that wrote it, and report this."
  }
}
