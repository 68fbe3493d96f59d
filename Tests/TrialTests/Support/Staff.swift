import ClinicalValues
import Ledger

@testable import Trial

extension PeopleState {
  /// Everybody of the cast, with account, training in system and protocol, role and delegation since the summer of 2025.
  static let staffed: PeopleState = {
    var state = PeopleState()
    for event in staffing(Acting.everybody) { state.record(event) }
    return state
  }()

  /// What makes people able to act.
  static func staffing(_ people: [Acting]) -> [PeopleEvent] {
    var events: [PeopleEvent] = []
    for (index, person) in people.enumerated() {
      let id = person.account
      let training = [Training.Subject.system, .protocolVersion("1.0")].map {
        PeopleEvent.trained(account: id, training: Training($0, from: .summer))
      }
      events += [
        .accountCreated(account: id, name: "Person of \(id)", namesakes: []),
        .identityChecked(account: id, how: .document),
      ]
      events += training
      events += [
        .accountEnabled(account: id), .roleGranted(account: id, role: person.role, site: person.site),
        .delegationSigned(
          number: index + 1, account: id, role: person.role, site: person.site, tasks: person.role.permissions,
          from: .summer, to: nil),
        .delegationAccepted(number: index + 1),
      ]
    }
    return events
  }

  /// The state after one more event, recorded in the summer of 2025 unless said.
  mutating func record(_ event: PeopleEvent, at moment: Moment = .summer, by actor: Acting = .administrator) {
    apply(
      Recorded(
        event, happened: moment, recorded: moment.instant,
        actor: Actor(account: actor.account.description, role: actor.role.rawValue)))
  }
}

extension TrialState {
  /// A trial in which nothing has happened but that its people can act.
  static let staffed: TrialState = {
    var state = TrialState()
    state.people = .staffed
    return state
  }()
}

extension CalendarDate {
  static let summer = CalendarDate(year: 2025, month: 6, day: 1) ?? .least
}

extension Moment {
  static let summer = Moment("2025-06-01T08:00:00+02:00[Europe/Berlin]") ?? Moment(Instant(milliseconds: 0))
}
