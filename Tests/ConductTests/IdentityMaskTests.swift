import ClinicalValues
import Testing

@testable import Conduct

/// What people wrote leaves without what names the participant.
struct IdentityMaskTests {
  private static let birthDate = CalendarDate(year: 1984, month: 3, day: 7) ?? .least
  private static let mask = IdentityMask(
    Person(
      name: "Müller, Anne-Marie", birthDate: birthDate, contact: "+49 30 1234567, Lindenweg 3",
      document: "passport C01X00T4711298"))

  @Test(arguments: [
    ("Mrs. Müller fell.", "Mrs. [masked] fell.", 1), ("mrs mueller fell", "mrs [masked] fell", 1),
    ("Anne-Marie MULLER", "[masked]-[masked] [masked]", 3),
    ("Müllers Befund", "[masked] Befund", 1), ("A.M. was febrile", "[masked] was febrile", 1),
    ("MA was febrile; M. A. slept", "[masked] was febrile; [masked] slept", 2),
    ("MAP 62 mm[Hg], AMA negative", "MAP 62 mm[Hg], AMA negative", 0), ("am Morgen", "am Morgen", 0),
    ("born 1984-03-07", "born [masked]", 1), ("* 7.3.1984", "* [masked]", 1), ("07/03/84", "[masked]", 1),
    ("03/07/1984", "[masked]", 1), ("7 March 1984, 7th Mar 1984", "[masked], [masked]", 2),
    ("March 7, 1984", "[masked]", 1), ("1984年3月7日", "[masked]", 1), ("19840307", "[masked]", 1),
    ("1984-03-08", "1984-03-08", 0), ("On 7 March 2026 fever of 40.1", "On 7 March 2026 fever of 40.1", 0),
    ("call 030 1234567", "call [masked]", 1), ("ferritin 12345 ug/L", "ferritin 12345 ug/L", 0),
    ("", "", 0),
  ])
  func `names, initials, birth date and numbers are masked, and nothing else`(
    _ text: String, _ expected: String, _ count: Int
  ) {
    let found = Self.mask.masked(text)
    #expect(found.text == expected && found.count == count, "\(found)")
  }

  @Test(arguments: [
    ("李伟", "患者李伟发热", "患者[masked]发热"),
    ("Li Wei", "Li slept, Wei ate, li of rice", "[masked] slept, [masked] ate, li of rice"),
    ("Anna van der Berg", "the van of Berg", "the van of [masked]"),
  ])
  func `names of other scripts and short names are found`(_ name: String, _ text: String, _ expected: String) {
    let mask = IdentityMask(Person(name: name, birthDate: Self.birthDate))
    #expect(mask.masked(text).text == expected)
  }

  @Test func `a birth date that is known to the year alone masks no date`() {
    let mask = IdentityMask(Person(name: "Li Wei", birthDate: CalendarDate("1984") ?? .least))
    #expect(mask.masked("1984-03-07").text == "1984-03-07")
  }
}
