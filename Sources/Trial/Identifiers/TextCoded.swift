/// A value that travels in JSON as its text.
protocol TextCoded: Codable, CustomStringConvertible {
  init(text: String) throws(InvalidCode)
}

extension TextCoded {
  /// Reads the text form; fails with the reason why a text is none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    do {
      self = try Self(text: text)
    } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
    }
  }

  /// Writes the text form, with its check character where it has one.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension SiteID: TextCoded { init(text: String) throws(InvalidCode) { try self.init(text) } }
extension ParticipantID: TextCoded { init(text: String) throws(InvalidCode) { try self.init(text) } }
extension ChainOfIdentity: TextCoded { init(text: String) throws(InvalidCode) { try self.init(text) } }
extension CollectionNumber: TextCoded { init(text: String) throws(InvalidCode) { try self.init(text) } }
extension LotNumber: TextCoded { init(text: String) throws(InvalidCode) { try self.init(text) } }
extension BagNumber: TextCoded { init(text: String) throws(InvalidCode) { try self.init(text) } }
extension AccountID: TextCoded { init(text: String) throws(InvalidCode) { try self.init(text) } }
