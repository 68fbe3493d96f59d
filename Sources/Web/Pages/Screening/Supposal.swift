import Conduct
import Markup
import Rules
import StudyDesign
import Trial

/// What if: values that nobody measured, and the verdict with them. Nothing is saved.
struct Supposal: Sendable {
  /// What is supposed.
  let values: [SupposedValue]
  /// The cohort measured with them; nil where nothing is supposed, or it cannot be read.
  let assessment: Assessment?
  /// Why it cannot be read.
  let refusal: Refusal?

  /// The values that a query holds, `w.<concept>=<value>`.
  init(_ request: PageRequest, _ participant: ParticipantID, cohort: String?) async throws {
    let names = Set(request.query.pairs.map(\.name).filter { $0.hasPrefix("w.") })
    values = names.sorted().compactMap { name in
      request.query.text(name).map { SupposedValue(String(name.dropFirst(2)), $0) }
    }
    guard !values.isEmpty else {
      (assessment, refusal) = (nil, nil)
      return
    }
    do {
      let screened = try await request.live.screening(of: participant, supposing: values)
      (assessment, refusal) = (screened?.assessments.first { $0.cohort.id == cohort }, nil)
    } catch let found as Refusal {
      (assessment, refusal) = (nil, found)
    }
  }

  /// How many fields are offered: what would decide first.
  private static let fields = 16

  func markup(_ parts: FormParts, _ path: String, _ now: Assessment, _ texts: CriterionTexts) -> Markup {
    let words = texts.words
    let concepts = Supposal.offered(values, now, texts.study)
    guard !concepts.isEmpty || refusal != nil else { return .fragment([]) }
    return Part.section(
      words["What if"], id: "what-if", note: words["The verdict with values that nobody measured. Nothing is saved."]
    ) {
      if let refusal { Notice.markup(.stop, words.sentence(refusal.because), words.sentence(refusal.remedy)) }
      if let assessment { result(now, assessment, words) }
      Part.disclosure(.text(words["Suppose values"]), isOpen: !values.isEmpty) {
        parts.search(path + "#what-if") {
          parts.hidden("cohort", now.cohort.id)
          for concept in concepts { field(concept, parts, texts) }
          parts.button(words["Show the verdict"], class: "second")
        }
      }
    }
  }

  private func result(_ before: Assessment, _ after: Assessment, _ words: Words) -> Markup {
    let changes = zip(before.criteria, after.criteria).filter { $0.outcome != $1.outcome }
    return .tag("div", ["class": "stack"]) {
      Markup.tag("p") {
        words["With these values:"] + " "
        OutcomeMark.markup(after.verdict, words)
      }
      Part.table(
        words["What changes"], [words["Criterion"], words["Now"], words["With these values"]],
        changes.map { before, after in
          [
            .text("\(before.criterion.id) \(words.study(before.criterion.title))"),
            OutcomeMark.markup(before.outcome, words), OutcomeMark.markup(after.outcome, words),
          ]
        }, empty: words["No criterion changes."])
    }
  }

  /// What is supposed, then what would decide, what is missing, what fails and what passes; only what an Observation holds.
  static func offered(_ supposed: [SupposedValue], _ assessment: Assessment, _ study: Study) -> [DataConcept] {
    let decided = assessment.results(.fail) + assessment.results(.pass)
    let ids =
      supposed.map(\.concept) + assessment.next.map(\.concept)
      + assessment.results(.unknown).flatMap(\.missing) + decided.flatMap { $0.evidence.map(\.concept) }
    var seen: Set<String> = []
    let concepts = ids.filter { seen.insert($0).inserted }.compactMap { study.dictionary[$0] }
    return Array(concepts.filter(\.isSupposable).prefix(Supposal.fields))
  }

  private func field(_ concept: DataConcept, _ parts: FormParts, _ texts: CriterionTexts) -> Markup {
    let words = texts.words
    var field = FormParts.Field(
      name: "w.\(concept.id)", label: texts.display(concept.id),
      value: values.first { $0.concept == concept.id }?.text ?? "", isOptional: true)
    switch concept.valueType {
    case .boolean: return parts.select(field, [("true", words["yes"]), ("false", words["no"])])
    case .coded:
      return parts.select(field, concept.valueCodes.map { ($0, words.coded($0, of: concept.id)) })
    default:
      field.unit = concept.unit == "1" ? nil : concept.unit.map { words.unit($0) }
      field.attributes = [Attribute("inputmode", "decimal")]
      return parts.input(field)
    }
  }
}

extension DataConcept {
  /// Whether a value of it can be supposed: an Observation's number, answer or code.
  fileprivate var isSupposable: Bool {
    resource == "Observation" && [.quantity, .integer, .boolean, .coded].contains(valueType)
  }
}
