public import StudyDesign

extension CriterionResult {
  /// A sentence about it in which ids of concepts that look like words (`igra`, `sex`) stand by their names. They are ids only where a
  /// datum begins: in brackets, or before a number; what a part says may begin with such a word, too (`creatinine clearance`). Those
  /// with a capital inside are known by it anywhere, and are left to whoever writes the report.
  public func spelledOut(_ sentence: String, of dictionary: DataDictionary, name: (DataConcept) -> String) -> String {
    let asked = dictionary.concepts.filter { $0.usedBy.contains(criterion.id) }.map(\.id)
    let plain = Set(missing + evidence.map(\.concept) + asked).filter { $0.allSatisfy { !$0.isUppercase } }
    return sentence.replacing(/([(;,] ?)([a-z][a-z0-9]*)(?=[ :,)])/) { match in
      let id = String(match.2)
      let before = sentence[..<match.2.startIndex]
      let isInBrackets = before.count { $0 == "(" } > before.count { $0 == ")" }
      let isBeforeNumber = sentence[match.2.endIndex...].dropFirst().first?.isNumber == true
      guard isInBrackets || isBeforeNumber, plain.contains(id), let concept = dictionary[id] else {
        return String(match.0)
      }
      return String(match.1) + name(concept)
    }
  }
}
