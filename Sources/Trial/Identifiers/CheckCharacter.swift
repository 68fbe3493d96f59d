// Check characters by ISO/IEC 7064, MOD 37,36: they reveal every single wrong character and nearly every exchange of
// two neighbors, in text of digits and capital letters. Hyphens are for the eye and do not count.

enum CheckCharacter {
  private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)

  /// The character that completes a text; nil if the text holds anything but digits, capital letters and hyphens.
  static func of(_ text: some StringProtocol) -> Character? {
    var product = 36
    for byte in text.utf8 where byte != UInt8(ascii: "-") {
      guard let value = alphabet.firstIndex(of: byte) else { return nil }
      let sum = (product + value) % 36
      product = (sum == 0 ? 36 : sum) * 2 % 37
    }
    return Character(UnicodeScalar(alphabet[(37 - product) % 36]))
  }

  /// The text before the check character of a printed code; throws if the character does not fit.
  ///
  /// Lower case is read as upper case, and blanks around the code are dropped, as a person would.
  static func verified(_ printed: String, expected: String) throws(InvalidCode) -> Substring {
    guard let hyphen = printed.lastIndex(of: "-"), printed[hyphen...].count == 2, let last = printed.last else {
      throw InvalidCode(printed, expected: expected)
    }
    guard CheckCharacter.of(printed[..<hyphen]) == last else { throw InvalidCode(misread: printed) }
    return printed[..<hyphen]
  }
}

/// A text that is no code of the kind that was asked for.
public struct InvalidCode: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text, shortened to 40 characters.
  public let text: String
  /// Whether it has the right form and only its check character does not fit.
  public let misread: Bool
  /// What was expected.
  public let expected: String

  init(_ text: String, expected: String) {
    self.text = String(text.prefix(40))
    self.misread = false
    self.expected = expected
  }

  init(misread text: String) {
    self.text = String(text.prefix(40))
    self.misread = true
    self.expected = "a code whose check character fits"
  }

  /// What was found and what to do; of a misread code only that it must be read again.
  public var description: String {
    misread ? "Read again." : "'\(text)' is not \(expected). Read the label again."
  }
}
