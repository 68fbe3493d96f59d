import ClinicalValues
import Conduct
import Ledger
import LedgerSQLite
import Simulation
import StudyDesign
import Trial
import Web

/// The study that the site serves: opened, begun or built, and of the kind that was asked for.
enum ServedStudy {
  /// Opens the study of a folder; an empty one is built with the demonstration, or prepared for a founding on the site.
  ///
  /// - Throws: `Unusable` where the folder holds a study of the other kind.
  ///
  /// - Parameter storyTime: whether the clock goes on from the end of the demonstration's story.
  /// - Returns: the study, and the clock of the story where that is the one that it goes by.
  static func open(
    _ folder: DataFolder, study: String?, demo: Bool, days: Int?, storyTime: Bool
  ) async throws -> (study: RunningStudy, story: StoryClock?) {
    var opening = DataFolder.Opening.toWork
    if !folder.holdsLedger {
      try folder.requireNothingLost()
      if demo {
        let demonstration = try await DemonstrationFolder.build(folder, days: days ?? Demonstration.lastDay)
        Terminal.say(DemoText.logins(demonstration))
      } else {
        let shelf = try Surroundings.current.shelf(study)
        guard let id = shelf.editions.first?.study.id else { throw Unusable("The study has no protocol version.") }
        try folder.prepare(for: id, synthetic: false)
        opening = .toBegin
      }
    }
    var policy = Surroundings.current.policy
    // Its passwords were given when its story was built, which may lie long before today.
    if demo { policy.passwordDays = nil }
    let story = storyTime ? try await storyClock(of: folder) : nil
    let running = try await folder.open(
      try Surroundings.current.shelf(study ?? folder.ownStudy), opening, story: story, policy: policy)
    let state = try await running.live.state()
    let isFounded = state.study.study != nil
    guard !isFounded || state.study.isSynthetic == demo else {
      throw Unusable(
        demo
          ? "‘\(folder.path)’ holds a trial with people, not the demonstration. Name another folder with --data."
          : "‘\(folder.path)’ holds synthetic data. Serve it with --demo, or name the folder of the trial with --data.")
    }
    return (running, story)
  }

  /// A clock that goes on from the last event of a folder's ledger.
  private static func storyClock(of folder: DataFolder) async throws -> StoryClock {
    let ledger = try folder.openLedger()
    defer { try? ledger.close() }
    let last = try await ledger.lastEvent()
    let machine = Surroundings.current.clock
    return StoryClock(showing: last?.recorded ?? machine(), machine: machine)
  }
}
