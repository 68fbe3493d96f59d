import Markup
import Rules
import Trial

extension Outcome: Titled {
  var title: String {
    switch self {
    case .pass: "pass"
    case .fail: "fail"
    case .unknown: "unknown"
    }
  }

  var tone: Part.Tone {
    switch self {
    case .pass: .done
    case .fail: .stop
    case .unknown: .due
    }
  }
}

extension Verdict: Titled {
  var title: String {
    switch self {
    case .eligible: "eligible"
    case .ineligible: "ineligible"
    case .undetermined: "undetermined"
    }
  }

  /// What would make such an outcome of one criterion.
  var outcome: Outcome {
    switch self {
    case .eligible: .pass
    case .ineligible: .fail
    case .undetermined: .unknown
    }
  }
}

extension CriterionOutcome {
  /// The same as the criteria say it.
  var outcome: Outcome {
    switch self {
    case .pass: .pass
    case .fail: .fail
    case .unknown: .unknown
    }
  }
}
