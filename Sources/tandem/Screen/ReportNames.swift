import Rules
import StudyDesign

/// Names in the place of ids, for people; programs read the ids in JSON.
extension ScreeningFrame {
  /// A person's words for a concept; of a record that is of none, what sort of record it is.
  func display(_ concept: String) -> String {
    study.dictionary[concept]?.display ?? UnnamedRecord.title(ofType: concept) ?? concept
  }

  /// Concepts by a person's words, each with its id where the dictionary has one.
  func names(_ concepts: [String]) -> String {
    concepts.map { id in study.dictionary[id] == nil ? display(id) : "\(display(id)) [\(id)]" }.joined(separator: ", ")
  }

  /// A sentence about a result with the names of concepts in it.
  func named(_ sentence: String, of result: CriterionResult) -> String {
    withoutCapitalizedIDs(result.spelledOut(sentence, of: study.dictionary, name: \.display))
  }

  /// The value of a piece of evidence, with the names of the concepts that are its components.
  func named(_ evidence: Evidence) -> String { withoutCapitalizedIDs(evidence.value) }

  /// A text with names for ids that have a capital inside, by which they are known.
  private func withoutCapitalizedIDs(_ text: String) -> String {
    text.replacing(/\b[a-z]+[A-Z][A-Za-z0-9]*\b/) { match in
      study.dictionary[String(match.0)]?.display ?? String(match.0)
    }
  }
}

/// Where the records stand that a verdict rests on, in few words: the whole address is in the page and in JSON.
struct ShortPlace {
  /// First digits that several UUIDs of the report share, so that none is found by them.
  private let shared: Set<String>

  init(of assessment: Assessment) {
    let rests: [String] = assessment.criteria.flatMap { result in result.evidence.map(\.source) + result.notes }
    let open: [String] = (assessment.toCorrect + assessment.next).flatMap(\.corrects)
    self.init(of: rests + open)
  }

  init(of texts: [String]) {
    let ids = Set(texts.flatMap { text in text.matches(of: Self.uuid).map { $0.1.lowercased() } })
    shared = Set(Dictionary(grouping: ids) { String($0.prefix(8)) }.filter { $0.value.count > 1 }.keys)
  }

  private static var uuid: Regex<(Substring, Substring, Substring)> {
    /urn:uuid:(([0-9A-Fa-f]{8})-[0-9A-Fa-f-]{27})/
  }

  /// `Observation obs-12`; of a UUID, which only programs read, as much as it takes to find it in the file.
  func words(_ source: String) -> String {
    if let match = source.wholeMatch(of: /(?:\S+\/)?([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]+)/) {
      return "\(match.1) \(match.2)"
    }
    return inSentence(source)
  }

  /// A sentence with such addresses in it.
  func inSentence(_ sentence: String) -> String {
    let short = sentence.replacing(Self.uuid) { match -> String in
      shared.contains(match.2.lowercased()) ? "entry \(match.1)" : "entry \(match.2)…"
    }
    return short.replacing(/https?:\/\/\S+\/([A-Z][A-Za-z]+)\/([A-Za-z0-9-]+)/) { "\($0.1) \($0.2)" }
  }
}
