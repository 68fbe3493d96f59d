import Conduct
import Markup
import Rules
import StudyDesign

/// What a criterion says, in words: its reason, its evidence with the resources behind it.
struct CriterionTexts {
  private let screened: ScreenedParticipant
  let words: Words
  private let view: IdentityView

  init(_ screened: ScreenedParticipant, _ words: Words, seesIdentity: Bool) {
    self.screened = screened
    self.words = words
    view = IdentityView(study: screened.study, seesIdentity: seesIdentity)
  }

  var study: Study { screened.study }

  /// A person's words for a concept.
  func display(_ concept: String) -> String { words.study(study.dictionary[concept]?.display ?? concept) }

  func reason(_ result: CriterionResult) -> Markup { words.sentence(view.reason(result)) }

  /// A record that an outcome rests on: concept, value, unit, date, source.
  func line(_ evidence: Evidence) -> Markup {
    let value = view.value(evidence) ?? words["(not shown to your role)"]
    let converted = view.converted(evidence)
    let parts = [value + (converted.map { " = \($0)" } ?? ""), evidence.when].compactMap(\.self)
    return .fragment([
      .tag("strong") { display(evidence.concept) }, .text(" \(words.data(parts.joined(separator: ", "))) "),
      evidence.source.hasPrefix(SupposedValue.source) ? Part.badge(words["supposed"], .provisional) : .fragment([]),
    ])
  }

  /// The resource that evidence names; nil where it is none that is shown.
  func resource(_ evidence: Evidence) -> String? {
    screened.resource(evidence.source).map { IndentedJSON.text($0) }
  }
}
