import ClinicalValues
import Conduct
import Ledger
import Markup
import Trial

/// Which events of the audit trail are shown.
struct AuditFilter: Equatable {
  /// The zone whose days and times are meant and shown, by its IANA name.
  let zone: String
  let account: String?
  /// The accounts that are meant: what was typed, or those of the people whose name holds it.
  private let accounts: Set<String>?
  let participant: String?
  /// The first word of their type, such as `casebook`.
  let kind: String?
  /// The first and last day on which they were recorded.
  let from: CalendarDate?
  let to: CalendarDate?
  /// The moment as of which the trail is shown, up to where the ledger reached then.
  let asOf: Moment?
  /// The last position.
  let upTo: Int?
  /// Names of fields that say something which cannot be read: nothing is shown by halves of a filter.
  let unread: Set<String>

  /// - Parameter people: whose acts can be looked for by name: account and name.
  init(_ query: Fields, zone: String = "UTC", people: [(value: String, text: String)] = []) {
    self.zone = zone
    account = query.text("account")
    accounts = account.map { typed in
      let named = people.filter { $0.value == typed || $0.text.lowercased().contains(typed.lowercased()) }
      return named.isEmpty ? [typed] : Set(named.map(\.value))
    }
    participant = query.text("participant")
    kind = query.text("kind")
    from = query.text("from").flatMap { CalendarDate($0) }
    to = query.text("to").flatMap { CalendarDate($0) }
    asOf = query.text("asof").flatMap { ZoneClock.moment(written: $0, zone: zone) }
    upTo = query.text("upto").flatMap { Int($0) }
    let isRead: [(String, Bool)] = [
      ("from", from?.precision == .day), ("to", to?.precision == .day), ("asof", asOf != nil), ("upto", upTo != nil),
    ]
    unread = Set(isRead.filter { name, isRead in query.text(name) != nil && !isRead }.map { name, _ in name })
  }

  /// Whether an envelope is meant, as far as it can be seen from outside; how far the trail goes is not asked here.
  func shows(_ envelope: Envelope) -> Bool {
    let event = envelope.event
    return unread.isEmpty
      && (accounts?.contains(event.actor.account) ?? true)
      && (kind == nil || event.type.hasPrefix("\(kind ?? "")."))
      && (participant.map { isAbout($0, event) } ?? true)
      && isWithinDays(envelope.recorded)
  }

  /// Whether nobody is meant but these.
  func isOnly(of others: Set<String>) -> Bool { accounts.map { $0.isSubset(of: others) } ?? false }

  private func isWithinDays(_ recorded: Instant) -> Bool {
    guard from != nil || to != nil else { return true }
    let day = ZoneClock.moment(recorded, zone: zone).day
    return (from.map { $0.daysSinceEpoch <= day } ?? true) && (to.map { day <= $0.daysSinceEpoch } ?? true)
  }

  /// Whether an event is about a participant: of their stream, or one that names them, as where a slot was given to them or it
  /// was read who they are.
  private func isAbout(_ participant: String, _ event: NewEvent) -> Bool {
    event.stream.description.hasSuffix("/\(participant)")
      || event.payload.value["fact"]?["participant"]?.string == participant
  }
}

/// The kinds of events: the first words of their types.
enum AuditKind: String, CaseIterable {
  case participant, product, casebook, safety, grade, record, laboratory, study, site, account
}

extension AuditKind: Titled {
  var title: String {
    switch self {
    case .participant: "the participant's way"
    case .product: "cells"
    case .casebook: "casebook"
    case .safety: "safety"
    case .grade: "grades"
    case .record: "deviations and reports"
    case .laboratory: "laboratories"
    case .study: "the study"
    case .site: "sites"
    case .account: "accounts"
    }
  }
}
