import Analysis

extension OutcomeStanding: Titled {
  var title: String {
    switch self {
    case .met: "met"
    case .notMet: "not met"
    case .notApplicable: "not applicable"
    case .notEvaluable: "not evaluable"
    case .notAssessed: "not assessed"
    case .nonResponder: "non-responder"
    }
  }

  var tone: Part.Tone {
    switch self {
    case .met: .done
    case .notMet, .nonResponder: .stop
    case .notApplicable: .excluded
    case .notEvaluable: .due
    case .notAssessed: .plain
    }
  }
}
