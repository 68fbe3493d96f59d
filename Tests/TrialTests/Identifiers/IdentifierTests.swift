import Foundation
import Testing

@testable import Trial

struct IdentifierTests {
  static let printed: [String] = [
    "\(ParticipantID.first.identity)", ParticipantID.first.printed, "\(ParticipantID.first.c1)", "\(LotNumber.first)",
    "\(BagNumber.first)", "\(SampleNumber(participant: .first, sample: 12))",
  ]

  private func isRead(_ text: String) -> Bool {
    (try? ChainOfIdentity(text)) != nil || (try? Material(text)) != nil || (try? SampleNumber(text)) != nil
      || text.split(separator: "-").count == 3 && (try? ParticipantID(text)) != nil
  }

  @Test(arguments: printed) func `every single wrong character is found`(_ text: String) {
    #expect(isRead(text))
    for index in text.indices where text[index] != "-" {
      for other in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" where other != text[index] {
        let wrong = text.replacingCharacters(in: index...index, with: String(other))
        #expect(!isRead(wrong), "\(wrong)")
      }
    }
  }

  @Test(arguments: printed) func `lower case and blanks around are read as meant`(_ text: String) {
    #expect(isRead(" \(text.lowercased())\n"))
  }

  @Test(arguments: printed) func `a code without its check character is not read`(_ text: String) {
    #expect(!isRead(String(text.dropLast(2))))
  }

  @Test func `check characters are those of ISO 7064 MOD 37,36`() {
    // The standard's own example for MOD 37,36 is A12425GABC1234002M, as in the Global Release Identifier.
    #expect(CheckCharacter.of("A12425GABC1234002") == "M")
  }

  @Test func `a label is read whole, in any order, or by its number alone`() throws {
    let whole = LabelReading(material: .bag(.first), identity: ParticipantID.first.identity, participant: .first)
    let reversed = whole.text.split(separator: " ").reversed().joined(separator: "  ").lowercased()
    #expect(try LabelReading(whole.text) == whole)
    #expect(try LabelReading(reversed) == whole)
    #expect(try LabelReading("\(BagNumber.first)") == LabelReading(material: .bag(.first)))
  }

  @Test(arguments: [
    "", " ", "x", "COI", "\(ParticipantID.first.identity)", ParticipantID.first.printed,
    "\(BagNumber.first) \(BagNumber.first)", "\(BagNumber.first) \(BagNumber.second)", "\(BagNumber.first) x",
    "01-0001-L0-B1-0", "01-0001-L1-B1-É", "\(SampleNumber(participant: .first, sample: 1))",
  ])
  func `what is no label is not read`(_ text: String) {
    #expect(throws: InvalidCode.self) { try LabelReading(text) }
  }

  @Test func `codes travel in JSON as their text`() throws {
    let materials: [Material] = [.collection(ParticipantID.first.c1), .lot(.first), .bag(.first)]
    let data = try JSONEncoder().encode(materials)
    #expect(try JSONDecoder().decode([Material].self, from: data) == materials)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Material].self, from: Data(#"["01-0001-L1-B1-0"]"#.utf8))
    }
  }
}
