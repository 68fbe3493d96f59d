/// Why a transport file cannot be read: what is wrong in it, in the order of its bytes.
public struct InvalidTransportFile: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong; where there is much of it, the first.
  public let faults: [TransportFault]

  /// So many are looked for.
  static let mostFaults = 20

  /// One line a fault.
  public var description: String { faults.map(\.description).joined(separator: "\n") }
}

/// Something that is wrong in a transport file.
public struct TransportFault: Sendable, Hashable, CustomStringConvertible {
  /// The byte at which it stands, from 0.
  public let offset: Int
  /// The field that begins there: `AE, variable 3, length`.
  public let field: String
  /// What was found and expected, and what to do.
  public let message: String

  init(_ offset: Int, _ field: String, _ message: String) {
    self.offset = offset
    self.field = field
    self.message = message
  }

  /// `byte 720 (AE, variable 3, length): ...`
  public var description: String { "byte \(offset) (\(field)): \(message)" }
}
