import Markup
import Testing

@testable import Labels

/// QR codes: their shape by the standard, and their error correction by its own arithmetic.
struct QRCodeTests {
  @Test(arguments: [
    ("a", 21), (String(repeating: "a", count: 14), 21), (String(repeating: "a", count: 15), 25),
    (String(repeating: "a", count: 84), 37), (String(repeating: "a", count: 213), 57),
  ])
  func `the smallest size that holds the text is taken`(text: String, size: Int) {
    #expect(QRCode(text)?.size == size)
  }

  @Test func `a text that is too long has no code`() { #expect(QRCode(String(repeating: "a", count: 214)) == nil) }

  /// ISO/IEC 18004:2015, annex I: the data codewords of `01234567` and their ten of correction.
  @Test func `error correction is that of the standard's example`() {
    let data: [UInt8] = [
      0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11,
    ]
    let correction: [UInt8] = [0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55]
    #expect(ReedSolomon.correction(of: data, count: 10) == correction)
  }

  @Test func `the patterns by which a reader finds it stand in three corners`() throws {
    let code = try #require(QRCode("otpauth://totp/Tandem:anna.berg?secret=JBSWY3DPEHPK3PXP&issuer=Tandem"))
    for (top, left) in [(0, 0), (0, code.size - 7), (code.size - 7, 0)] {
      let rows = (0..<7).map { y in (0..<7).map { x in code.dark[top + y][left + x] ? "#" : "." }.joined() }
      #expect(rows == ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"])
    }
    #expect(code.dark[code.size - 8][8])
  }

  @Test func `the same text gives the same drawing`() throws {
    let code = try #require(QRCode("tandem"))
    #expect(code.svg(title: "x") == QRCode("tandem")?.svg(title: "x"))
    #expect(code.svg(title: "x").printed(as: .xml).contains("<title>x</title>"))
  }
}
