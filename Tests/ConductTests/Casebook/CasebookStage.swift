import ClinicalValues
import FHIR
import Foundation
import Ledger
import Rules
import StudyDesign
import Trial

@testable import Conduct

/// The shipped study and its example records, read once.
enum CasebookStage {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Studies/cd19-bcma-aid/1.0").path

  static let edition = Result {
    ProtocolShelf.Edition(try StudyChecker(models: Screening.models).read(folder))
  }

  /// The example records, by name.
  static let examples =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder + "/examples")) ?? [])
    .filter { $0.hasSuffix(".json") && $0 != "expected.json" }.sorted()

  static func example(_ name: String) throws -> Record {
    let bytes = Array(try Data(contentsOf: URL(filePath: folder + "/examples/" + name)))
    return try Record.read(bytes, file: name)
  }

  /// A moment at noon of a day, in Shanghai.
  static func moment(_ day: String) throws -> Moment {
    guard let moment = Moment("\(day)T12:00:00+08:00[Asia/Shanghai]") else { throw NoMoment() }
    return moment
  }

  struct NoMoment: Error {}
}

/// A casebook in the making, event by event.
struct CasebookDesk {
  var state = ParticipantState(id: .first)
  let now: Moment
  private var position = 0

  init(_ now: Moment) { self.now = now }

  /// Saves entries of a form.
  mutating func save(_ entries: [Entry], of form: FormKey) {
    position += 1
    state.casebook.apply(
      Recorded(
        .saved(form: form, entries: entries, source: nil, reason: nil), happened: now, recorded: now.instant,
        actor: Actor(account: "nora", role: "nurse"), position: position))
  }

  /// Screening fails, and is begun once more.
  mutating func screenAgain() {
    let failure = ScreenFailure(failing: ["EXC-10"], reason: nil, assessment: nil)
    for event in [WayEvent.screeningStarted(round: 1), .screeningFailed(failure: failure), .screeningStarted(round: 2)]
    {
      position += 1
      state.way.apply(
        Recorded(
          event, happened: now, recorded: now.instant, actor: Actor(account: "nora", role: "nurse"), position: position)
      )
    }
  }

  /// All that is known, as one source.
  func source(_ person: Demographics = Demographics(), _ laboratories: LaboratoryState = LaboratoryState())
    -> ClinicalSource
  {
    ClinicalSource(state: state, parts: [], person: person, laboratories: laboratories)
  }
}
