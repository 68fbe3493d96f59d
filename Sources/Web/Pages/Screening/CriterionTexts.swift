import Conduct
import Markup
import Rules
import StudyDesign

/// What a criterion says, in words: its reason, its evidence with the resources behind it.
///
/// Who may not see who somebody is reads no birth date: it is left out of reasons and evidence.
struct CriterionTexts {
  private let screened: ScreenedParticipant
  let words: Words
  private let seesIdentity: Bool

  init(_ screened: ScreenedParticipant, _ words: Words, seesIdentity: Bool) {
    self.screened = screened
    self.words = words
    self.seesIdentity = seesIdentity
  }

  var study: Study { screened.study }

  /// A person's words for a concept.
  func display(_ concept: String) -> String { words.study(study.dictionary[concept]?.display ?? concept) }

  func reason(_ result: CriterionResult) -> Markup {
    var reason = result.reason
    for item in result.evidence where isHidden(item) { reason = reason.replacing(item.value, with: "•••") }
    return words.sentence(reason)
  }

  /// A record that an outcome rests on: concept, value, unit, date, source.
  func line(_ evidence: Evidence) -> Markup {
    let value = isHidden(evidence) ? words["(not shown to your role)"] : evidence.value
    let converted = isHidden(evidence) ? nil : evidence.converted
    let parts = [value + (converted.map { " = \($0)" } ?? ""), evidence.when].compactMap(\.self)
    return .fragment([
      .tag("strong") { display(evidence.concept) }, .text(" \(parts.joined(separator: ", ")) "),
      evidence.source.hasPrefix(SupposedValue.source) ? Part.badge(words["supposed"], .provisional) : .fragment([]),
    ])
  }

  /// The resource that evidence names; nil where it is none that is shown.
  func resource(_ evidence: Evidence) -> String? {
    screened.resource(evidence.source).map { IndentedJSON.text($0) }
  }

  private func isHidden(_ evidence: Evidence) -> Bool {
    !seesIdentity && study.dictionary[evidence.concept]?.element == "birthDate"
  }
}
