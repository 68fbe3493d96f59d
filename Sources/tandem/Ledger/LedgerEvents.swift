import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import LedgerSQLite
import Trial

/// `tandem ledger events`: the audit trail, searched.
struct LedgerEvents: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events", abstract: "The audit trail: every event, or those that are asked for, oldest first.")

  @Option(help: "Of one stream: participant/03-0007, site/03, study, accounts.") var stream: String?
  @Option(help: "Of a type, such as participant.consented, or a part of it.") var type: String?
  @Option(help: "By an account.") var account: String?
  @Option(help: "Recorded at or after a moment, such as 2026-11-23T00:00Z.") var since: String?
  @Option(help: "Recorded before a moment.") var until: String?
  @Option(help: "That hold a text.") var containing: String?
  @OptionGroup var view: ViewOptions

  func run() async throws {
    try await Answer.printing(view.place.format) {
      let visit = try await view.open()
      try visit.requireOwnPassword()
      try await visit.running.live.requireAllowed(visit.actor, to: .readAudit)
      let state = try await visit.running.live.state()
      let words = try await visit.eventText()
      let from = try since.map { try LedgerEvents.instant($0) }
      let to = try until.map { try LedgerEvents.instant($0) }
      let found = try await visit.envelopes().filter { envelope in
        isMeant(envelope) && (from.map { envelope.recorded >= $0 } ?? true)
          && (to.map { envelope.recorded < $0 } ?? true) && visit.sees(envelope, in: state)
      }
      return .view(
        text: {
          var page = Page()
          for envelope in found {
            page.entry("\(envelope.position)", words.sentence(envelope), labelWidth: 7)
            if let reason = envelope.event.reason { page.entry("", "because: \(reason)", labelWidth: 7) }
          }
          page.line("\(found.count) events.")
          return page.text
        },
        json: { marked(state, [("events", .array(found.map { words.json($0) }))]) })
    }
  }

  private func isMeant(_ envelope: Envelope) -> Bool {
    let event = envelope.event
    return (stream.map { $0 == event.stream.description } ?? true) && (type.map { event.type.contains($0) } ?? true)
      && (account.map { $0 == event.actor.account } ?? true)
      && (containing.map { event.payload.description.contains($0) || event.reason?.contains($0) ?? false } ?? true)
  }

  private static func instant(_ text: String) throws -> Instant {
    guard let instant = Instant(text) else {
      throw ValidationError("‘\(text)’ is no moment. Write it with its offset, such as 2026-11-23T09:30Z.")
    }
    return instant
  }
}

extension Visit {
  fileprivate func envelopes() async throws -> [Envelope] {
    var all: [Envelope] = []
    var last = 0
    while case let page = try await running.ledger.events(after: last, limit: 2000), let end = page.last?.position {
      all += page
      last = end
    }
    return all
  }

  /// Whether whoever looks may see an event: a role of a site what is of its site or of nobody's, the administrator what
  /// is of accounts.
  fileprivate func sees(_ envelope: Envelope, in state: TrialState) -> Bool {
    let stream = envelope.event.stream
    if actor.role.extent(of: .readAudit) == .accounts { return stream == .accounts }
    let parts = stream.description.split(separator: "/")
    guard parts.count == 2 else { return true }
    if parts[0] == "site" { return sees(try? SiteID(parts[1])) }
    return sees((try? ParticipantID(parts[1])).flatMap { state.participants[$0]?.way.site })
  }
}
