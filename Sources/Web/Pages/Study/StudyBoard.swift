import ClinicalValues
import Markup
import StudyDesign
import Trial

/// The safety board: who sits on it, what it reviewed last, which review it owes.
struct StudyBoard {
  let state: TrialState
  let plan: SafetyPlan
  let now: Moment
  let acts: ActLinks
  private var words: Words { acts.words }

  var markup: Markup {
    Part.section(words["Safety board"], id: "board") {
      for review in state.study.owedReviews(in: state, plan: plan, at: now) {
        Notice.markup(
          .warning, words.sentence(review.reason),
          .text(
            words(
              "Without it nobody else is lymphodepleted from {date} on.", ["date": words.date(review.bars)])))
      }
      Markup.tag("p", ["class": "quiet"]) {
        state.study.lastReview.map { words("The last review was on {date}.", ["date": words.moment($0.held)]) }
          ?? words["There was no review yet."]
      }
      Part.table(
        words["Members of the board"],
        [words["Name"], words["Account"], words["Statistician"], words["What you can do"]],
        state.study.boardMembers.keys.sorted { $0.description < $1.description }.map(row),
        empty: words["Nobody was appointed."])
      Markup.tag("div", ["class": "actions"]) {
        acts.link(ReviewAsBoard.self, words["Record a review"])
        acts.link(AppointBoardMember.self, words["Appoint a member"])
      }
    }
  }

  private func row(_ account: AccountID) -> [Markup] {
    [
      .text(state.people.name(of: account)), .text(account.description),
      .text(state.study.boardMembers[account] == true ? words["yes"] : words["no"]),
      acts.link(ReleaseBoardMember.self, words["Release"], [("account", account.description)]),
    ]
  }
}
