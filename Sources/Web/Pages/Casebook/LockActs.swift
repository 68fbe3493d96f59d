import Markup
import Trial

/// What who freezes and locks can do with a form, a visit, or all of a casebook.
enum LockActs {
  @MarkupBuilder static func markup(
    _ acts: ActLinks, _ participant: ParticipantState, _ scope: CasebookScope
  ) -> Markup {
    let (casebook, words) = (participant.casebook, acts.words)
    let given = [("participant", participant.id.description), ("scope", scope.description)]
    if !casebook.keys(in: scope).isEmpty {
      if casebook.frozen.contains(scope) {
        acts.link(UnfreezeCasebook.self, words["Release it"], given)
      } else {
        acts.link(FreezeCasebook.self, words["Freeze it"], given)
      }
      if casebook.locked.contains(scope) {
        acts.link(UnlockCasebook.self, words["Unlock it"], given)
      } else {
        acts.link(LockCasebook.self, words["Lock it"], given)
      }
    }
  }
}
