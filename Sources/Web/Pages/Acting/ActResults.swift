import Conduct
import Ledger
import Synchronization

/// What acts came to, by the token of the form that asked for each: a form is good once, and who sends it twice is shown what
/// it came to the first time.
final class ActResults: Sendable {
  /// What an act came to.
  struct Result: Sendable {
    let done: CarriedOut
    /// The command, as its path has it.
    let command: String
    /// Where the reader goes on.
    let back: String
    /// What a program had sent for it; nil where a page's form asked.
    var sent: Digest?
  }

  /// How a form stands that was sent.
  enum Standing: Sendable {
    /// Nobody has sent it: whoever asks does it now.
    case first
    /// It is being done.
    case underWay
    /// It is done.
    case done
  }

  private enum Kept {
    case underWay
    case done(Result)
  }

  private struct Forms {
    var kept: [String: Kept] = [:]
    /// In the order in which they were sent.
    var order: [String] = []

    /// Forgets the oldest that is done, where there are too many: what is under way is never done a second time.
    mutating func forgetOldest() {
      guard order.count > ActResults.perSession,
        let oldest = order.firstIndex(where: { if case .done = kept[$0] { true } else { false } })
      else { return }
      kept[order.remove(at: oldest)] = nil
    }
  }

  /// How many are remembered of a session, the newest: more than anybody sends again.
  static let perSession = 200

  private let bySession = Mutex<[String: Forms]>([:])

  /// Takes a form, if nobody has yet.
  func take(_ token: String, of session: String) -> Standing {
    bySession.withLock { all in
      var forms = all[session] ?? Forms()
      switch forms.kept[token] {
      case .underWay: return .underWay
      case .done: return .done
      case nil: break
      }
      forms.kept[token] = .underWay
      forms.order.append(token)
      forms.forgetOldest()
      all[session] = forms
      return .first
    }
  }

  /// A form came to nothing: it can be sent again.
  func release(_ token: String, of session: String) {
    bySession.withLock { all in
      guard case .underWay = all[session]?.kept[token] else { return }
      all[session]?.kept[token] = nil
      all[session]?.order.removeAll { $0 == token }
    }
  }

  /// A form was carried out.
  func keep(_ result: Result, for token: String, of session: String) {
    bySession.withLock { all in
      all[session, default: Forms()].kept[token] = .done(result)
      if all[session]?.order.contains(token) == false { all[session]?.order.append(token) }
    }
  }

  /// What a form came to, for its session. What is handed over is in it once.
  func result(_ token: String, of session: String) -> Result? {
    bySession.withLock { all in
      guard case .done(let result) = all[session]?.kept[token] else { return nil }
      all[session]?.kept[token] = .done(
        Result(done: result.done.shown, command: result.command, back: result.back, sent: result.sent))
      return result
    }
  }

  /// Forgets the sessions that have ended.
  func forget(where hasEnded: (String) -> Bool) {
    bySession.withLock { all in all = all.filter { !hasEnded($0.key) } }
  }
}
