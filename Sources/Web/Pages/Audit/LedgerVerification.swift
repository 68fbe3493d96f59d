import ClinicalValues
import Conduct
import Ledger
import Markup
import Trial

/// The ledger checked from its first event on: hashes, places, attachments, checkpoints, signatures.
enum LedgerVerification {
  /// It reads the whole ledger.
  static let limit = RateLimit(name: "verify", times: 3, seconds: 60)

  /// The last checkpoint, and what starts a verification.
  static func section(_ last: LastCheckpoint?, zone: String, _ parts: FormParts) -> Markup {
    let words = parts.words
    return Part.section(
      words["Is the ledger whole?"], id: "verify",
      note: words["Every hash, place, attachment, checkpoint and signature is checked from the first event on."]
    ) {
      if let last {
        Markup.tag("p") {
          words("The last checkpoint covers {count} events.", ["count": String(last.signed.checkpoint.head.position)])
          if let recorded = last.recorded {
            " "
              + words(
                "The last of them was recorded on {moment}; {count} came after it.",
                ["moment": words.moment(ZoneClock.moment(recorded, zone: zone)), "count": String(last.since)])
          }
        }
        Part.disclosure(.text(words["The signed checkpoint"])) {
          Markup.tag("pre", ["lang": "en"]) { last.signed.description }
        }
      } else {
        Markup.tag("p", ["class": "quiet"]) { words["There is no checkpoint yet."] }
      }
      parts.form("/audit/verify") { parts.button(words["Check the ledger"], class: "second") }
    }
  }

  static let verify: Route.Handler = { request in
    let words = request.words
    let store = request.live.store
    let found = try await check(store)
    let now = try await request.now()
    let result =
      if let report = found.report { shown(report, found.signatures, words) } else {
        Notice.markup(
          .stop, .tag("strong") { words["The ledger is not whole."] }, words.sentence(found.fault ?? ""),
          .text(words["Trust nothing after this place. Tell data management at once."]))
      }
    let checkpoint = try await LastCheckpoint(store)
    return .page(
      Page(words["Is the ledger whole?"], at: .audit, trail: [(words["Audit trail"], "/audit")]) {
        result
        Markup.tag("p", ["class": "quiet"]) {
          words("Checked on {moment}, {zone}.", ["moment": words.moment(now), "zone": now.zone])
        }
        section(checkpoint, zone: now.zone, FormParts(request))
      })
  }

  /// Reads the whole ledger.
  static func check(_ store: any EventStore) async throws -> VerificationReading {
    do {
      let report = try await store.verify()
      return VerificationReading(report: report, fault: nil, signatures: try await signatures(in: store))
    } catch let fault as LedgerFault {
      return VerificationReading(report: nil, fault: fault.description, signatures: Signatures())
    }
  }

  /// What was found of a ledger that is whole.
  static func shown(_ report: LedgerReport, _ signatures: Signatures, _ words: Words) -> Markup {
    let said = report.regressions.filter(\.isSaidByTwo)
    let unsaid = report.regressions.filter { !$0.isSaidByTwo }
    return .fragment([
      signatures.void.isEmpty
        ? Notice.markup(.done, .tag("strong") { words["The ledger is whole."] })
        : Notice.markup(
          .stop,
          .text(
            words(
              "Signatures that do not cover what stands there, in events {events}.",
              ["events": signatures.void.map(String.init).joined(separator: ", ")]))),
      noted(unsaid) {
        words(
          "The clock of the server was set back before events {events}: they were recorded at an earlier time.",
          ["events": $0])
      },
      noted(said) { words("Event {events} says, signed by two, that the clock had been ahead.", ["events": $0]) },
      Part.facts([
        (words["Events"], .text(String(report.head.position))), (words["Streams"], .text(String(report.streams))),
        (words["Attachments"], .text(String(report.attachments))),
        (words["Checkpoints that agree"], .text(String(report.checkpoints))),
        (words["Signatures that cover their events"], .text(String(signatures.valid))),
        (words["Root of the tree"], .tag("code") { report.head.root.description }),
      ]),
      .tag("p", ["class": "quiet"]) {
        words["Who signed the checkpoints is checked with the public key alone: tandem ledger verify."]
      },
    ])
  }

  /// Where the times of the ledger go back, told by the places; nothing where they do not.
  private static func noted(_ regressions: [ClockRegression], _ sentence: (String) -> String) -> Markup {
    guard !regressions.isEmpty else { return .fragment([]) }
    return Notice.markup(.note, .text(sentence(regressions.map { String($0.position) }.joined(separator: ", "))))
  }

  /// What the signatures of the ledger are worth.
  struct Signatures: Sendable {
    var valid = 0
    /// Positions of events with a signature that covers something else.
    var void: [Int] = []
  }

  private static func signatures(in store: any EventStore) async throws -> Signatures {
    var found = Signatures()
    var last = 0
    while case let page = try await store.events(after: last, limit: 2000), let end = page.last?.position {
      for envelope in page {
        for checked in try Signing.verify(envelope) {
          if checked.isValid { found.valid += 1 } else { found.void.append(envelope.position) }
        }
      }
      last = end
    }
    return found
  }
}

/// The newest checkpoint of a ledger, and how far behind the ledger it is.
struct LastCheckpoint: Sendable {
  let signed: SignedCheckpoint
  /// When the last event that it covers was recorded; nil where it covers none, or that event is not there.
  let recorded: Instant?
  /// How many events came after it.
  let since: Int

  /// Nil where there is no checkpoint.
  init?(_ store: any EventStore) async throws {
    guard let last = try await store.checkpoints().last else { return nil }
    let covered = last.checkpoint.head.position
    signed = last
    recorded = try await store.events(after: max(0, covered - 1), limit: 1).first { $0.position == covered }?.recorded
    since = max(0, try await store.head().position - covered)
  }
}
