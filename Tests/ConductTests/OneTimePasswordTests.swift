import Testing

@testable import Conduct

/// RFC 6238, appendix B, and RFC 4648, section 10.
struct OneTimePasswordTests {
  struct Vector: Sendable {
    let second: Int
    let sha1: String
    let sha256: String
    let sha512: String
  }

  static let vectors = [
    Vector(second: 59, sha1: "94287082", sha256: "46119246", sha512: "90693936"),
    Vector(second: 1_111_111_109, sha1: "07081804", sha256: "68084774", sha512: "25091201"),
    Vector(second: 1_111_111_111, sha1: "14050471", sha256: "67062674", sha512: "99943326"),
    Vector(second: 1_234_567_890, sha1: "89005924", sha256: "91819424", sha512: "93441116"),
    Vector(second: 2_000_000_000, sha1: "69279037", sha256: "90698825", sha512: "38618901"),
    Vector(second: 20_000_000_000, sha1: "65353130", sha256: "77737706", sha512: "47863826"),
  ]

  private static func secret(_ count: Int) -> [UInt8] { (0..<count).map { Array("1234567890".utf8)[$0 % 10] } }

  @Test(arguments: vectors) func `codes are those of the RFC`(_ vector: Vector) {
    let step = OneTimePassword.step(atSecond: vector.second)
    for (algorithm, length, expected) in [
      (OneTimePassword.Algorithm.sha1, 20, vector.sha1), (.sha256, 32, vector.sha256), (.sha512, 64, vector.sha512),
    ] {
      let code = OneTimePassword.code(secret: Self.secret(length), step: step, digits: 8, algorithm: algorithm)
      #expect(code == expected)
    }
  }

  @Test func `a code opens in its own step and its neighbors, and once`() {
    let secret = Self.secret(20)
    let code = OneTimePassword.code(secret: secret, step: 1000)
    func step(_ second: Int, after last: Int = 0) -> Int? {
      OneTimePassword.step(of: code, secret: secret, atSecond: second, after: last)
    }
    #expect(step(29_969) == nil)
    for second in [29_970, 30_000, 30_029, 30_059] { #expect(step(second) == 1000, "\(second)") }
    #expect(step(30_060) == nil)
    #expect(step(30_000, after: 999) == 1000)
    #expect(step(30_000, after: 1000) == nil)
  }

  @Test(arguments: ["", "12345", "1234567", "abcdef", "１２３４５６", "000000 "])
  func `what is no code does not open`(_ text: String) {
    #expect(OneTimePassword.step(of: text, secret: Self.secret(20), atSecond: 59, after: 0) == nil)
  }

  @Test(arguments: [
    ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
    ("foobar", "MZXW6YTBOI"),
  ])
  func `base 32 is that of the RFC, without padding`(_ text: String, _ expected: String) {
    #expect(OneTimePassword.base32(Array(text.utf8)) == expected)
  }
}
