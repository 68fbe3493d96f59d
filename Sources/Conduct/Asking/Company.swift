import StudyDesign
import Trial

/// Whether somebody acts along with whoever does a command: a page asks for them from the start.
public enum Company: Sendable, Hashable {
  /// One person does it; another may act along, as where it is entered from the sheet for when the system is down.
  case possible
  /// Two people do it together at some steps of custody, by their titles; which it is is still to be said.
  case atSteps([String])
  /// It is done together, and everybody who does it gives their own password.
  case needed
}

extension FieldChoices {
  /// Whether somebody acts along.
  public var company: Company {
    if CompanyRules.together[form.name] != nil || given[Circumstances.Key.afterDowntime] == "true" { return .needed }
    let steps = edition.study.conduct.product.steps
    if CompanyRules.ofOneStep.contains(form.name) {
      let isByTwo = steps.contains { $0.twoPeople && RecordStep.recordedOtherwise[$0.id] == form.name }
      return isByTwo ? .needed : .possible
    }
    guard CompanyRules.ofAnyStep.contains(form.name) else { return .possible }
    if let step = given["step"] { return steps.contains { $0.twoPeople && $0.id == step } ? .needed : .possible }
    let titles = steps.filter { $0.twoPeople && RecordStep.recordedOtherwise[$0.id] == nil }.map(\.title)
    return titles.isEmpty ? .possible : .atSteps(titles)
  }

  /// Who could act along now: the account, with the role after a colon where it could be in several.
  public var companions: [FieldChoice] {
    let own = CompanyRules.together[form.name].map { [$0] } ?? [form.type.permission, .recordData]
    var seen: Set<Acting> = []
    let people = own.flatMap { holders(of: $0) }
      .filter { $0.account != actor.account && seen.insert($0).inserted }
    let roles = Dictionary(grouping: people, by: \.account)
    return people.map { person in
      let value =
        roles[person.account]?.count == 1
        ? person.account.description : "\(person.account):\(person.role.rawValue)"
      return FieldChoice(value, .person(state.people.name(of: person.account), [person.role]))
    }
  }

  /// Who else could do it now for themselves: the account, with the role after a colon.
  public var others: [FieldChoice] {
    holders(of: form.type.permission).filter { $0.account != actor.account }.map { person in
      FieldChoice(
        "\(person.account):\(person.role.rawValue)", .person(state.people.name(of: person.account), [person.role]))
    }
  }
}

/// Which commands are done together; the commands themselves refuse who comes alone.
private enum CompanyRules {
  /// Always, with what everybody must be allowed to do.
  static let together: [String: Permission] = [
    CheckPerson.name: .recordData, RecordOutsideGate.name: .recordData, UseLabels.name: .recordCustody,
    EraseIdentity.name: .seeIdentity,
    ReviewAsBoard.name: .liftAsBoard, DecideLift.name: .liftAsBoard, DecideOnParticipant.name: .liftAsBoard,
    DecideDLTQuestion.name: .liftAsBoard,
  ]
  /// Where the plan has two people do the one step that it records.
  static let ofOneStep: Set<String> = [EndCollection.name, BeginManufacturing.name, FillBag.name, ThawBag.name]
  /// Where the plan has two people do the step that is named.
  static let ofAnyStep: Set<String> = [RecordStep.name, CorrectStep.name]
}
