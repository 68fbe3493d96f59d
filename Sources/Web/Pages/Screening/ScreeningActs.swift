import ClinicalValues
import Conduct
import Markup
import StudyDesign
import Trial

/// The acts by which screening begins, goes on and ends, prefilled; those that the reader's role has.
struct ScreeningActs {
  let participant: ParticipantState
  let cohort: String?
  let way: WayPlan
  let now: Moment
  /// Where the reader comes back to.
  let path: String

  func markup(_ request: PageRequest) -> Markup {
    let words = request.words
    let role = request.session?.acting?.role
    let offered = acts(words).filter { role?.extent(of: $0.act.permission) != nil }
    guard !offered.isEmpty else { return .fragment([]) }
    return .tag("div", ["class": "actions"]) {
      for (act, title) in offered { Part.link(address(act), title, class: "button second") }
    }
  }

  /// What can be done now, by whoever may.
  func acts(_ words: Words) -> [(act: any TrialCommand.Type, title: String)] {
    let importing: (any TrialCommand.Type, String) = (ImportData.self, words["Import a record"])
    return switch participant.status(at: now) {
    case .candidate: [importing, (GiveConsent.self, words["Record the consent"])]
    case .consented: [(StartScreening.self, words["Begin screening"]), importing]
    case .screenFailed where participant.way.screeningRound <= way.rescreenings:
      [(StartScreening.self, words["Screen once more"]), importing]
    case .screenFailed: [importing]
    case .screening, .eligible:
      [
        (DecideEligible.self, words["Sign that the candidate is eligible"]),
        (FailScreening.self, words["Sign that screening failed"]), importing,
      ]
    default: [importing, (QuestionEligibility.self, words["Question the eligibility"])]
    }
  }

  private func address(_ act: any TrialCommand.Type) -> String {
    let isOfCohort = act == DecideEligible.self || act == FailScreening.self
    guard isOfCohort, let cohort else {
      return ActPath.of(act, ["participant": participant.id.description, "back": path])
    }
    return ActPath.of(act, ["participant": participant.id.description, "cohort": cohort, "back": path])
  }
}
