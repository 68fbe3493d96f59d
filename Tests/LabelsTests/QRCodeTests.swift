import Markup
import Testing

@testable import Labels

/// QR codes: their shape by the standard.
struct QRCodeTests {
  @Test(arguments: [
    ("a", 21), (String(repeating: "a", count: 14), 21), (String(repeating: "a", count: 15), 25),
    (String(repeating: "a", count: 84), 37), (String(repeating: "a", count: 213), 57),
  ])
  func `the smallest size that holds the text is taken`(text: String, size: Int) {
    #expect(QRCode(text)?.size == size)
  }

  @Test func `a text that is too long has no code`() { #expect(QRCode(String(repeating: "a", count: 214)) == nil) }

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
