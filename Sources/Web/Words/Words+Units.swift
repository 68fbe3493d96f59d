import ClinicalValues
import Trial

extension Words {
  /// An answer with its unit; why there is none, where there is none.
  func answer(_ answer: Answer) -> String {
    answer.text.map { quantity($0, answer.unit) } ?? plain(answer.description)
  }

  /// A unit as people print it, with the words in it in the language: `细胞/kg` for `{cells}/kg`.
  func unit(_ code: String) -> String { PrintedUnit.text(code, word: ofUnit) }

  /// A number with its unit.
  func quantity(_ number: String, _ code: String?) -> String { PrintedUnit.text(number, code, word: ofUnit) }

  /// A number with its thousands set apart: `183,976`.
  func number(_ value: Decimal) -> String { PrintedUnit.grouped("\(value.trimmed)") }

  /// Words of units have keys of their own, since alone they mean something else.
  private func ofUnit(_ word: String) -> String {
    let key = "unit: \(word)"
    let known = self[key]
    return known == key ? word : known
  }
}
