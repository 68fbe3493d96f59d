// Numbers travel in JSON as text, so that none passes through binary floating point.

extension Decimal: Codable {
  /// Reads the text form; throws where that is no number that a decimal holds exactly.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let decimal = Decimal(exactly: text) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "'\(text)' is no decimal number of at most 28 digits, 8 of them after the point")
    }
    self = decimal
  }

  /// Writes the text form, never a JSON number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Quantity: Codable {
  private enum CodingKeys: String, CodingKey { case value, unit }

  /// Reads `{"value": "4.5", "unit": "mg/dL"}`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(try container.decode(Decimal.self, forKey: .value), try container.decode(String.self, forKey: .unit))
  }

  /// Writes the value as text and the unit beside it.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(value, forKey: .value)
    try container.encode(unit, forKey: .unit)
  }
}

extension CalendarDate: Codable {
  /// Reads the text form: `2025`, `2025-03` or `2025-03-07`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let date = CalendarDate(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no date such as 2025-03-07")
    }
    self = date
  }

  /// Writes the text form, to the precision that it has.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
