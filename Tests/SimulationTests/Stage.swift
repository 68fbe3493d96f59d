import ClinicalValues
import Conduct
import FoundationEssentials
import Ledger
import Rules
import Simulation
import StudyDesign
import Trial

/// The demonstration over stores in memory, built once for all tests.
enum Stage {
  static let studyFolder =
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Studies/cd19-bcma-aid/1.0").path

  /// The first version and the demonstration's amendment, read and checked.
  static let shelf = Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tandem-amendment-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let amended = try Amendment.write(from: studyFolder, studies: folder)
    let checker = StudyChecker(models: Screening.models)
    return ProtocolShelf([try checker.read(studyFolder), try checker.read(amended)])
  }

  static func bytes(of path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

  static func empty(seed: UInt64 = 20_240_603) throws -> (stage: DemonstrationStage, store: InMemoryEventStore) {
    let store = InMemoryEventStore()
    let stage = DemonstrationStage(
      ledger: store, identity: InMemorySealedStore(), credentials: InMemorySealedStore(),
      keys: InMemorySealedStore(),
      master: MasterKey(bytes: Digest(of: "master").bytes), shelf: try shelf.get(), studyFolder: studyFolder, seed: seed
    )
    return (stage, store)
  }

  /// The whole trial, for the long run of the tests.
  static let built = Task {
    let (stage, store) = try empty()
    return (demonstration: try await Demonstration.build(on: stage), store: store)
  }

  /// The trial until its first eligibility decision, for every run.
  static let begun = Task { try await firstDays(seed: 20_240_603) }

  struct FirstDays {
    let demonstration: Demonstration
    let store: InMemoryEventStore
    let stage: DemonstrationStage
    /// The ledger's head as it was built: a test that signs in adds to the store it shares with the others.
    let head: Head
  }

  static func firstDays(seed: UInt64) async throws -> FirstDays {
    let (stage, store) = try empty(seed: seed)
    let demonstration = try await Demonstration.build(on: stage, through: 24)
    return FirstDays(demonstration: demonstration, store: store, stage: stage, head: try await store.head())
  }

  /// Every event of the ledger, in order.
  static func events() async throws -> [Recorded<TrialEvent>] {
    try await built.value.store.events(after: 0, limit: .max).map { try Recorded($0) }
  }
}
