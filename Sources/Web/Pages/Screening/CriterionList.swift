import Conduct
import Markup
import Rules
import StudyDesign
import Trial

/// Every criterion in the protocol's order: what it says and why, its words in the source, its evidence.
struct CriterionList {
  let assessment: Assessment
  let texts: CriterionTexts
  /// What was decided before, the oldest first.
  let decisions: [DecidedEligibility]
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
      if !result.absent.isEmpty {
        Markup.tag("p", ["class": "remedy"]) { words("Missing: {data}", ["data": named(result.absent)]) }
      }
      if !result.unclear.isEmpty {
        Markup.tag("p", ["class": "remedy"]) { words("To clarify: {data}", ["data": named(result.unclear)]) }
      }
      for note in result.notes { Markup.tag("p", ["class": "quiet"]) { words.sentence(note) } }
      Part.disclosure(.text(words("Source and evidence ({count})", ["count": String(evidence.count)]))) {
        Markup.tag("div", ["class": "stack"]) {
          Markup.tag("blockquote") { words.quoted(criterion.text) }
          Part.link(
            StudySource.path(to: criterion, version: texts.study.version), words["In the protocol's text"])
          if let lay = criterion.lay { Markup.tag("p", ["class": "quiet"]) { words.study(lay) } }
          if !evidence.isEmpty { Markup.tag("ul", ["class": "evidence"]) { evidence } }
          history(of: criterion)
        }
      }
    }
  }

  /// What the criterion said at each decision.
  @MarkupBuilder private func history(of criterion: Criterion) -> Markup {
    let said = decisions.compactMap { decision -> (decision: DecidedEligibility, outcome: Outcome)? in
      decision.frozen?.criteria.first { $0.id == criterion.id }.map { (decision, $0.outcome.outcome) }
    }
    if !said.isEmpty {
      Markup.tag("div") {
        words["When it was decided it said:"]
        Markup.tag("ul", ["class": "evidence"]) {
          for (decision, outcome) in said {
            Markup.tag("li") {
              words.placedTime(decision.signed)
              " "
              OutcomeMark.markup(outcome, words)
            }
          }
        }
      }
    }
  }

  /// An item of a form is a link; a resource is shown where it is first named, and later leads there.
  private func evidence(_ evidence: Evidence, _ isShown: inout Set<String>) -> Markup {
    let anchor = CriterionTexts.anchor(evidence.source)
    let item = texts.item(evidence.source)
    let resource = item == nil ? texts.resource(evidence.source) : nil
    let isFirst = resource != nil && isShown.insert(anchor).inserted
    return .tag("li") {
      texts.line(evidence)
      if let item {
        Markup.tag("div") {
          words["Entered in:"] + " "
          item
        }
      } else if isFirst, let resource {
        Markup.tag("div", ["id": anchor]) {
          Part.disclosure(.text(words("Imported: {record}", ["record": evidence.source]))) {
            Markup.tag("pre", ["lang": "en"]) { resource }
          }
        }
      } else if resource != nil {
        Markup.tag("div") { texts.link(to: evidence.source) }
      } else {
        Markup.tag("div", ["class": "quiet"]) { evidence.source }
      }
    }
  }

  private func named(_ data: [String]) -> String { data.map { texts.named($0) }.joined(separator: ", ") }

  private func state(_ outcome: Outcome) -> String {
    switch outcome {
    case .pass: "is-true"
    case .fail: "is-false"
    case .unknown: "is-unknown"
    }
  }
}
