/// So many of so many, as a report prints it: a count always with its denominator.
public struct Share: Sendable, Hashable {
  /// How many.
  public let count: Int
  /// Of how many.
  public let total: Int

  /// A share.
  public init(_ count: Int, of total: Int) {
    self.count = count
    self.total = total
  }

  /// Percent with one decimal, half up, computed exactly from the counts; nil where there is nothing to be a share of.
  public var percent: String? {
    guard total > 0, count >= 0 else { return nil }
    let tenths = (count * 2000 + total) / (total * 2)
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// `3 of 9 (33.3 %)`; without percent where there is nothing to be a share of.
  public var text: String { "\(count) of \(total)" + (percent.map { " (\($0) %)" } ?? "") }
}
extension Share: Encodable {
  private enum Key: String, CodingKey { case count, of, percent }

  /// Writes count, denominator, and percent where there is one.
  public func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: Key.self)
    try members.encode(count, forKey: .count)
    try members.encode(total, forKey: .of)
    try members.encodeIfPresent(percent, forKey: .percent)
  }
}
