import Markup
import Rules
import StudyDesign

/// Every criterion in the protocol's order: what it says and why, its words in the source, its evidence.
struct CriterionList {
  let assessment: Assessment
  let texts: CriterionTexts
  private var words: Words { texts.words }

  var markup: Markup {
    var isShown: Set<String> = []
    let items = assessment.criteria.map { result in item(result, &isShown) }
    return Part.section(words["Every criterion, in the protocol's order"], id: "criteria") {
      Markup.tag("ol", ["class": "gate"]) { items }
    }
  }

  private func item(_ result: CriterionResult, _ isShown: inout Set<String>) -> Markup {
    let criterion = result.criterion
    let evidence = result.evidence.map { self.evidence($0, &isShown) }
    return .tag("li", ["class": state(result.outcome), "id": FormParts.id(criterion.id)]) {
      Markup.tag("div", ["class": "line"]) {
        OutcomeMark.markup(result.outcome, words)
        Markup.tag("strong") { "\(criterion.id) \(words.study(criterion.title))" }
        if criterion.isProvisional { OutcomeMark.provisional(words) }
      }
      Markup.tag("p") { texts.reason(result) }
      if !result.missing.isEmpty {
        Markup.tag("p", ["class": "remedy"]) {
          words(
            "Missing: {data}",
            ["data": result.missing.map { texts.display($0) }.joined(separator: ", ")])
        }
      }
      for note in result.notes { Markup.tag("p", ["class": "quiet"]) { words.sentence(note) } }
      Part.disclosure(.text(words("Source and evidence ({count})", ["count": String(evidence.count)]))) {
        Markup.tag("div", ["class": "stack"]) {
          Markup.tag("blockquote") { words.quoted(criterion.text) }
          if let lay = criterion.lay { Markup.tag("p", ["class": "quiet"]) { words.study(lay) } }
          if !evidence.isEmpty { Markup.tag("ul", ["class": "evidence"]) { evidence } }
        }
      }
    }
  }

  /// A resource is shown where it is first named; later it is only named.
  private func evidence(_ evidence: Evidence, _ isShown: inout Set<String>) -> Markup {
    let resource = isShown.insert(evidence.source).inserted ? texts.resource(evidence) : nil
    return .tag("li") {
      texts.line(evidence)
      if let resource {
        Part.disclosure(.text(evidence.source)) { Markup.tag("pre") { resource } }
      } else {
        Markup.tag("div", ["class": "quiet"]) { evidence.source }
      }
    }
  }

  private func state(_ outcome: Outcome) -> String {
    switch outcome {
    case .pass: "is-true"
    case .fail: "is-false"
    case .unknown: "is-unknown"
    }
  }
}
