public import ClinicalValues

/// The name of a stream: a kind and, but for the study's and the accounts' own, an id: `participant/01-0007`.
public struct StreamID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// As it is written.
  public let description: String

  /// A stream's name; nil unless it is made of letters, digits, `-`, `_`, `.` and at most one `/` inside.
  public init?(_ name: some StringProtocol) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, name.utf8.count <= 100, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    guard name.utf8.allSatisfy(StreamID.isAllowed) else { return nil }
    self.description = String(name)
  }

  /// A stream's name from a kind and an id that its type has already checked.
  package init(kind: String, _ id: String? = nil) { self.description = id.map { "\(kind)/\($0)" } ?? kind }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-_./".utf8.contains(byte)
    }
  }

  /// In the order of their bytes.
  public static func < (a: StreamID, b: StreamID) -> Bool {
    a.description.utf8.lexicographicallyPrecedes(b.description.utf8)
  }
}

/// How many events a stream has: the first event is version 1.
public typealias Version = Int

/// Where an event stands in the whole ledger: the first is 1.
public typealias Position = Int

/// Through which door an act came in.
public enum Origin: String, Hashable, Sendable, Codable, CaseIterable {
  case web, commandLine, `import`, system
}

/// Who acted: an account, in the role and for the site in which it acted.
public struct Actor: Hashable, Sendable {
  /// The account's id.
  public let account: String
  /// The role, as the study's roles name it; empty where an act needs none (a first sign-in).
  public let role: String
  /// The site, where the act was a site's.
  public let site: String?

  /// An account acting in a role.
  public init(account: String, role: String, site: String? = nil) {
    self.account = account
    self.role = role
    self.site = site
  }
}

/// An event on its way into the ledger.
public struct NewEvent: Hashable, Sendable {
  /// The stream that it joins.
  public let stream: StreamID
  /// What kind of fact it is, such as `consentGiven`; never renamed.
  public let type: String
  /// The version of the payload's shape.
  public let payloadVersion: Int
  /// The fact.
  public let payload: CanonicalJSON
  /// When it happened, where that was; apart from when it is recorded.
  public let happened: Moment
  /// Who acted.
  public let actor: Actor
  /// Through which door.
  public let origin: Origin
  /// Why, where a reason was asked for or given.
  public let reason: String?

  /// An event of what is given.
  public init(
    stream: StreamID, type: String, payloadVersion: Int, payload: CanonicalJSON, happened: Moment, actor: Actor,
    origin: Origin, reason: String? = nil
  ) {
    self.stream = stream
    self.type = type
    self.payloadVersion = payloadVersion
    self.payload = payload
    self.happened = happened
    self.actor = actor
    self.origin = origin
    self.reason = reason
  }
}

/// An event in the ledger. Its hash covers every other member.
public struct Envelope: Hashable, Sendable {
  /// A name that no other event has: a UUID in lower case (RFC 9562, version 8), derived from every other member but
  /// the hash, so that it can be computed again.
  public let id: String
  /// Where it stands in the whole ledger.
  public let position: Position
  /// Where it stands in its stream.
  public let version: Version
  /// When the ledger took it, by the server's clock.
  public let recorded: Instant
  /// The event as it was handed in.
  public let event: NewEvent
  /// The digests of the bytes that were attached with it: those of its append that its payload names, as 64
  /// hexadecimal digits, and that no event before it in the append names.
  public let attachments: [Digest]
  /// The canonical form, UTF-8: what is stored, exported and hashed.
  public let canonical: [UInt8]
  /// The leaf of the Merkle tree: SHA-256 over 0x00 and the canonical form (RFC 6962, section 2.1).
  public let hash: Digest
}
