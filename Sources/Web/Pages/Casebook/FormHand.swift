import Conduct
import Ledger
import StudyDesign
import Trial

/// In whose hand a form is: the judgment of a serious event is the safety officer's own, every other form is the site's.
struct FormHand {
  private let request: PageRequest
  private let place: FormPage.Place
  private let isJudgment: Bool

  init(_ request: PageRequest, at place: FormPage.Place) async throws {
    self.request = request
    self.place = place
    let study = try await request.edition(of: place.participant.id, in: try await request.live.state()).study
    isJudgment = place.key.form == study.conduct.safety.forms?.assessment?.form
  }

  /// What whoever fills it in must be allowed to do.
  private var permission: Permission { isJudgment ? JudgeSeriousEvent.permission : SaveForm.permission }

  /// Whether it is the reader's to fill in, by their role.
  var isReaders: Bool { request.session?.acting?.role.extent(of: permission) != nil }

  /// Refuses whoever's role does not fill it in, before anything of it is shown.
  ///
  /// - Throws: `Refusal` (`role-may-not`).
  func require() throws {
    guard isReaders else { throw Refusal.mayNot(try request.acting().role, permission) }
  }

  /// The command that saves entries of it.
  func saving(_ entries: [ReadEntry], correction: String?) throws -> Request {
    let (participant, form) = (place.participant.id, place.key)
    let command: any TrialCommand =
      if isJudgment {
        JudgeSeriousEvent(participant: participant, form: form, entries: entries, correction: correction)
      } else {
        SaveForm(participant: participant, form: form, entries: entries, correction: correction)
      }
    return Request(command, by: try request.acting(), origin: .web)
  }
}
