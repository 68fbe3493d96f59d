import ClinicalValues
import Conduct
import Ledger
import Trial

/// The audit trail, the ledger, and accounts.
enum AuditRoutes {
  static let all: [Route] = [
    .read(
      "/api/audit", .permitted(.readAudit), "audit", in: "audit", "Events that the reader may read, the newest first.",
      query: [
        .init(name: "account", schema: .text(), about: "Only what this account did."),
        .init(name: "participant", schema: .text(), about: "Only what is about this participant."),
        .init(name: "kind", schema: .choice(AuditKind.allCases.map(\.rawValue)), about: "Only events of a kind."),
        .init(name: "from", schema: .text(format: "date"), about: "The first day on which it was recorded (UTC)."),
        .init(name: "to", schema: .text(format: "date"), about: "The last day."),
        .init(
          name: "asof", schema: .text(format: "date-time"),
          about: "As of this moment: nothing that was recorded later."),
        .init(name: "upto", schema: .integer(from: 0), about: "The last position."),
      ], limit: .search, as: Readings.audit
    ) { request in
      let (found, telling) = try await request.audit(AuditFilter(request.query))
      let hidden = try request.acting().hiddenAccounts(in: try await request.live.state())
      return AuditReading(
        events: found.events.map {
          EventReading(envelope: $0.envelope, recorded: $0.recorded, telling: telling, hidden: hidden)
        },
        next: found.next)
    },
    .read(
      "/api/audit/{position}", .permitted(.readAudit), "event", in: "audit", "An event as the ledger holds it.",
      as: Readings.heldEvent
    ) { request in
      let envelope = try await request.auditedEvent()
      return EventReading(
        envelope: envelope, recorded: try Recorded(envelope),
        telling: EventTelling(Vocabulary(request.site.newest, byClocksOf: try await request.live.state())))
    },
    .send(
      "/api/audit/verification", .permitted(.readAudit), "verifyLedger", in: "audit",
      "Check the ledger from its first event on.", body: .none, limit: LedgerVerification.limit,
      as: Readings.verification
    ) { try await LedgerVerification.check($0.live.store) },
    .read(
      "/api/accounts", .accountReader, "accounts", in: "accounts",
      "Who has an account, what each may do, and the delegation log.", limit: .search, as: Readings.accounts
    ) { try await $0.accounts() },
  ]
}
