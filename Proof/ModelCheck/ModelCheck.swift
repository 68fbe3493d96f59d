// ModelCheck explores a small study exhaustively: every command in every state that it reaches, breadth first, and asks
// after each accepted one, by a record of its own, whether it may have been accepted.
//
// A `World` is the folded ledger, the clock, the clinical pictures and a `Shadow`: what the checker itself has seen
// happen. The shadow is written without a look at the gates: it judges each line of a gate by its meaning in the
// protocol (`Shadow+Lines`), so that a line that is lost, or asks the wrong thing, shows as an accepted command that
// the shadow would not have accepted. `Mutations` takes each line of each gate out in turn to see that it is missed.
//
// The study is small in every respect (`SmallStudy`): three participants of whom two have cells, two slots, two days of
// lymphodepletion, short intervals, one account a role and two at the bedside. Time moves by a pause of 40 minutes, in
// which verification at the bedside and a thawed bag run out, or by a day, in which all else does. Two worlds count as
// one where they differ only in what no decision can tell apart (`Fingerprint`).
//
// Not here: who may do what (accounts, training, delegation have tests of their own; here everybody acts in a role that
// may), what CQL finds (a participant's data are one of a few pictures), what forms say but for a
// death.
//
// A second site with people of its own is in worlds of its own: somebody is handed over to it, with consent and dose, or
// without. In all others there is one, since who is where changes nothing there.

import ClinicalValues
import Ledger
package import Trial

/// What the explorer does to a world.
package enum Move: Sendable {
  /// Somebody asks for something that happens now, or, with `earlier`, happened one pause ago; what passes a gate, as long
  /// ago as a gate still opens for.
  case command(any TrialCommand, by: Acting, together: [Acting], earlier: Bool)
  /// Time passes.
  case wait(Pause)
  /// What is known of a participant's data changes.
  case data(ParticipantID, Picture)

  /// A command that somebody asks for alone, now.
  static func ask(_ command: any TrialCommand, _ actor: Acting, with together: [Acting] = []) -> Move {
    .command(command, by: actor, together: together, earlier: false)
  }

  /// The same, asked by others.
  func by(_ other: (Acting) -> Acting) -> Move {
    guard case .command(let command, let actor, let together, let earlier) = self else { return self }
    return .command(command, by: other(actor), together: together.map(other), earlier: earlier)
  }

  /// The same, asked as of earlier.
  var asOfEarlier: Move {
    guard case .command(let command, let actor, let together, _) = self else { return self }
    return .command(command, by: actor, together: together, earlier: true)
  }

  /// Whether it asks for what stands behind a gate.
  var passesGate: Bool {
    if case .command(let command, _, _, _) = self { type(of: command).passesGate } else { false }
  }
}

extension TrialCommand {
  /// How many minutes ago it is asked for with `earlier`.
  static var minutesEarlier: Int { passesGate ? Pause.gate : Pause.short.minutes }
}

/// How far the clock is moved at once.
package enum Pause: Sendable, Hashable, CaseIterable {
  /// 40 minutes: longer than a verification at the bedside and a thawed bag hold, shorter than anything else.
  case short
  /// 24 hours.
  case day

  /// As many minutes as a gate still opens after the time that is given.
  static let gate = 5

  var minutes: Int { self == .short ? 40 : 24 * 60 }
}

/// Something that must never be, and was.
package struct Violation: Error, Sendable, Hashable, CustomStringConvertible {
  /// The invariant, such as `infusion.consent` or `slots`.
  package let invariant: String
  /// What was seen.
  package let what: String

  /// Both.
  package var description: String { "\(invariant): \(what)" }
}
