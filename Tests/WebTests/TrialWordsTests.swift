import Conduct
import Testing
import Trial

@testable import Web

/// What the trial says of its commands, in every language of the pages.
struct TrialWordsTests {
  /// What a page shows of every command: what it does, its name, its fields and their choices.
  static var shown: Set<String> {
    var shown: Set<String> = []
    for form in CommandForm.all {
      shown.insert(form.type.abstract)
      shown.insert(form.name.capitalizedFirst)
      shown.insert(String(form.name.prefix { $0 != " " }).capitalizedFirst)
      for field in form.fields + Circumstances.fields {
        shown.insert(field.help)
        shown.insert(ActForm.label(field.key))
        if case .choice(let values) = field.kind.content { shown.formUnion(values.map(ActForm.label)) }
      }
    }
    return shown
  }

  @Test(arguments: Language.allCases.filter { $0 != .english })
  func `every command is shown in every language`(language: Language) throws {
    let missing = Self.shown.subtracting(try MessageCatalog.shipped()[language].keys)
    #expect(missing.isEmpty, "\(missing.sorted().joined(separator: "\n"))")
  }

  @Test(arguments: [
    ("Pick one of 03-0007.", "选 03-0007。"), ("It is red; 4 are left.", "红色；剩 4 个。"),
    ("Pick one of red; blue.", "选 红；蓝。"), ("Pick one of 7. Known.", "选 7。已知。"), ("03-0007: Known.", "03-0007：已知。"),
    ("Something else.", nil),
    ("Pick one of 7. Something else.", nil),
  ])
  func `a sentence with names and numbers in it is known by its shape`(english: String, expected: String?) {
    let phrases = Phrases([
      "Pick one of {what}.": "选 {what}。", "It is {color}; {count} are left.": "{color}色；剩 {count} 个。", "red": "红",
      "blue": "蓝",
      "Known.": "已知。",
    ])
    #expect(phrases.translated(english) == expected)
  }

  @Test func `people are listed as the language lists`() {
    let phrases = Phrases(["{who} agree.": "{who}同意。"])
    #expect(
      phrases.translated("Tunde Adeyemi, Valeria Rossi and Ingrid Halvorsen agree.")
        == "Tunde Adeyemi、Valeria Rossi和Ingrid Halvorsen同意。")
    #expect(phrases.translated("Élodie Martin and Anna de Vries agree.") == "Élodie Martin和Anna de Vries同意。")
  }

  @Test func `of two shapes that fit the one that says more is taken`() {
    let phrases = Phrases(["{who} is here.": "甲 {who}", "{who} of site {site} is here.": "乙 {who} {site}"])
    #expect(phrases.translated("Anna of site 03 is here.") == "乙 Anna 03")
  }
}
