import Foundation
import Instruments
import Testing

@testable import StudyDesign

struct SafetyFormsTests {
  private static let text = Swift.Result {
    try String(contentsOf: StudyOnDisk.shipped.appending(path: "safety.yaml"), encoding: .utf8)
  }
  private static let forms = Swift.Result { try CasebookPlan.inFolder(StudyOnDisk.shipped.path).forms }

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
      (
        "ICAHT: cytopenia", "ICAHTS: cytopenia",
        [
          "safety.yaml:297:35: error: There is no code of adverseEvent.AESI ‘ICAHTS’. Did you mean ‘ICAHT’? "
            + "[unknown-reference]"
        ]
      ),
      (
        "  noKind: NONE", "  noKind: NON",
        [
          "safety.yaml:298:11: error: There is no code of adverseEvent.AESI ‘NON’. Did you mean ‘NONE’? "
            + "[unknown-reference]"
        ]
      ),
      (
        "  noKind: NONE", "  noKind: CRS",
        [
          "safety.yaml:298:11: error: ‘CRS’ is said to be no event of special interest, and ‘kinds’ or ‘terms’ has it as "
            + "one. Write the code that stands for none of them. [contradiction]"
        ]
      ),
      (
        "    Enterocolitis:", "    Enterocollitis:",
        [
          "safety.yaml:302:5: error: There is no term of CTCAE v5.0 ‘Enterocollitis’. Did you mean ‘Enterocolitis’? "
            + "[unknown-reference]"
        ]
      ),
      (
        ": ENTEROCOLITIS", ": ENTEROCOLITS",
        [
          "safety.yaml:302:20: error: There is no code of adverseEvent.AESI ‘ENTEROCOLITS’. Did you mean "
            + "‘ENTEROCOLITIS’? [unknown-reference]"
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

  @Test func `the check of the form of adverse events asks about the terms that are of special interest by themselves`()
    throws
  {
    var reader = PlanReader()
    let plan = reader.safety(try Self.text.get()).0
    let form = try #require(try Self.forms.get().first { $0.id == "adverseEvent" })
    let asks = try #require(form.checks.first { $0.id == "AE-AESI-TERM" }).fires.text
    let named = CTCAE.terms.map(\.name).filter { asks.contains("'\($0)'") }
    #expect(Set(named) == plan.forms.map { Set($0.terms.keys) })
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
