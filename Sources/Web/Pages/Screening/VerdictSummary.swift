import ClinicalValues
import Conduct
import Markup
import Rules
import StudyDesign
import Trial

/// The verdict, what bars, what is missing, and what to obtain next.
struct VerdictSummary {
  let assessment: Assessment
  let screened: ScreenedParticipant
  /// The decision with which screening ended; nil where it has not.
  let decided: DecidedEligibility?
  let texts: CriterionTexts
  let forms: ScreeningForms
  let request: PageRequest
  private var words: Words { texts.words }

  var markup: Markup {
    .fragment([
      decision,
      Notice.markup(
        kind,
        .tag("strong") {
          "\(OutcomeMark.sign(assessment.verdict.outcome)) \(words.title(assessment.verdict)): "
            + words.study(assessment.cohort.title)
        },
        .text(
          words(
            "Protocol version {version}, as of {date}. {pass} pass, {fail} fail, {unknown} unknown.",
            [
              "version": screened.study.version, "date": words.date(screened.asOf),
              "pass": String(assessment.results(.pass).count), "fail": String(assessment.results(.fail).count),
              "unknown": String(assessment.results(.unknown).count),
            ]))),
      list(words["What bars"], assessment.results(.fail)),
      OrderList(assessment: assessment, texts: texts, forms: forms, request: request).markup,
      list(words["What cannot be decided yet, and why"], assessment.results(.unknown)),
    ])
  }

  /// By which version it was decided: what follows asks the one in force now of what is known today.
  @MarkupBuilder private var decision: Markup {
    if let decided, let frozen = decided.frozen {
      Notice.markup(
        .note,
        .tag("strong") {
          words(
            "Decided under protocol version {version}, as of {date}: {outcome}.",
            [
              "version": frozen.protocolVersion.version, "date": words.date(frozen.asOf),
              "outcome": decided.isEligible ? words["eligible"] : words["screening failed"],
            ])
        },
        .text(
          words[
            "What follows is not that decision: it asks the criteria in force now of what is known today about that day."
          ]))
    }
  }

  private var kind: Notice.Kind {
    switch assessment.verdict {
    case .eligible: .done
    case .ineligible: .stop
    case .undetermined: .warning
    }
  }

  @MarkupBuilder private func list(_ title: String, _ results: [CriterionResult]) -> Markup {
    if !results.isEmpty {
      Part.section(title) {
        Markup.tag("ul", ["class": "formlist"]) {
          for result in results {
            Markup.tag("li") {
              OutcomeMark.markup(result.outcome, words)
              " "
              Part.link(
                "#\(FormParts.id(result.criterion.id))",
                "\(result.criterion.id) \(words.study(result.criterion.title))")
              if result.criterion.isProvisional {
                " "
                OutcomeMark.provisional(words)
              }
              Markup.tag("div", ["class": "quiet"]) { texts.reason(result) }
            }
          }
        }
      }
    }
  }
}
