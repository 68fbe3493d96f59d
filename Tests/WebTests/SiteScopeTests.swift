import ClinicalValues
import Conduct
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import Rules
import Simulation
import StudyDesign
import Synchronization
import Testing

@testable import Trial
@testable import Web

/// A person with rights for one site finds no trace of another.
struct SiteScopeTests {
  /// The first weeks of the demonstration: people of both sites are screened, and each role is somebody's.
  static let demonstration = Task {
    let folder = Repository.root + "/Studies/cd19-bcma-aid/1.0"
    return try await Demonstration.build(
      on: DemonstrationStage(
        ledger: InMemoryEventStore(), identity: InMemorySealedStore(), credentials: InMemorySealedStore(),
        keys: InMemorySealedStore(), master: MasterKey(bytes: Digest(of: "master").bytes),
        shelf: ProtocolShelf([try StudyChecker(models: Screening.models).read(folder)]), studyFolder: folder),
      through: 55)
  }

  @Test(arguments: [Role.principalInvestigator, .coordinator, .monitor])
  func `whoever acts for one site finds no number, account or name of another at any address`(
    role: Role
  ) async throws {
    let demonstration = try await Self.demonstration.value
    let state = try await demonstration.live.state()
    let own = try SiteID("01")
    let traces = Self.traces(of: try SiteID("02"), in: state)
    #expect(traces.count > 8)
    let login = try #require(demonstration.logins.first { $0.role == role && $0.site == own })
    let ticking = TickingClock(demonstration.end.instant)
    let site = try Site(live: demonstration.live, kind: .demonstration, clock: { ticking.now() })
    try await Application(router: site.router()).test(.router) { client in
      let reader = try await SiteStage.Asker(client: client).signedIn(login.account.description, login.password)
      var shown = 0
      for path in Self.addresses(in: state, upTo: try await demonstration.live.store.head().position) {
        let answer = try await reader.get(path)
        #expect(answer.status.code < 500 && answer.status != .tooManyRequests, "\(path): \(answer.status)")
        if answer.status == .ok { shown += 1 }
        // A refusal repeats the address that was asked for (RFC 9457, "instance"): that tells nobody anything.
        let told = answer.text.replacing(#""instance":"\#(path)""#, with: "")
        for trace in traces {
          #expect(!told.contains(trace), "\(role) finds \(trace) at \(path)")
        }
      }
      #expect(shown > 60)
    }
  }

  /// The participants of a site, and the people who have a role there and nowhere else.
  private static func traces(of site: SiteID, in state: TrialState) -> [String] {
    let participants = state.participants.values.filter { $0.way.site == site }.map(\.id.description)
    let people = state.people.accounts.values.filter { account in
      !account.grants.isEmpty && account.grants.allSatisfy { $0.site == site }
    }
    return participants + people.flatMap { [$0.name, $0.id.description] }
  }

  /// Every address that can be read: each route for each participant and each of what else it is about, and every event.
  private static func addresses(in state: TrialState, upTo position: Int) -> [String] {
    let people = state.participants.keys.sorted()
    let values: [String: [String]] = [
      "participant": people.map(\.description), "gate": Gate.allCases.map(\.rawValue),
      "command": CommandForm.all.map { ActPath.slug($0.name) }, "form": ["vitalSigns"],
      "position": stride(from: 1, through: position, by: 5).map(String.init),
    ]
    // The feed of changes has no end; it tells whom it is about in `ChangeFeed`.
    let routes = Routes.all.filter { $0.method == .get && $0.path != "/changes" && !$0.path.contains("{visit}") }
    let forms = people.flatMap { id in
      (state.participants[id]?.casebook.keys() ?? []).prefix(2).flatMap { key in
        [FormLink.path(key, id), FormLink.path(key, id) + "/history"]
      }
    }
    return forms
      + routes.flatMap { route in
        route.parameterNames.reduce([route.path]) { paths, name in
          paths.flatMap { path in (values[name] ?? ["x"]).map { path.replacing("{\(name)}", with: $0) } }
        }
      }
  }

  @Test func `a sentence that names somebody of another site is told without the number`() throws {
    var state = TrialState()
    for (site, number) in [("01", 7), ("02", 3)] {
      let id = try ParticipantID(site: try SiteID(site), number: number)
      var participant = ParticipantState(id: id)
      participant.way.site = id.site
      state.participants[id] = participant
    }
    let nurse = Acting(account: try AccountID("nora.diaz"), role: .nurse, site: try SiteID("01"))
    let officer = Acting(account: try AccountID("oleg.petrov"), role: .safetyOfficer)
    let text = "02-0003, 01-0007; bag 02-0003-1-2 (2002-0003, 02-00031, 02-0004)"
    func told(_ acting: Acting) -> String {
      String(decoding: SiteScope(acting, in: state).told(Array(text.utf8)), as: UTF8.self)
    }
    #expect(told(nurse) == "02-····, 01-0007; bag 02-····-1-2 (2002-0003, 02-00031, 02-0004)")
    #expect(told(officer) == text)
    let scope = SiteScope(nurse, in: state)
    #expect(!scope.tellsWhole(Array(text.utf8)) && scope.tellsWhole(Array("01-0007".utf8)))
    #expect(SiteScope.isMasked(told(nurse)) && !SiteScope.isMasked(text))
  }

  @Test
  func `a site with which a bag lies sees the cells of somebody who has gone to another, until that has received it`()
    throws
  {
    let (own, other) = (try SiteID("01"), try SiteID("02"))
    let id = try ParticipantID(site: own, number: 7)
    let lot = LotNumber(participant: id, lot: 1)
    let bag = Material.bag(BagNumber(lot: lot, bag: 1))
    var state = TrialState()
    func apply(_ event: TrialEvent, at site: SiteID) {
      let at = Instant(milliseconds: 0)
      state.apply(
        Recorded(
          event, happened: Moment(at), recorded: at,
          actor: Actor(account: "nora.diaz", role: "nurse", site: site.description)))
    }
    let receipt = TrialEvent.product(
      id, .custodyStepDone(CustodyStep(step: "receivedAtSite", material: bag, place: "freezer")))
    apply(.way(id, .registered(site: own, cohort: "sle")), at: own)
    for material in [Material.lot(lot), bag] {
      apply(.product(id, .labelsPrinted(material: material, count: 1, reason: nil)), at: own)
    }
    apply(receipt, at: own)
    apply(.way(id, .siteChanged(to: other)), at: other)
    let nurse = Acting(account: try AccountID("nora.diaz"), role: .nurse, site: own)
    func sees() -> Bool {
      guard let participant = state.participants[id] else { return false }
      #expect(!nurse.sees(participant.way.site))
      let isTold = SiteScope(nurse, in: state).tellsWhole(Array("bag \(id)".utf8))
      #expect(isTold == nurse.seesCells(of: participant))
      return isTold
    }
    #expect(sees())
    apply(receipt, at: other)
    #expect(!sees())
  }

  @Test func `who is told of a hold: its own site, and everybody of one of the whole study`() throws {
    let site = try SiteID("01")
    let at = Instant(milliseconds: 0)
    var state = TrialState()
    for (number, held) in [(1, nil), (2, site), (3, try SiteID("02"))] as [(Int, SiteID?)] {
      let hold = Hold(
        number: number, kind: .operational, activities: [.enrollment], site: held, cohort: nil, reason: "Power is out",
        setBy: nil, rule: nil)
      state.apply(
        Recorded(
          TrialEvent.study(.holdSet(hold: hold)), happened: Moment(at), recorded: at,
          actor: Actor(account: "oleg.petrov", role: "safetyOfficer")))
    }
    let study = state.study
    let nurse = Acting(account: try AccountID("nora.diaz"), role: .nurse, site: site)
    #expect(study.holds(seenBy: nurse).map(\.hold.number) == [1, 2])
    #expect(study.holds(seenBy: Acting(account: nurse.account, role: .safetyOfficer)).count == 3)
  }
}

/// A clock that goes on a second each time it is asked, so that nobody asks too often.
final class TickingClock: Sendable {
  private let instant: Mutex<Instant>

  init(_ start: Instant) { instant = Mutex(start) }

  func now() -> Instant {
    instant.withLock { instant in
      instant = Instant(milliseconds: instant.milliseconds + 1000)
      return instant
    }
  }
}
