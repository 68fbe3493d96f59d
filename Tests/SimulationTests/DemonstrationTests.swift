import ClinicalValues
import Conduct
import FoundationEssentials
import Ledger
import StudyDesign
import Testing
import Trial

@testable import Simulation

/// The first weeks, in every run of the tests.
struct FirstDaysTests {
  @Test func `the study is founded and opened, and the first participant is found eligible`() async throws {
    let begun = try await Stage.begun.value
    // Another test signs in meanwhile, which leaves events of its own.
    #expect(try await begun.store.verify().head.position >= begun.demonstration.events)
    let state = try await begun.demonstration.live.state()
    #expect(state.study.isSynthetic)
    #expect(begun.demonstration.participants[.eligible]?.count == 1)
  }

  @Test func `there is one login for every role at every site that anybody holds, and all of the board`() async throws {
    let demonstration = try await Stage.begun.value.demonstration
    let people = try await demonstration.live.state().people
    let posts = Set(people.accounts.values.flatMap { $0.grants.map { Post(role: $0.role, site: $0.site) } })
    let logins = demonstration.logins.map { Post(role: $0.role, site: $0.site) }
    #expect(Set(logins) == posts)
    let board = people.accounts.values.count { $0.grants.contains { $0.role == .safetyBoard } }
    #expect(logins.count == posts.count - 1 + board)
  }

  private struct Post: Hashable {
    let role: Role
    let site: SiteID?
  }

  @Test func `one seed always gives the same ledger, another one another`() async throws {
    let first = try await Stage.begun.value.head
    #expect(try await Stage.firstDays(seed: 20_240_603).head == first)
    #expect(try await Stage.firstDays(seed: 7).head != first)
  }

  @Test func `a participant's way told from the streams that touch it is that of the whole ledger`() async throws {
    let begun = try await Stage.begun.value
    let live = begun.demonstration.live
    let state = try await live.state()
    let all = try await live.events()
    for id in state.participants.keys {
      let edition = try live.shelf.edition(of: id, at: begun.demonstration.end, in: state)
      let told = [all, try await live.events(touching: id, in: state)].map { events in
        ParticipantTimeline(
          of: id, in: events, by: EventTelling(Vocabulary(edition.study, in: state)),
          safety: edition.study.conduct.safety
        ).entries.map { "\($0.recorded.position) \($0.subject) \($0.told)" }
      }
      #expect(told[0] == told[1] && !told[0].isEmpty, "\(id)")
    }
  }

  @Test func `everybody who can sign in has the new password only`() async throws {
    let begun = try await Stage.begun.value
    let login = try #require(begun.demonstration.logins.first { $0.role == .principalInvestigator })
    let claim = Claim(account: login.account.description, password: login.password)
    let who = try await begun.demonstration.live.authenticate(claim, for: .signIn, origin: .commandLine)
    #expect(who.account == login.account && !who.mustChangePassword)
  }
}

/// The whole trial: `scripts/test --long`.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["TANDEM_LONG"] != nil))
struct DemonstrationTests {
  @Test func `the whole trial is conducted, and its ledger verifies`() async throws {
    let built = try await Stage.built.value
    let report = try await built.store.verify()
    #expect(report.head.position == built.demonstration.events)
    #expect(try await built.demonstration.live.state().study.isSynthetic)
  }

  @Test func `the state folded anew from the ledger is the live one`() async throws {
    var state = TrialState()
    for event in try await Stage.events() { state.apply(event) }
    #expect(try await Stage.built.value.demonstration.live.state() == state)
  }

  @Test func `nobody ever holds a slot beyond the twelfth`() async throws {
    var state = TrialState()
    var most = 0
    for event in try await Stage.events() {
      state.apply(event)
      most = max(most, state.study.slots.count)
    }
    #expect(most == 12)
    #expect((9...10).contains(state.study.infusions.count))
  }

