import ClinicalValues
import Ledger
import Trial

/// Saves of one form, told as one: whoever fills in a form with a script saves each item when it is left.
enum SavesTogether {
  /// Within how many minutes of the one before a save goes on with it.
  private static let minutes = 10

  /// Events, oldest first, in which saves of one form by one person stand once, with all their answers, where the last of them was.
  static func joined(_ events: [Recorded<TrialEvent>]) -> [Recorded<TrialEvent>] {
    var joined: [Recorded<TrialEvent>] = []
    for event in events {
      guard let later = Save(event),
        let place = joined.lastIndex(where: { Save($0)?.goesOn(with: later) ?? false }),
        let earlier = Save(joined[place])
      else {
        joined.append(event)
        continue
      }
      joined.remove(at: place)
      joined.append(earlier.followed(by: later, as: event))
    }
    return joined
  }

  /// A save without a correction.
  private struct Save {
    let participant: ParticipantID
    let form: FormKey
    let entries: [Entry]
    let account: String
    let happened: Moment

    init?(_ recorded: Recorded<TrialEvent>) {
      guard case .casebook(let id, .saved(let form, let entries, nil, nil)) = recorded.event else { return nil }
      participant = id
      self.form = form
      self.entries = entries
      account = recorded.actor.account
      happened = recorded.happened
    }

    func goesOn(with later: Save) -> Bool {
      (participant, form, account) == (later.participant, later.form, later.account)
        && later.happened.instant <= happened.instant.adding(minutes: SavesTogether.minutes)
    }

    /// Both as one event: of each item the later answer.
    func followed(by later: Save, as recorded: Recorded<TrialEvent>) -> Recorded<TrialEvent> {
      let items = Set(later.entries.map(\.item))
      let all = entries.filter { !items.contains($0.item) } + later.entries
      return Recorded(
        .casebook(participant, .saved(form: form, entries: all, source: nil, reason: nil)), happened: recorded.happened,
        recorded: recorded.recorded, actor: recorded.actor, position: recorded.position)
    }
  }
}
