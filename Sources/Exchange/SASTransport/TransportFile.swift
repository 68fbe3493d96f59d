/// A file of SAS transport (XPORT), version 5, read: its datasets, each with its variables and rows.
///
/// Source: SAS technical note TS-140, "The record layout of a data set in SAS transport (XPORT) format". The file is read in one
/// pass; it costs time and memory in proportion to its bytes, and some 24 bytes a value. The format holds no number of rows:
/// a file that lost whole rows at its end is not known to have lost them.
public struct TransportFile: Sendable, Hashable {
  /// Its datasets (members), in their order.
  public let datasets: [TransportDataset]

  /// Reads a file.
  ///
  /// - Throws: `InvalidTransportFile` with what is wrong, each with its byte and field; nothing is then read.
  public init(_ bytes: [UInt8]) throws(InvalidTransportFile) {
    var reader = TransportReader(bytes)
    datasets = try reader.datasets()
  }
}

/// A dataset of a transport file.
public struct TransportDataset: Sendable, Hashable {
  /// Its name, up to 8 characters: `AE`.
  public let name: String
  /// Its label; empty where it has none.
  public let label: String
  /// When it was made, as the file writes it (`28NOV26:23:35:16`): no zone, and two digits of the year.
  public let created: String
  /// Its variables, in the order of the values of a row.
  public let variables: [TransportVariable]
  /// Its rows, each with a value a variable.
  public let rows: [[TransportValue]]

  /// A dataset of these rows.
  public init(
    name: String, label: String, created: String = "", variables: [TransportVariable], rows: [[TransportValue]]
  ) {
    self.name = name
    self.label = label
    self.created = created
    self.variables = variables
    self.rows = rows
  }
}

/// A variable of a dataset.
public struct TransportVariable: Sendable, Hashable {
  /// What its values are.
  public enum Kind: Sendable, Hashable { case number, text }

  /// A format of SAS, `DATE9.` or `8.2`; without a name, width and decimals where none is given.
  public struct Format: Sendable, Hashable {
    /// Its name; empty for the plain one of the kind.
    public let name: String
    /// How wide values are printed; 0 where it is not said.
    public let width: Int
    /// Digits after the point.
    public let decimals: Int
  }

  /// Its name, up to 8 characters: `AETERM`.
  public let name: String
  /// Its label; empty where it has none.
  public let label: String
  /// What its values are.
  public let kind: Kind
  /// Bytes of a value.
  public let length: Int
  /// How values are printed.
  public let format: Format

  /// A variable without a format.
  public init(name: String, label: String = "", kind: Kind, length: Int) {
    self.init(
      name: name, label: label, kind: kind, length: length, format: Format(name: "", width: 0, decimals: 0))
  }

  init(name: String, label: String, kind: Kind, length: Int, format: Format) {
    self.name = name
    self.label = label
    self.kind = kind
    self.length = length
    self.format = format
  }
}

/// A value of a row.
public enum TransportValue: Sendable, Hashable {
  /// A text without the blanks that fill it up. Empty and blank are one in this format.
  case text(String)
  /// A number.
  case number(TransportNumber)
  /// A number that is missing.
  case missing(MissingKind)
}

/// How a number is missing: plainly (`.`), or as one of the 27 special ones (`.A` to `.Z`, `._`) whose meaning is the sponsor's.
public struct MissingKind: Sendable, Hashable, CustomStringConvertible {
  private let byte: UInt8

  /// Plainly missing.
  public static let plain = MissingKind(byte: UInt8(ascii: "."))

  private init(byte: UInt8) { self.byte = byte }

  /// The kind that a byte stands for; nil if it stands for none.
  init?(_ byte: UInt8) {
    let isLetter = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    guard isLetter || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") else { return nil }
    self.byte = byte
  }

  /// As SAS writes it.
  public var description: String {
    byte == UInt8(ascii: ".") ? "." : "." + String(UnicodeScalar(byte))
  }
}
