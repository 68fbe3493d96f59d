import ClinicalValues
import Ledger
import Testing

@testable import Trial

/// Nothing is recorded after a clock that was ahead until two people say that it was, signed.
struct ClockSetRightTests {
  private let setting = ClockSetRight(
    administrator: Acting.administrator.account, sponsor: Acting.sponsor.account, reason: "The battery was changed.")

  @Test func `administrator and sponsor's signatory sign it, and a deviation of the study says what it means`() throws {
    let trial = PeopleScenario()
    let last = trial.now.instant.adding(hours: 48)
    let facts = try setting.decide(in: trial.state, last: last, at: trial.now)
    #expect(facts.first?.event == .study(.clockSetRight(ahead: last, reason: "The battery was changed.")))
    #expect(facts.first?.signedByAll == true && facts.first?.signed?.contains("was ahead until") == true)
    guard case .studyRecord(.deviationOpened(let deviation)) = facts.last?.event else {
      Issue.record("no deviation")
      return
    }
    #expect(deviation.severity == .important && deviation.what.contains("\(last)"))
  }

  @Test func `it is refused where the clock is not behind, to who may not, and to a password that is not confirmed`() {
    var trial = PeopleScenario()
    let last = trial.now.instant.adding(hours: 48)
    func refusal(_ setting: ClockSetRight, _ last: Instant) -> String? {
      do throws(Refusal) {
        _ = try setting.decide(in: trial.state, last: last, at: trial.now)
        return nil
      } catch {
        return error.id
      }
    }
    #expect(refusal(setting, trial.now.instant.adding(seconds: RecordedTime.toleranceSeconds)) == "clock-not-behind")
    let (administrator, sponsor) = (Acting.administrator.account, Acting.sponsor.account)
    let cases: [(AccountID, AccountID, String, String)] = [
      (administrator, sponsor, " ", "text-missing"), (administrator, administrator, "why", "two-people"),
      (Acting.principalInvestigator.account, sponsor, "why", "role-not-held"),
      (administrator, Acting.principalInvestigator.account, "why", "role-not-held"),
    ]
    for (first, second, reason, id) in cases {
      #expect(refusal(ClockSetRight(administrator: first, sponsor: second, reason: reason), last) == id)
    }
    #expect(trial.perform(ResetPassword(account: sponsor, reason: "forgotten"), by: .administrator) == nil)
    #expect(refusal(setting, last) == "reset-unconfirmed")
  }
}
