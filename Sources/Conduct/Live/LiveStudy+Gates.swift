public import ClinicalValues
import StudyDesign
public import Trial

extension LiveStudy {
  /// The lines of gates as they stand for a participant, now, at the site of whoever looks.
  ///
  /// - Parameter bag: the bag, for the gates of thawing and infusion; nil for all that are ordered.
  /// - Throws: `Refusal` (`unknown-participant`); `MissingVersion`.
  public func gates(
    _ gates: [Gate], for participant: ParticipantID, bag: BagNumber? = nil, by acting: Acting
  ) async throws -> (moment: Moment, lines: [Gate: [GateLine]]) {
    let state = try await state()
    let found = try state.registered(participant)
    let now = clock()
    let site = acting.site ?? found.way.site
    let moment = ZoneClock.moment(now, zone: site.flatMap { state.sites[$0]?.zone } ?? "UTC")
    let needs = gates.reduce(ClinicalNeeds()) { $0.union($1.clinicalNeeds) }
    let edition = try shelf.edition(of: participant, at: moment, in: state)
    var situation = Situation(
      state: state, plan: edition.study.conduct, protocolVersion: edition.version, actor: acting, happened: moment,
      now: now, pictures: [participant: try await picture(of: participant, at: moment, needed: needs)],
      casebook: edition.book)
    situation.endOfDay = ZoneClock.end(ofDay:like:)
    var lines: [Gate: [GateLine]] = [:]
    for gate in gates { lines[gate] = situation.lines(of: gate, for: participant, bag: bag) }
    return (moment, lines)
  }
}
