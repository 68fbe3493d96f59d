import ClinicalValues
import Ledger
import Trial

/// What can be given to an option: whether it is a list, and the values where they are few.
struct OptionKind: Sendable {
  let isList: Bool
  /// The values that it can have; nil where it is free.
  let values: [String]?

  init(_ type: Any.Type) {
    let element = (type as? any ListType.Type)?.element
    isList = element != nil
    values = OptionKind.values(of: element ?? type)
  }

  private static func values(of type: Any.Type) -> [String]? {
    if type == Bool.self { return ["true", "false"] }
    func names<Cases: CaseIterable>(_ type: Cases.Type) -> [String] {
      type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
    }
    guard let cases = type as? any CaseIterable.Type else { return nil }
    let names = names(cases)
    return names.isEmpty ? nil : names
  }
}

/// An array, seen through its type alone.
private protocol ListType {
  static var element: Any.Type { get }
}

extension Array: ListType {
  fileprivate static var element: Any.Type { Element.self }
}

/// Learns the types of a command's members by letting it decode itself from examples.
struct MemberProbe: Decoder {
  /// What was asked for so far.
  private final class Log {
    var kinds: [String: OptionKind] = [:]
  }

  private let log = Log()
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// The kinds of a command's members. One that comes after a member of which there is no example is not among them.
  static func kinds<Command: TrialCommand>(of command: Command.Type) -> [String: OptionKind] {
    let probe = MemberProbe()
    _ = try? Command(from: probe)
    return probe.log.kinds
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Members<Key>(log: log))
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw NoExample() }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw NoExample() }

  private struct NoExample: Error {}

  /// One text of every form that a member can have.
  private static let examples: [String] = {
    var examples = ["1", "true", "03", "03-0007", "anna.berg", "2026-01-15", "2026-01-15T09:30:00Z", "study", "[]"]
    examples += ["D28/1/vitalSigns/1", "casebook", "D7/1/hematology/1/LBORRES_NEUT/low=4"]
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

    func contains(_ key: Key) -> Bool { false }
    func decodeNil(forKey key: Key) -> Bool { true }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
      let kind = OptionKind(type)
      log.kinds[key.stringValue] = kind
      for example in (kind.values ?? []) + MemberProbe.examples {
        if let value = try? T(from: TextDecoder(texts: [example])) { return value }
      }
      throw NoExample()
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) -> T? {
      log.kinds[key.stringValue] = OptionKind(type)
      return nil
    }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) -> Bool? {
      log.kinds[key.stringValue] = OptionKind(type)
      return nil
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { throw NoExample() }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw NoExample() }
    func superDecoder() throws -> any Decoder { throw NoExample() }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw NoExample() }
  }
}
