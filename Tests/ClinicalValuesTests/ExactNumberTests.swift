import ClinicalValues
import Testing

struct ExactNumberTests {
  @Test(arguments: [
    ("20", "20", "20"), ("19.99999999999999990", "19.99999999", "20"), ("0.5000000000000001", "0.5", "0.50000001"),
    ("-0.5000000000000001", "-0.50000001", "-0.5"), ("3e2", "300", "300"), ("0", "0", "0"),
  ])
  func `a number lies between its neighbors, and is one where it is a Decimal`(
    _ text: String, _ below: String, _ above: String
  ) throws {
    let neighbors = try #require(ExactNumber(text)?.neighbors)
    #expect(neighbors.below == Decimal(exactly: below))
    #expect(neighbors.above == Decimal(exactly: above))
  }

  @Test func `arithmetic does not round`() throws {
    let fifteen = try #require(Decimal(exactly: "15"))
    let sum = try #require(ExactNumber("0.15"))
    #expect((sum / fifteen)?.neighbors?.below == Decimal(exactly: "0.01"))
    #expect((sum / fifteen)?.neighbors?.above == Decimal(exactly: "0.01"))
    #expect((try #require(ExactNumber("0.14")) / fifteen)?.neighbors?.above == Decimal(exactly: "0.00933334"))
    #expect(sum / Decimal.zero == nil)
  }

  @Test(arguments: ["", "x", "1e999999999", String(repeating: "9", count: 1_000)])
  func `what is no number, or absurdly long, is refused`(_ text: String) {
    #expect(ExactNumber(text) == nil)
  }

  @Test func `a number beyond the range of decimals has no neighbors`() throws {
    #expect(try #require(ExactNumber("1e300")).neighbors == nil)
  }
}
