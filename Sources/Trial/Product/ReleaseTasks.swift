import ClinicalValues
import StudyDesign

extension WatchedParticipant {
  /// What a lot waits for once its cells are harvested: bags, results of release tests, the release. They belong to the lot,
  /// whose own last step the harvest is, while what they come after are steps of its bags: no order of custody steps says that
  /// they are due.
  func releaseTasks(of lot: LotState) -> [StudyTask] {
    guard lot.harvested != nil else { return [] }
    guard lot.bags.contains(where: \.isFilled) else {
      return [task("Fill the cells of lot \(lot.number) into bags.", lot, FillBag.permission)]
    }
    // Of what is lost nothing is tested or released; who rejects the lot says so.
    guard lot.bags.contains(where: { $0.isFilled && $0.end == nil && !$0.isUnusable }) else { return [] }
    let lines = lot.testLines(plan.product)
    let missing = lines.filter { $0.withinLimits == nil }.map(\.title).joined(separator: ", ")
    let interim = lines.filter { $0.entry?.interim == true }.map(\.title).joined(separator: ", ")
    var tasks: [StudyTask] = []
    if !missing.isEmpty {
      tasks.append(
        task("Enter the results of the release tests of lot \(lot.number): \(missing).", lot, EnterTest.permission))
    }
    if !interim.isEmpty {
      tasks.append(
        task(
          "Enter the final results of the release tests of lot \(lot.number): \(interim).", lot, EnterTest.permission))
    }
    if missing.isEmpty {
      tasks.append(
        task(
          "Release or reject lot \(lot.number): every release test has a result.", lot, ReleaseLot.permission,
          waits: waits(lot, interim: interim)))
    }
    return tasks
  }

  private func waits(_ lot: LotState, interim: String) -> String? {
    let quarantines = state.product.quarantines(over: .lot(lot.number))
    if !quarantines.isEmpty { return "It is in quarantine (\(quarantines.map { "\($0)" }.joined(separator: ", ")))." }
    if lot.exceptional != nil { return "An exceptional release is proposed and not signed by all." }
    return interim.isEmpty ? nil : "Final results are still to come: \(interim)."
  }

  private func task(
    _ title: String, _ lot: LotState, _ permission: Permission, waits: String? = nil
  ) -> StudyTask {
    let since = state.lastDone(to: lot.bags.last { $0.isFilled }.map { .bag($0.number) } ?? .lot(lot.number))
    return StudyTask(
      .takeCustodyStep, title, roles: Role.allowed(permission).filter { !$0.isOfSite }, participant: state.id,
      since: (since ?? now).date, waits: waits)
  }
}
