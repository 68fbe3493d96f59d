import ClinicalValues
import Conduct
import HTTPTypes
import HummingbirdTesting
import Ledger
import Testing

@testable import Trial
@testable import Web

/// At the bedside two people verify at one screen, each for themselves.
struct ActByOtherTests {
  private static let act = "/act/product-verify"
  private static let password = "nine pale otters slept"

  /// A site at which its first two people are nurses, with a participant who has cells.
  private func stage() async throws -> (SiteStage, ParticipantID) {
    let stage = try await SiteStage()
    let (id, day) = (try ParticipantID("01-0001"), try #require(CalendarDate("2026-01-01")))
    var events: [TrialEvent] = [.site(id.site, .siteAdded(name: "Berlin", zone: "Europe/Berlin"))]
    for (place, person) in [("anna.berg", Role.administrator), ("boris.lind", .sponsor)].enumerated() {
      let account = try AccountID(person.0)
      events += [
        .people(.roleWithdrawn(account: account, role: person.1, site: nil, reason: "Another takes over")),
        .people(.roleGranted(account: account, role: .nurse, site: id.site)),
      ]
      for subject in [Training.Subject.system, .protocolVersion("1.0")] {
        events.append(.people(.trained(account: account, training: Training(subject, from: day))))
      }
      events += [
        .people(
          .delegationSigned(
            number: place + 1, account: account, role: .nurse, site: id.site, tasks: Role.nurse.permissions, from: day,
            to: nil)), .people(.delegationAccepted(number: place + 1)),
      ]
    }
    events += [
      .way(id, .registered(site: id.site, cohort: "sle")),
      .product(id, .identityIssued(ChainOfIdentity(random: 7))),
    ]
    let (live, now) = (stage.site.live, stage.site.clock())
    for event in events {
      let new = try event.newEvent(
        happened: Moment(now), actor: Actor(account: "setup", role: ""), origin: .commandLine, reason: nil)
      let version = try await live.store.events(of: event.stream, after: 0).last?.version ?? 0
      _ = try await live.store.append(Append(expected: [event.stream: version], events: [new], recorded: now))
    }
    try await live.keepIdentity(
      of: id, Person(name: "Mia Wolf", birthDate: try #require(CalendarDate("1984-03-17"))),
      by: Acting(account: try AccountID("anna.berg"), role: .nurse, site: id.site), origin: .web)
    return (stage, id)
  }

  private func token(_ name: String, in text: String) throws -> String {
    String(
      try #require(
        text.firstMatch(of: try Regex("name=\"\(name)\" value=\"([^\"]+)\"", as: (Substring, Substring).self))
      ).1)
  }

  /// Sends the form with a label of other cells, which is recorded whatever else is true.
  private func verify(
    _ id: ParticipantID, in session: SiteStage.Asker, by other: String = "", password: String = ""
  ) async throws -> TestResponse {
    let form = try await session.get("\(Self.act)?participant=\(id)").text
    #expect(form.contains("Somebody else verifies at this screen") && form.contains("\"boris.lind:nurse\""))
    let bag = BagNumber(lot: LotNumber(participant: id, lot: 1), bag: 1).description
    return try await session.post(
      Self.act,
      [
        "_csrf": try token("_csrf", in: form), "_once": try token("_once", in: form), "participant": id.description,
        "bag": bag, "labelIdentity": ChainOfIdentity(random: 8).description, "labelParticipant": id.printed,
        "labelBag": bag, "wristband": id.printed, "birthDateOnWristband": "1984-03-17", "other.account": other,
        "password.other": password,
      ])
  }

  /// Who recorded that something did not agree.
  private func readers(_ stage: SiteStage) async throws -> [String] {
    try await stage.site.live.store.events(after: 0, limit: 1000).map { try Recorded<TrialEvent>($0) }.filter {
      if case .product(_, .bedsideMismatched) = $0.event { true } else { false }
    }.map(\.actor.account)
  }

  @Test func `what each of two reads in one session is recorded as theirs`() async throws {
    let (stage, id) = try await stage()
    try await stage.ask { asker in
      let anna = try await asker.signedIn()
      #expect(try await verify(id, in: anna).status == .seeOther)
      #expect(try await verify(id, in: anna, by: "boris.lind:nurse", password: Self.password).status == .seeOther)
    }
    #expect(try await readers(stage) == ["anna.berg", "boris.lind"])
  }

  @Test func `without the password of who is named nothing is recorded, of nobody`() async throws {
    let (stage, id) = try await stage()
    try await stage.ask { asker in
      let anna = try await asker.signedIn()
      for password in ["", "four quiet herons waded"] {
        let refused = try await verify(id, in: anna, by: "boris.lind:nurse", password: password)
        #expect(refused.status == .unprocessableContent)
        #expect(password.isEmpty || !refused.text.contains(password))
      }
      #expect(try await verify(id, in: anna, by: "eva.nowak", password: "").status == .unprocessableContent)
    }
    #expect(try await readers(stage).isEmpty)
  }
}
