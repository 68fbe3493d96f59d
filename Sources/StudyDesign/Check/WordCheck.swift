import CQL

/// Whether the words that libraries and forms compare are the study's: the cohort and the visit with the id of one, an answer with a code of
/// its concept.
///
/// A word that is none is never equal to anything, so that a misspelled one decides for everybody, and says nothing of it.
struct WordCheck {
  /// The words that a parameter of this name can be.
  private let parameters: [String: Vocabulary]
  private let dictionary: DataDictionary
  private let program: Program

  /// What a parameter can be.
  private struct Vocabulary {
    /// What one of the words names: `cohort`.
    let noun: String
    let words: [String]
    /// Where a new one is written.
    let remedy: String
  }

  private static let comparisons: Set = ["Equal", "NotEqual", "Equivalent", "NotEquivalent", "In", "Contains"]
  /// The code system whose codes are the dictionary's.
  private static let system = "urn:tandem:concept"

  init(_ parts: StudyParts, in program: Program) {
    parameters = [
      FormCompilation.cohort: Vocabulary(
        noun: "cohort", words: parts.study.cohorts.map(\.value.id), remedy: "Add it to ‘cohorts:’ in study.yaml."),
      FormCompilation.visit: Vocabulary(
        noun: "visit", words: parts.casebook.schedule.plan.visits.map(\.id) + FormOccurrence.inPlaceOfVisits,
        remedy: "Declare it under ‘visits:’ in schedule.yaml."),
    ]
    dictionary = parts.dictionary
    self.program = program
  }

  /// The problems, in the order of the libraries.
  func problems() -> [Problem] {
    program.libraries.flatMap { library in
      (library.definitions.map(\.body) + library.functions.compactMap(\.body)).flatMap { problems(below: $0) }
    }
  }

  private func problems(below node: Node) -> [Problem] {
    problems(at: node) + node.children.flatMap { problems(below: $0) }
  }

  private func problems(at node: Node) -> [Problem] {
    switch node.kind {
    case .apply("And", _, _): strangeCodes(conjuncts(of: node))
    case .apply(let name, _, let operands) where Self.comparisons.contains(name):
      operands.lazy.compactMap(vocabulary(of:)).first.map { strange(operands.flatMap(words), to: $0) } ?? []
    case .caseOf(let comparand?, let items, _):
      vocabulary(of: comparand).map { strange(items.flatMap { words($0.when) }, to: $0) } ?? []
    case .call(_, _, let arguments): strangeAnswers(arguments)
    default: []
    }
  }

  // MARK: parameters

  /// What an expression can be, where it is a parameter of which that is known.
  private func vocabulary(of node: Node) -> Vocabulary? {
    guard case .parameter(let library, let index) = node.kind else { return nil }
    return parameters[program.libraries[library].parameters[index].name]
  }

  private func strange(_ words: [Located<String>], to vocabulary: Vocabulary) -> [Problem] {
    words.filter { !vocabulary.words.contains($0.value) }.map { word in
      Problem(
        "unknown-reference", at: word.location, "There is no \(vocabulary.noun) ‘\(word.value)’.",
        remedy: suggestion(for: word.value, among: vocabulary.words, otherwise: vocabulary.remedy))
    }
  }

  // MARK: coded answers

  /// Of a call that hands over one concept: the lists of words beside it are answers to it. A concept whose codes the dictionary does not
  /// list can have any.
  private func strangeAnswers(_ arguments: [Node]) -> [Problem] {
    let sets = Set(arguments.compactMap(valueSet))
    guard sets.count == 1, let id = sets.first?.id.suffix(after: ValueSetID.concept), let concept = dictionary[id],
      !concept.valueCodes.isEmpty
    else { return [] }
    return arguments.flatMap(listed).filter { !concept.valueCodes.contains($0.value) }.map { word in
      Problem(
        "unknown-reference", at: word.location, "‘\(concept.id)’ has no code ‘\(word.value)’.",
        remedy: suggestion(
          for: word.value, among: concept.valueCodes, otherwise: "Add it to the column value_codes of concepts.csv."))
    }
  }

  /// Of conditions that hold together and one of which says that the code is the dictionary's: a code compared in another is a coded answer
  /// or a concept.
  private func strangeCodes(_ conditions: [Node]) -> [Problem] {
    let compared = conditions.flatMap(comparison)
    guard compared.contains(where: { $0.element == "system" && $0.word.value == Self.system }) else { return [] }
    return compared.filter { $0.element == "code" }.map(\.word).filter { !isCode($0.value) }.map { word in
      Problem(
        "unknown-reference", at: word.location, "‘\(word.value)’ is no code of the data dictionary.",
        remedy: suggestion(
          for: word.value, among: dictionary.concepts.flatMap(\.valueCodes) + dictionary.concepts.map(\.id),
          otherwise: "Add it to concepts.csv."))
    }
  }

  private func isCode(_ word: String) -> Bool {
    dictionary[word] != nil || dictionary.concepts.contains { $0.valueCodes.contains(word) }
  }

  /// The words with which a condition compares an element of the data, and the element's name.
  private func comparison(_ node: Node) -> [(element: String, word: Located<String>)] {
    guard case .apply(let name, _, let operands) = node.kind, Self.comparisons.contains(name),
      let element = operands.compactMap(elementName).first
    else { return [] }
    return operands.flatMap(words).map { (element, $0) }
  }

  // MARK: expressions

  private func conjuncts(of node: Node) -> [Node] {
    guard case .apply("And", _, let operands) = node.kind else { return [node] }
    return operands.flatMap { conjuncts(of: $0) }
  }

  /// The texts that an expression is: a literal, or a list of them.
  private func words(_ node: Node) -> [Located<String>] {
    if case .literal(.string(let text)) = node.kind { return [Located(text, at: node.location)] }
    return listed(node)
  }

  /// The texts of a list.
  private func listed(_ node: Node) -> [Located<String>] {
    guard case .list(let elements) = node.kind else { return [] }
    return elements.flatMap { words($0) }
  }

  private func valueSet(_ node: Node) -> ValueSetName? {
    if case .literal(.valueSet(let set)) = node.kind { set } else { nil }
  }

  /// The name of the element that an expression reads, whatever its value becomes.
  private func elementName(_ node: Node) -> String? {
    switch node.kind {
    case .property(_, let name): name
    case .apply(_, _, let operands) where operands.count == 1: elementName(operands[0])
    case .asType(let inner, _, _): elementName(inner)
    default: nil
    }
  }
}
