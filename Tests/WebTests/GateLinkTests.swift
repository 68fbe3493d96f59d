import Conduct
import Markup
import Testing

@testable import Trial
@testable import Web

/// A line of a gate that is not true leads to what makes it so, where the reader's role may.
struct GateLinkTests {
  private func links(_ line: GateLine, _ role: Role, on page: String = "/") async throws -> String {
    let words = try await SiteStage().site.words(in: .english)
    let links = GateLinks(
      acts: ActLinks(role: role, back: page, words), participant: try ParticipantID("01-0001"))
    return links.markup(line).printed(as: .html)
  }

  @Test(
    arguments: [
      ("infusion.consent", .coordinator, "/act/participant-consent?participant=01-0001"),
      ("infusion.recheck", .principalInvestigator, "/act/participant-recheck?participant=01-0001&amp;kind=infusion"),
      ("infusion.order", .principalInvestigator, "/act/participant-order-infusion?participant=01-0001"),
      ("lymphodepletion.order", .principalInvestigator, "/act/participant-order-lymphodepletion?participant=01-0001"),
      ("infusion.bag", .nurse, "/participants/01-0001/product"),
      ("infusion.bedside", .nurse, "/participants/01-0001/infusion"), ("infusion.stagger", .nurse, "/safety"),
      ("enrollment.eligibility", .coordinator, "/screening/01-0001"),
    ] as [(String, Role, String)])
  func `to the act, or to the page on which it is done`(line: String, role: Role, path: String) async throws {
    let found = try await links(GateLine(id: line, title: "", value: nil), role)
    #expect(found.contains("href=\"\(path)"), "\(found)")
    #expect(try await links(GateLine(id: line, title: "", value: true), role).isEmpty)
  }

  @Test func `to no act that the role may not do`() async throws {
    #expect(try await links(GateLine(id: "infusion.order", title: "", value: false), .monitor).isEmpty)
  }

  @Test func `to no act that the reader could not do now`() async throws {
    let site = try await SiteStage().site
    // There is no such account yet, nor the participant.
    let reader = Acting(
      account: try AccountID("nora.diaz"), role: .principalInvestigator, site: try SiteID("01"))
    let acts = ActLinks(
      role: reader.role, back: "/", site.words(in: .english), offering: try await site.live.offering(to: reader))
    let links = GateLinks(acts: acts, participant: try ParticipantID("01-0001"))
    #expect(links.markup(GateLine(id: "infusion.order", title: "", value: false)).isEmpty)
  }

  @Test(
    arguments: [
      ("infusion.bedside", "/participants/01-0001/infusion"), ("infusion.baseline", "/participants/01-0001"),
    ])
  func `to no page on which the reader is`(line: String, page: String) async throws {
    let line = GateLine(id: line, title: "", value: nil)
    #expect(try await links(line, .nurse).contains("href"))
    #expect(try await links(line, .nurse, on: page).isEmpty)
  }

  @Test func `to the form that it names`() async throws {
    let line = GateLine(
      id: "infusion.baseline", title: "", value: nil,
      evidence: [
        "medicine without a code: ‘some tablets’ (log/1/concomitantMedication/3)",
        "Heart rate 76 /min (2026-08-26T07:30+08:00)",
      ])
    let found = try await links(line, .nurse)
    #expect(found.contains("href=\"/participants/01-0001/forms/log/1/concomitantMedication/3\""), "\(found)")
  }

  @Test func `of several forms each is named`() async throws {
    let line = GateLine(
      id: "infusion.baseline", title: "", value: nil,
      evidence: [3, 5].map { "medicine without a code: ‘some tablets’ (log/1/concomitantMedication/\($0))" })
    let found = try await links(line, .nurse)
    for row in [3, 5] { #expect(found.contains("Open the form: Concomitant medication (row \(row))</a>"), "\(found)") }
  }
}
