import ClinicalValues
import Ledger
import Trial

/// Learns the types of a command's members by letting it decode itself from examples.
struct MemberProbe: Decoder {
  /// What was asked for so far.
  private final class Log {
    var kinds: [String: FieldKind] = [:]
    var texts: [String: String] = [:]
  }

  private let log = Log()
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// The kinds of a command's members. One that comes after a member of which there is no example is not among them.
  static func kinds<Command: TrialCommand>(of command: Command.Type) -> [String: FieldKind] {
    let probe = MemberProbe()
    _ = try? Command(from: probe)
    var kinds = probe.log.kinds
    for (member, kind) in kinds { kinds[member] = kind.of(member, of: Command.name) }
    return kinds
  }

  /// A text of an example for each member of a command.
  static func texts<Command: TrialCommand>(of command: Command.Type) -> [String: String] {
    let probe = MemberProbe()
    _ = try? Command(from: probe)
    return probe.log.texts
  }

  /// A command with an example of each of its members, also of those that may be left out.
  static func example<Command: TrialCommand>(of command: Command.Type) -> Command? {
    try? Command(from: MemberProbe())
  }

  /// Some value of a member's type; nil where there is no example of it.
  static func example<Value: Decodable>(of type: Value.Type) -> Value? { found(of: type)?.value }

  private static func found<Value: Decodable>(of type: Value.Type) -> (text: String, value: Value)? {
    for text in (FieldKind(of: type).values ?? []) + examples {
      if let value = try? Value(from: TextDecoder(texts: [text])) { return (text, value) }
    }
    return nil
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Members<Key>(log: log))
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw NoExample() }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw NoExample() }

  private struct NoExample: Error {}

  /// One text of every form that a member can have.
  private static let examples: [String] = {
    var examples = ["1", "true", "03", "03-0007", "anna.berg", "2026-01-15", "2026-01-15T09:30:00Z", "study"]
    examples += ["D28/1/vitalSigns/1", "casebook", "D7/1/hematology/1/LBORRES_NEUT/low=4", "[]"]
    examples.append(
      #"{"inFavor":[],"against":[],"abstained":[],"interests":[],"minutes":"\#(Digest(of: ""))"}"#)
    examples.append(ChainOfIdentity(random: 7).description)
    examples.append(Digest(of: "").description)
    guard let participant = try? ParticipantID("03-0007") else { return examples }
    let lot = LotNumber(participant: participant, lot: 1)
    examples.append(CollectionNumber(participant: participant, collection: 1).description)
    examples.append(lot.description)
    examples.append(BagNumber(lot: lot, bag: 1).description)
    examples.append(SampleNumber(participant: participant, sample: 1).description)
    return examples
  }()

  private struct Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let log: Log
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    // What may be left out is asked for like the rest, so that its kind is known too.
    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) -> Bool { false }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
      log.kinds[key.stringValue] = FieldKind(of: type)
      guard let (text, value) = MemberProbe.found(of: type) else { throw NoExample() }
      log.texts[key.stringValue] = text
      return value
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) -> T? { try? decode(type, forKey: key) }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { throw NoExample() }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw NoExample() }
    func superDecoder() throws -> any Decoder { throw NoExample() }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw NoExample() }
  }
}