  @Test func `each status is passed through`() async throws {
    var state = TrialState()
    var seen: Set<ParticipantStatus> = []
    for event in try await Stage.events() {
      state.apply(event)
      guard let participant = event.event.stream.participantID.flatMap({ state.participants[$0] }) else { continue }
      seen.insert(participant.status(at: event.happened))
    }
    #expect(Set(ParticipantStatus.allCases).subtracting(seen) == [])
  }

  @Test func `the stagger is kept between all infusions`() async throws {
    let days = try await Stage.built.value.demonstration.live.state().study.infusions.map(\.begun.day)
    for (number, (before, after)) in zip(days, days.dropFirst()).enumerated() {
      #expect(after - before >= (number < 3 ? 28 : 14))
    }
    let months = try await Stage.events().map(\.happened.day)
    #expect(((months.max() ?? 0) - (months.min() ?? 0)) / 30 >= 30)
  }

  @Test func `eight screenings fail, on different criteria, and one is screened again and eligible`() async throws {
    var failed: [ParticipantID: [String]] = [:]
    for event in try await Stage.events() {
      if case .way(let id, .screeningFailed(let failure)) = event.event { failed[id] = failure.failing }
    }
    #expect(failed.count == 8)
    #expect(Set(failed.values.compactMap(\.first)).count == 8)
    let state = try await Stage.built.value.demonstration.live.state()
    #expect(failed.keys.filter { state.participants[$0]?.way.enrolled != nil }.count == 1)
    #expect(state.participants.count == 24)
    #expect(Set(state.participants.values.filter { $0.product.infusion != nil }.compactMap(\.way.cohort)).count == 6)
  }

  @Test(arguments: Happening.all) func `the story holds`(_ happening: Happening) async throws {
    #expect(try await Stage.events().contains { happening.isIt($0.event, $0) })
  }
}

