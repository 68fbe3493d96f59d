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
    ActLinks(request, back: path).offer(
      acts(request.words).map { ActLinks.Act($0.act, $0.title, given(to: $0.act)) })
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

  private func given(to act: any TrialCommand.Type) -> [(String, String)] {
    let isOfCohort = act == DecideEligible.self || act == FailScreening.self
    let assessed = isOfCohort ? cohort.map { [("cohort", $0)] } ?? [] : []
    return [("participant", participant.id.description)] + assessed
  }
}
