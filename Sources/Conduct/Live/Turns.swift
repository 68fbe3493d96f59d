import Synchronization
import Trial

/// Who decides and appends when many do at once: commands on one participant follow each other in the order in which they came, those
/// on others run beside them.
///
/// Without turns all who decide on one stream at once would be overtaken by the first of them and decide anew, the last as often as
/// there are others. A turn spares that work and guards nothing: what another process appends the ledger itself tells.
final class Turns: Sendable {
  private struct Waiting {
    let participants: Set<ParticipantID>
    let go: CheckedContinuation<Void, Never>
  }

  private struct Line {
    var held: Set<ParticipantID> = []
    var waiting: [Waiting] = []
  }

  private let line = Mutex(Line())

  /// How many wait.
  var waiting: Int { line.withLock { $0.waiting.count } }

  /// Comes back when it is the caller's turn at all of these participants.
  func take(_ participants: Set<ParticipantID>) async {
    await withCheckedContinuation { go in
      line.withLock { $0.waiting.append(Waiting(participants: participants, go: go)) }
      advance()
    }
  }

  /// Ends a turn.
  func leave(_ participants: Set<ParticipantID>) {
    line.withLock { $0.held.subtract(participants) }
    advance()
  }

  /// Lets those go on whom nobody who came before bars.
  private func advance() {
    let free = line.withLock { line in
      var barred = line.held
      var (free, waiting): ([Waiting], [Waiting]) = ([], [])
      for one in line.waiting {
        if one.participants.isDisjoint(with: barred) {
          free.append(one)
          line.held.formUnion(one.participants)
        } else {
          waiting.append(one)
        }
        barred.formUnion(one.participants)
      }
      line.waiting = waiting
      return free
    }
    for one in free { one.go.resume() }
  }
}
