import ClinicalValues
import Ledger
import StudyDesign
import Trial

@testable import Conduct

/// A trial as events make it, and what there is in it to choose from: one site, one participant with cells, a nurse and a
/// coordinator who are delegated, a monitor who is not.
struct ChoiceStage {
  static let site = ParticipantID.first.site
  static let nurse = known { Acting(account: try AccountID("nora.diaz"), role: .nurse, site: site) }
  static let coordinator = known { Acting(account: try AccountID("cora.lund"), role: .coordinator, site: site) }
  static let laboratory = known { Acting(account: try AccountID("lars.olsen"), role: .cellLaboratory) }
  static let monitor = known { Acting(account: try AccountID("milo.adams"), role: .monitor, site: site) }

  private static let shelf = Result { ProtocolShelf([try CasebookStage.edition.get().study]) }

  let shelf: ProtocolShelf
  let edition: ProtocolShelf.Edition
  private(set) var state = TrialState()

  init() throws {
    shelf = try Self.shelf.get()
    edition = shelf.editions[0]
    record(
      .people(
        .accountsFounded(
          administrator: .anna, administratorName: "Anna Berg", sponsor: .boris, sponsorName: "Boris Lind")))
    record(.site(Self.site, .siteAdded(name: "Berlin", zone: "Europe/Berlin")))
    try admit(Self.nurse, "Nora Diaz", number: 1)
    try admit(Self.coordinator, "Cora Lund", number: 2)
    record(.people(.accountCreated(account: Self.monitor.account, name: "Milo Adams", namesakes: [])))
    record(.people(.accountEnabled(account: Self.monitor.account)))
    record(.people(.roleGranted(account: Self.monitor.account, role: .monitor, site: Self.site)))
    record(.way(.first, .registered(site: Self.site, cohort: "sle")))
    record(
      .way(
        .first,
        .consented(
          consent: GivenConsent(
            version: "1.0", site: Self.site, obtainedBy: Self.coordinator.account, adult: true, copyGiven: true))))
    record(.product(.first, .identityIssued(ChainOfIdentity(random: 7))))
  }

  /// Somebody with an account, trained and delegated.
  private mutating func admit(_ who: Acting, _ name: String, number: Int) throws {
    guard let day = CalendarDate("2026-01-01") else { throw CasebookStage.NoMoment() }
    record(.people(.accountCreated(account: who.account, name: name, namesakes: [])))
    record(.people(.accountEnabled(account: who.account)))
    record(.people(.roleGranted(account: who.account, role: who.role, site: who.site)))
    for subject in [Training.Subject.system, .protocolVersion("1.0")] {
      record(.people(.trained(account: who.account, training: Training(subject, from: day))))
    }
    record(
      .people(
        .delegationSigned(
          number: number, account: who.account, role: who.role, site: who.site, tasks: who.role.permissions, from: day,
          to: nil)))
    record(.people(.delegationAccepted(number: number)))
  }

  mutating func record(_ event: TrialEvent) {
    state.apply(
      Recorded(
        event, happened: Moment(.start), recorded: .start, actor: Actor(account: "anna.berg", role: "administrator")))
  }

  /// A collection that was accepted, and the lot, with its bags, that was made of it.
  mutating func make(bags: Int = 0) {
    let collection = CollectionNumber(participant: .first, collection: 1)
    let lot = LotNumber(participant: .first, lot: 1)
    print(.collection(collection))
    record(.product(.first, .collectionBegun(collection: collection, outsideGate: false, lines: [])))
    record(
      .product(
        .first,
        .collectionEnded(
          collection: collection, yield: 3200, accepted: true, step: step("collected", .collection(collection)))))
    guard bags > 0 else { return }
    print(.lot(lot))
    record(
      .product(
        .first,
        .manufacturingBegun(
          lot: lot, from: collection, materialLeft: false, step: step("manufacturingStarted", .collection(collection))))
    )
    for number in 1...bags {
      let bag = BagNumber(lot: lot, bag: number)
      print(.bag(bag))
      record(.product(.first, .bagFilled(bag: bag, volumeML: 50, cells: 100, step: step("filled", .bag(bag)))))
    }
  }

  private mutating func print(_ material: Material) {
    record(.product(.first, .labelsPrinted(material: material, count: 4, reason: nil)))
  }

  private func step(_ id: String, _ material: Material) -> CustodyStep {
    CustodyStep(step: id, material: material, place: "Room 1.04")
  }

  /// A day after what was recorded.
  private var moment: Moment { Moment(Instant.start.adding(hours: 24)) }

  /// What there is to choose from for the fields of a command.
  func choices(
    _ command: any TrialCommand.Type, _ given: [String: String] = [:], by actor: Acting = nurse
  ) -> FieldChoices {
    FieldChoices(
      state: state, edition: edition, versions: ["1.0"], actor: actor, form: .of(command),
      given: Given(texts: given.mapValues { [$0] }), moment: moment)
  }

  /// What there is to choose for one field, those that fit with `+` before.
  func values(
    _ command: any TrialCommand.Type, _ key: String, _ given: [String: String] = ["participant": "01-0001"],
    by actor: Acting = nurse
  ) -> [String] {
    guard let field = CommandForm.of(command).fields.first(where: { $0.key == key }) else { return [] }
    return choices(command, given, by: actor).choices(for: field).map { ($0.fits ? "+" : "") + $0.value }
  }

  /// What would be refused now, by the refusal's id; nil where it is offered.
  func refusal(
    _ command: any TrialCommand.Type, _ given: [String: String] = ["participant": "01-0001"], by actor: Acting = nurse
  ) -> String? {
    Offering(state: state, shelf: shelf, actor: actor, moment: moment)
      .refusal(of: command, given: given)?.id
  }
}
