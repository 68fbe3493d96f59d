import Trial

/// Reads a command of the trial from texts: each member of the command from the texts of its name; a list from several
/// texts or from one with commas, and a member with members of its own from JSON.
///
/// It reads on past a text that cannot be understood, so that every fault is told at once.
struct GivenDecoder: Decoder {
  /// What was wrong so far.
  fileprivate final class Log {
    var faults: [FieldFault] = []
  }

  fileprivate let texts: [String: [String]]
  fileprivate let log = Log()
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// The command that the texts say, by member.
  static func command<Command: TrialCommand>(
    _ type: Command.Type, from texts: [String: [String]]
  ) throws(FieldFaults) -> Command {
    let decoder = GivenDecoder(texts: texts)
    do {
      let command = try Command(from: decoder)
      if decoder.log.faults.isEmpty { return command }
    } catch  where decoder.log.faults.isEmpty {
      // What the command as a whole objects to stands at its first field.
      throw FieldFaults(Command.fields.first?.key ?? Command.name, .misread("\(error)"))
    } catch {}
    throw FieldFaults(decoder.log.faults)
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Members<Key>(texts: texts, log: log))
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw NoSuchShape() }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw NoSuchShape() }
}

/// A command is an object of members, each a text, a list or JSON of its own.
private struct NoSuchShape: Error {}

/// A member could not be understood, and there is no value with which to read on.
private struct Stopped: Error {}

/// The members of a command.
private struct Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let texts: [String: [String]]
  let log: GivenDecoder.Log
  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { texts.keys.compactMap(Key.init(stringValue:)) }

  func contains(_ key: Key) -> Bool { texts[key.stringValue] != nil }
  func decodeNil(forKey key: Key) -> Bool { texts[key.stringValue] == nil }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    do throws(FieldFault.Reason) {
      return try value(type, of: key.stringValue)
    } catch {
      log.faults.append(FieldFault(member: key.stringValue, problem: error.problem))
      guard let value = MemberProbe.example(of: type) else { throw Stopped() }
      return value
    }
  }

  private func value<T: Decodable>(_ type: T.Type, of key: String) throws(FieldFault.Reason) -> T {
    guard let texts = texts[key] else { throw FieldFault.Reason(problem: .missing) }
    do {
      return try T(from: TextDecoder(texts: texts))
    } catch DecodingError.dataCorrupted(let context) {
      guard let values = FieldKind(of: type).values else { throw .misread(context.debugDescription) }
      throw .misread("‘\(texts.joined(separator: ", "))’ is none of \(values.joined(separator: ", ")).")
    } catch DecodingError.keyNotFound(let missing, _) {
      throw .misread("its JSON lacks ‘\(missing.stringValue)’.")
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
      throw .misread(context.debugDescription)
    } catch {
      throw .misread("\(error)")
    }
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { throw NoSuchShape() }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    TextList(texts: TextDecoder(texts: texts[key.stringValue] ?? []).items)
  }
  func superDecoder() throws -> any Decoder { throw NoSuchShape() }
  func superDecoder(forKey key: Key) throws -> any Decoder { throw NoSuchShape() }
}

extension FieldFault {
  /// A problem on its way to the field that it belongs to.
  fileprivate struct Reason: Error {
    let problem: Problem
    static func misread(_ words: String) -> Reason { Reason(problem: .misread(words)) }
  }
}
