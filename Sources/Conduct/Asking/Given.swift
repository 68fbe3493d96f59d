import ClinicalValues
public import Ledger

/// What somebody gave to the fields of a command, as a door received it: texts, and files as their bytes.
public struct Given: Sendable, Hashable {
  /// A file that was handed in.
  public struct File: Sendable, Hashable {
    /// Its name, as messages name it.
    public let name: String
    /// What is in it.
    public let bytes: [UInt8]

    /// A file by name.
    public init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }

    /// Its text.
    ///
    /// - Throws: `FieldFaults` at a member where it is not UTF-8.
    func text(at member: String) throws(FieldFaults) -> String {
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw FieldFaults(member, .misfit("‘\(name)’ is not UTF-8 text. Save it as UTF-8."))
      }
      return text
    }
  }

  /// The texts, by the key of the field.
  public var texts: [String: [String]]
  /// The files, by the key of the field.
  public var files: [String: [File]]

  /// What was given.
  public init(texts: [String: [String]] = [:], files: [String: [File]] = [:]) {
    self.texts = texts
    self.files = files
  }

  /// The members of a JSON object; nothing where it is none. What has members or elements of its own stays JSON; null is
  /// left out.
  public init(_ json: CanonicalJSON) {
    var texts: [String: [String]] = [:]
    if case .object(let members) = json.value {
      for (key, value) in members { texts[key] = Given.text(value).map { [$0] } }
    }
    self.init(texts: texts)
  }

  private static func text(_ value: CanonicalJSON.Value) -> String? {
    switch value {
    case .null: nil
    case .bool(let truth): "\(truth)"
    case .integer(let number): "\(number)"
    case .string(let text): text
    // What was read from canonical JSON has a canonical form.
    case .array, .object: (try? CanonicalJSON(value))?.description
    }
  }

  /// The text at a key; the last, where there are several.
  public subscript(_ key: String) -> String? { texts[key]?.last }

  /// The files at a key. A text that was given in the place of a file is what the file would hold.
  public func documents(_ key: String) -> [File] {
    files[key] ?? (texts[key] ?? []).map { File(name: key, bytes: Array($0.utf8)) }
  }

  /// A value at a key, in the form of its type.
  ///
  /// - Throws: `FieldFaults` where it is missing or is none.
  public func value<Value>(_ key: String, _ parse: (String) throws -> Value) throws(FieldFaults) -> Value {
    guard let text = self[key] else { throw FieldFaults(key, .missing) }
    do { return try parse(text) } catch { throw FieldFaults(key, .misread("\(error)")) }
  }

  /// A text that must be there, and says something.
  func text(_ key: String) throws(FieldFaults) -> String {
    guard let text = self[key], !text.isEmpty else { throw FieldFaults(key, .missing) }
    return text
  }

  /// A whole date that must be there.
  func date(_ key: String) throws(FieldFaults) -> CalendarDate {
    let text = try text(key)
    guard let date = CalendarDate(text), date.precision == .day else {
      throw FieldFaults(key, .misread("‘\(text)’ is no whole date such as 1984-03-17."))
    }
    return date
  }
}
