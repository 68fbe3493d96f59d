import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Testing

@testable import Trial
@testable import Web

/// Whether the study takes people in: true to the study's files and the ledger.
struct RecruitmentTests {
  private let here: SiteID
  private let there: SiteID
  private let edition: ProtocolShelf.Edition

  init() async throws {
    here = try SiteID("01")
    there = try SiteID("02")
    edition = try #require(try await SiteStage().site.live.shelf.editions.last)
  }

  private func after(_ events: [StudyEvent], adopted: Bool = true) throws -> Recruitment {
    var state = TrialState()
    let at = try #require(Moment("2026-01-05T10:00:00Z"))
    let sites = [here, there].map { TrialEvent.site($0, .siteAdded(name: "Site \($0)", zone: "UTC")) }
    let adoption = StudyEvent.provisionalAdopted(items: edition.version.provisional, digest: edition.version.digest)
    for event in sites + (events + (adopted ? [adoption] : [])).map(TrialEvent.study) {
      state.apply(
        Recorded(event, happened: at, recorded: at.instant, actor: Actor(account: "p.i", role: "principalInvestigator"))
      )
    }
    return Recruitment(state, edition)
  }

  /// The study, the first site and two cohorts are open.
  private var open: [StudyEvent] {
    [
      .opened(scope: .study), .opened(scope: .site(here)), .opened(scope: .cohort(edition.version.cohorts[0])),
      .opened(scope: .cohort(edition.version.cohorts[1])),
    ]
  }

  private func hold(site: SiteID? = nil, cohort: String? = nil, _ activities: [Activity] = Activity.allCases)
    -> StudyEvent
  {
    .holdSet(
      hold: Hold(
        number: 1, kind: .safety, activities: activities, site: site, cohort: cohort, reason: "r", setBy: nil, rule: nil
      ))
  }

  private func cohort(_ place: Int) -> Cohort { edition.study.cohorts[place] }

  @Test func `a study that was not opened takes nobody in`() throws {
    #expect(try after([]).standing == .closed)
    #expect(try after([.opened(scope: .study), .opened(scope: .site(here))]).standing == .closed)
  }

  @Test func `an open one does, at the sites and for the cohorts that are open`() throws {
    let recruitment = try after(open)
    #expect(recruitment.standing == .open)
    #expect(recruitment.standing(of: here) == .open && recruitment.standing(of: there) == .closed)
    #expect(recruitment.standing(of: cohort(0)) == .open && recruitment.standing(of: cohort(2)) == .closed)
    #expect(recruitment.places.all == edition.study.conduct.way.slots)
    #expect(recruitment.places.free == recruitment.places.all)
  }

  @Test func `before every provisional item is adopted nobody is taken in`() throws {
    #expect(try after(open, adopted: false).standing == .closed)
  }

  @Test func `a hold of enrollment pauses what it covers, another hold nothing`() throws {
    #expect(try after(open + [hold()]).standing == .paused)
    let ofCohort = try after(open + [hold(cohort: edition.version.cohorts[0])])
    #expect(ofCohort.standing(of: cohort(0)) == .paused && ofCohort.standing == .open)
    #expect(try after(open + [hold([.infusion])]).standing == .open)
  }

  @Test func `where every place is taken the study is full, until somebody leaves before the infusion`() throws {
    let slots = edition.study.conduct.way.slots
    let people = try (1...slots).map { try ParticipantID(site: here, number: $0) }
    let taken = people.map { StudyEvent.slotAllotted(participant: $0) }
    let full = try after(open + taken)
    #expect(full.standing == .full && full.standing(of: there) == .full && full.places.free == 0)
    let freed = try after(open + taken + [.slotFreed(participant: people[0])])
    #expect(freed.standing == .open && freed.places.free == 1)
    let infused = try after(
      open + taken + [.infusionBegun(participant: people[0]), .slotFreed(participant: people[0])])
    #expect(infused.standing == .full)
  }
}
