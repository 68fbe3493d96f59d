import ClinicalValues
import Ledger
import Markup
import Trial

/// Which events of the audit trail are shown.
struct AuditFilter: Equatable {
  let account: String?
  let participant: String?
  /// The first word of their type, such as `casebook`.
  let kind: String?
  /// The first and last day on which they were recorded (UTC).
  let from: CalendarDate?
  let to: CalendarDate?
  /// The last position.
  let upTo: Int?

  init(_ query: Fields) {
    account = query.text("account")
    participant = query.text("participant")
    kind = query.text("kind")
    from = query.text("from").flatMap { CalendarDate($0) }
    to = query.text("to").flatMap { CalendarDate($0) }
    upTo = query.text("upto").flatMap { Int($0) }
  }

  /// Whether an envelope is meant, as far as it can be seen from outside.
  func shows(_ envelope: Envelope) -> Bool {
    let event = envelope.event
    let day = Moment(envelope.recorded).date
    return (account == nil || event.actor.account == account)
      && (kind == nil || event.type.hasPrefix("\(kind ?? "")."))
      && (participant.map { isAbout($0, event) } ?? true)
      && (from.map { $0.daysSinceEpoch <= day.daysSinceEpoch } ?? true)
      && (to.map { day.daysSinceEpoch <= $0.daysSinceEpoch } ?? true)
  }

  /// Whether an event is about a participant: of their stream, or of accounts and names them, as where it was read who they
  /// are.
  private func isAbout(_ participant: String, _ event: NewEvent) -> Bool {
    event.stream.description.hasSuffix("/\(participant)")
      || event.stream == .accounts && event.payload.value["fact"]?["participant"]?.string == participant
  }

  func markup(_ parts: FormParts, _ words: Words) -> Markup {
    parts.search("/audit") {
      parts.input(.init(name: "account", label: words["Account"], value: account ?? "", isOptional: true))
      parts.input(
        .init(name: "participant", label: words["Number"], value: participant ?? "", isOptional: true))
      parts.select(
        .init(name: "kind", label: words["Kind"], value: kind ?? "", isOptional: true),
        AuditKind.allCases.map { ($0.rawValue, words.title($0)) })
      parts.input(
        .init(name: "from", label: words["From day"], value: from?.description ?? "", type: "date", isOptional: true))
      parts.input(
        .init(name: "to", label: words["Through day"], value: to?.description ?? "", type: "date", isOptional: true))
      parts.input(
        .init(
          name: "upto", label: words["As of position"], value: upTo.map(String.init) ?? "", isOptional: true,
          attributes: [Attribute("inputmode", "numeric")]))
      parts.button(words["Show"], class: "second")
    }
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
