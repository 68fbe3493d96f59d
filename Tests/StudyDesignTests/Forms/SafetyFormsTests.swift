import Foundation
import Testing

@testable import StudyDesign

struct SafetyFormsTests {
  private static let text = Result {
    try String(contentsOf: StudyOnDisk.shipped.appending(path: "safety.yaml"), encoding: .utf8)
  }
  private static let forms = Result { try CasebookPlan.inFolder(StudyOnDisk.shipped.path).forms }

  @Test(
    arguments: [
      ("", "", []),
      (
        "    reported: AETERM", "    reported: AETERMS",
        [
          "safety.yaml:204:15: error: There is no item of adverseEvent ‘AETERMS’. Did you mean ‘AETERM’? "
            + "[unknown-reference]"
        ]
      ),
      (
        "    form: sae\n", "    form: sea\n",
        ["safety.yaml:233:11: error: There is no form ‘sea’. Did you mean ‘sae’? [unknown-reference]"]
      ),
      (
        "    aware: SAEAWARE\n", "",
        ["safety.yaml:233:5: error: ‘report’ has no ‘aware’. Add ‘aware: ...’. [missing-key]"]
      ),
      (
        "{CRS: crs,", "{CRS: fever,",
        [
          "safety.yaml:297:16: error: ‘CRS’ is no kind that rules name: found ‘fever’. Write one of crs, icans, "
            + "cytopenia, infection, malignancy. [unknown-word]"
        ]
      ),
    ] as [(String, String, [String])])
  func `what safety follows from is in the casebook, and every item of it is named`(
    replace: String, with: String, says: [String]
  ) throws {
    var text = try Self.text.get()
    if !replace.isEmpty {
      let place = try #require(text.range(of: replace))
      text.replaceSubrange(place, with: with)
    }
    var reader = PlanReader()
    _ = reader.safety(text)
    let found = reader.problems + reader.references.boundFormProblems(among: try Self.forms.get())
    #expect(found.map(\.description) == says)
  }

  @Test func `a study that says nothing of it has none`() throws {
    let text = try Self.text.get()
    let place = try #require(text.range(of: "\nforms:\n"))
    var reader = PlanReader()
    #expect(reader.safety(String(text[..<place.lowerBound])).0.forms == nil)
    #expect(reader.problems.isEmpty)
  }

  @Test(arguments: [
    ("L04AC07", "tocilizumab"), ("tocil", "tocilizumab"), ("GC", nil), ("xyz", nil), ("", nil),
  ])
  func `medicines are found by code and name, the best first`(typed: String, first: String?) throws {
    let text = try String(contentsOf: StudyOnDisk.shipped.appending(path: "concepts.csv"), encoding: .utf8)
    let dictionary = DataDictionary(DictionaryReader(text, file: "concepts.csv").concepts)
    let found = dictionary.medicines(matching: typed)
    if let first { #expect(found.first?.id == first) }
    #expect(found.isEmpty == (typed.isEmpty || typed == "xyz"))
    #expect(found.allSatisfy { $0.atc.map(ATC.isCode) == true })
    if typed == "GC" { #expect(found.contains { $0.id.hasPrefix("prednis") }) }
  }
}
