import Conduct
import Ledger
import Markup
import Rules
import Trial

/// What was decided on somebody's eligibility, on what, and whether it still comes out the same; the newest first.
struct DecisionHistory {
  let decisions: [DecidedEligibility]
  let words: Words

  var markup: Markup {
    Part.section(words["What was decided"], id: "decisions") {
      if decisions.isEmpty { Markup.tag("p", ["class": "quiet"]) { words["Nothing was decided yet."] } }
      Markup.tag("ol", ["class": "ladder"]) { for decision in decisions.reversed() { item(decision) } }
    }
  }

  private func item(_ decision: DecidedEligibility) -> Markup {
    .tag("li", ["class": decision.isEligible ? "past" : "stop"]) {
      Markup.tag("strong") { decision.isEligible ? words["eligible"] : words["screening failed"] }
      " · "
      words.placedTime(decision.signed)
      if let cohort = decision.cohort { " · " + words("cohort {cohort}", ["cohort": words.cohort(cohort)]) }
      for signature in decision.signatures {
        Markup.tag("div", ["class": "quiet"]) { words.signed(signature) }
      }
      if let reason = decision.reason {
        Markup.tag("p") {
          words["Reason"] + ": "
          Part.written(reason)
        }
      }
      if let frozen = decision.frozen {
        Markup.tag("p", ["class": "quiet"]) {
          words(
            "Protocol version {version}, as of {date}",
            ["version": frozen.protocolVersion.version, "date": words.date(frozen.asOf)])
        }
        reproduction(decision)
        Part.disclosure(.text(words["What the criteria said"])) {
          Markup.tag("ul", ["class": "evidence"]) { for criterion in frozen.criteria { line(criterion, decision) } }
          Markup.tag("p", ["class": "quiet"]) {
            words("Record: SHA-256 {digest}", ["digest": frozen.record.description])
          }
        }
      } else {
        Markup.tag("p", ["class": "quiet"]) { words["It rests on a reason in words, not on an assessment."] }
      }
    }
  }

  private func line(_ criterion: AssessmentSummary.Criterion, _ decision: DecidedEligibility) -> Markup {
    let today = decision.recomputed?.first { $0.id == criterion.id }?.outcome
    return .tag("li") {
      OutcomeMark.markup(criterion.outcome.outcome, words)
      " \(criterion.id)"
      if let today, today != criterion.outcome {
        " " + words["computed anew:"] + " "
        OutcomeMark.markup(today.outcome, words)
      }
    }
  }

  private func reproduction(_ decision: DecidedEligibility) -> Markup {
    switch decision.isReproduced {
    case true: Part.badge("✓ " + words["comes out the same when computed anew"], .done)
    case false: Part.badge("✕ " + words["comes out differently: tell data management at once"], .stop)
    case nil: Part.badge("? " + words["cannot be computed: the identity was erased"], .due)
    }
  }
}