/// Something that the demonstration must hold.
struct Happening: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let isIt: @Sendable (TrialEvent, Recorded<TrialEvent>) -> Bool

  init(_ name: String, _ isIt: @escaping @Sendable (TrialEvent, Recorded<TrialEvent>) -> Bool) {
    self.testDescription = name
    self.isIt = isIt
  }

  static let all: [Happening] = way + product + study

  private static let way: [Happening] = [
    Happening("bridging that is listed") { event, _ in
      if case .way(_, .bridgingRecorded(_, listed: true)) = event { true } else { false }
    },
    Happening("bridging that is not listed") { event, _ in
      if case .way(_, .bridgingRecorded(_, listed: false)) = event { true } else { false }
    },
    Happening("a deferred re-check before lymphodepletion") { event, _ in
      if case .way(_, .recheckSigned(let check)) = event {
        check.kind == .lymphodepletion && check.outcome == .deferred
      } else {
        false
      }
    },
    Happening("a wait so long that criteria are assessed anew") { event, _ in
      if case .way(_, .recheckSigned(let check)) = event { !check.longWait.isEmpty } else { false }
    },
    Happening("an infusion put off for fever") { event, _ in
      if case .way(_, .recheckSigned(let check)) = event {
        check.kind == .infusion && check.outcome == .deferred
      } else {
        false
      }
    },
    Happening("one who leaves after collection") { event, _ in
      if case .way(_, .left(let departure)) = event { departure.withdrawal?.scope == .treatment } else { false }
    },
    Happening("a withdrawal of visits but not of records") { event, _ in
      if case .way(_, .left(let departure)) = event { departure.withdrawal?.scope == .visits } else { false }
    },
    Happening("a death") { event, _ in if case .way(_, .died) = event { true } else { false } },
    Happening("somebody lost") { event, _ in
      if case .way(_, .left(let departure)) = event { departure.reason == .lostToFollowUp } else { false }
    },
    Happening("and found again") { event, _ in if case .way(_, .returned) = event { true } else { false } },
    Happening("a partner's pregnancy") { event, _ in
      if case .way(_, .pregnancyReported(of: .partner)) = event { true } else { false }
    },
    Happening("a re-consent") { event, _ in
      if case .way(_, .consented(let consent)) = event { consent.version == "2.0" } else { false }
    },
    Happening("a late entry after downtime, signed by two") { event, recorded in
      if case .way(_, .enteredLate(let late)) = event {
        late.entry.downtime && recorded.signatures.count == 2
          && recorded.recorded.milliseconds(since: recorded.happened.instant) > 24 * 3_600_000
      } else {
        false
      }
    },
    Happening("capacity lost to neurotoxicity") { event, _ in
      if case .way(_, .capacityLost) = event { true } else { false }
    },
    Happening("somebody past Month 24") { event, _ in
      if case .way(_, .visitRecorded(let visit)) = event { visit.completes } else { false }
    },
  ]

  private static let product: [Happening] = [
    Happening("a failed lot") { event, _ in if case .product(_, .lotRejected) = event { true } else { false } },
    Happening("a second collection") { event, _ in
      if case .product(_, .collectionBegun(let number, _, _)) = event { number.collection == 2 } else { false }
    },
    Happening("an exceptional release") { event, _ in
      if case .product(_, .lotReleased(_, let release, _)) = event { release == .exceptional } else { false }
    },
    Happening("a release before final sterility") { event, _ in
      if case .product(_, .lotReleased(_, let release, _)) = event { release == .beforeFinalResult } else { false }
    },
    Happening("an infusion paused midway") { event, _ in
      if case .product(_, .infusionPaused) = event { true } else { false }
    },
    Happening("a temperature excursion in quarantine") { event, _ in
      if case .product(_, .quarantined(let quarantine)) = event { quarantine.cause == .temperature } else { false }
    },
    Happening("resolved") { event, _ in
      if case .product(_, .quarantineResolved) = event { true } else { false }
    },
  ]

  private static let study: [Happening] = [
    Happening("a toxicity that was not dose-limiting") { event, _ in
      if case .study(.dltAnswered(_, let answer)) = event { !answer.isDoseLimiting } else { false }
    },
    Happening("a confirmed dose-limiting toxicity") { event, _ in
      if case .study(.dltConfirmed) = event { true } else { false }
    },
    Happening("one on which the board decides") { event, recorded in
      if case .study(.dltDecided) = event { recorded.signatures.count == 3 } else { false }
    },
    Happening("the hold that the rule sets") { event, _ in
      if case .study(.holdSet(let hold)) = event { hold.rule == .toxicityRate && hold.kind == .safety } else { false }
    },
    Happening("the board's decision to lift it") { event, _ in
      if case .study(.holdLiftDecided) = event { true } else { false }
    },
    Happening("the safety officer's acceptance, with approvals") { event, _ in
      if case .study(.holdLifted(_, let approvals)) = event { !approvals.isEmpty } else { false }
    },
    Happening("an operational hold, lifted") { event, _ in
      if case .study(.holdLifted(_, let approvals)) = event { approvals.isEmpty } else { false }
    },
    Happening("an amendment") { event, _ in
      if case .study(.protocolPutInForce(let version, _, _, _)) = event { version == "1.1" } else { false }
    },
    Happening("a minor deviation") { event, _ in severity(of: event) == .minor },
    Happening("an important deviation") { event, _ in severity(of: event) == .important },
    Happening("a critical deviation") { event, _ in severity(of: event) == .critical },
    Happening("an erased identity") { event, _ in
      if case .people(.identityErased) = event { true } else { false }
    },
  ]

  private static func severity(of event: TrialEvent) -> DeviationSeverity? {
    switch event {
    case .record(_, .deviationOpened(let deviation)): deviation.severity
    case .record(_, .deviationClassified(_, let severity, _)): severity
    default: nil
    }
  }
}

extension StreamID {
  fileprivate var participantID: ParticipantID? {
    description.hasPrefix("participant/") ? try? ParticipantID(description.dropFirst(12)) : nil
  }
}
