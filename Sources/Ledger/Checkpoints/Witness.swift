public import ClinicalValues

/// What a person writes down of a checkpoint, to compare it later: how many events, and a code of 32 characters and a
/// check character that commits to origin, size and root.
///
/// The code is 160 bits of SHA-256 over the checkpoint's text in Crockford's base 32 (no I, L, O, U; read as typed,
/// in either case), its check character the number modulo 37. 160 bits, because an operator who would rewrite history
/// chooses both texts: finding two with one code takes about 2^80 attempts.
public struct WitnessCode: Hashable, Sendable, CustomStringConvertible {
  /// The ledger's name.
  public let origin: String
  /// How many events the ledger had.
  public let size: Int
  private let digits: [UInt8]

  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U".utf8)

  /// The code of a checkpoint.
  public init(_ checkpoint: Checkpoint) {
    self.origin = checkpoint.origin
    self.size = checkpoint.head.position
    self.digits = WitnessCode.digits(of: Digest(of: checkpoint.text))
  }

  /// A code as it was noted down.
  ///
  /// - Throws: `InvalidKey` if it has not 33 characters, or if its check character does not agree.
  public init(origin: String, size: Int, code: some StringProtocol) throws(InvalidKey) {
    var digits: [UInt8] = []
    for character in String(code).uppercased().utf8
    where character != UInt8(ascii: " ") && character != UInt8(ascii: "-") {
      guard let digit = WitnessCode.digit(character) else {
        throw InvalidKey(String(code), expected: WitnessCode.rule)
      }
      digits.append(digit)
    }
    guard digits.count == 33, digits.dropLast().allSatisfy({ $0 < 32 }),
      WitnessCode.check(digits.dropLast()) == digits.last
    else { throw InvalidKey(String(code), expected: WitnessCode.rule) }
    self.origin = origin
    self.size = size
    self.digits = Array(digits.dropLast())
  }

  private static let rule = "a code of eight groups of four and a check character, as the witness's page prints it"

  private static func digit(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "O"): 0
    case UInt8(ascii: "I"), UInt8(ascii: "L"): 1
    default: alphabet.firstIndex(of: character).map { UInt8($0) }
    }
  }

  private static func digits(of digest: Digest) -> [UInt8] {
    var digits: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in digest.bytes.prefix(20) {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 5 {
        count -= 5
        digits.append(UInt8(bits >> UInt32(count) & 31))
      }
    }
    return digits
  }

  private static func check(_ digits: some Sequence<UInt8>) -> UInt8 {
    UInt8(digits.reduce(0) { ($0 * 32 + Int($1)) % 37 })
  }

  /// Whether the code is that of a head of the ledger.
  public func matches(_ head: Head) -> Bool { WitnessCode(Checkpoint(origin: origin, head: head)).digits == digits }

  /// The code: eight groups of four, and the check character.
  public var description: String {
    let letters = digits.map { WitnessCode.alphabet[Int($0)] }
    let groups = stride(from: 0, to: letters.count, by: 4).map { start in
      String(decoding: letters[start..<start + 4], as: UTF8.self)
    }
    let check = WitnessCode.alphabet[Int(WitnessCode.check(digits))]
    return groups.joined(separator: " ") + " " + String(decoding: [check], as: UTF8.self)
  }

  /// The page that is printed for a witness, plain text.
  ///
  /// - Parameter printed: when, by the server's clock.
  public func page(printed: Instant) -> String {
    """
    CHECKPOINT OF A TRIAL LEDGER

    Ledger    \(origin)
    Events    \(size)
    Printed   \(printed)

    Code      \(description)

    Keep this page where those who operate the ledger cannot reach it. To compare it later, ask for
    the code of this ledger at \(size) events: it must be the same, character by character. If it is
    not, the history that this page stands for has been rewritten. O is read as 0, I and L as 1.

    Witness   ______________________________   Date   ______________

    """
  }
}
