import ClinicalValues
import Conduct
import Ledger
import Markup
import Trial

/// Events as a list: what happened, when and by whom; behind it how it is recorded.
struct AuditList {
  let events: [(envelope: Envelope, recorded: Recorded<TrialEvent>)]
  let telling: EventTelling
  /// The accounts of whom is not told who they are.
  let hidden: Set<String>
  /// What else the reader is not told.
  let scope: SiteScope
  /// The zone in which all times are told.
  let zone: String
  let words: Words

  var markup: Markup {
    guard !events.isEmpty else { return .tag("p", ["class": "quiet"]) { words["There is no such event."] } }
    return .tag("ol", ["class": "ladder"]) { for (envelope, recorded) in events { item(envelope, recorded) } }
  }

  private func item(_ envelope: Envelope, _ recorded: Recorded<TrialEvent>) -> Markup {
    let told = telling.told(recorded.event)
    return .tag("li", ["class": "past"]) {
      words.told(recorded.event, by: telling)
      Markup.tag("div", ["class": "quiet"]) {
        words.timeElement(here(recorded.happened.instant))
        if isLate(recorded) { " " + words("(recorded {moment})", ["moment": words.moment(here(recorded.recorded))]) }
        " · " + person(recorded.actor.account)
        if let role = Role(rawValue: recorded.actor.role) { ", " + words.title(role) }
        if let reason = recorded.reason {
          " · "
          Part.written(reason)
        }
      }
      Part.disclosure(.text(words("Event {position}", ["position": String(envelope.position)]))) {
        Part.facts([
          (words["Recorded"], words.placedTime(here(envelope.recorded))),
          (words["The same in UTC"], words.placedTime(Moment(envelope.recorded))),
          (words["Entered by"], .text(words.title(envelope.event.origin))),
          (words["Type"], .tag("code") { envelope.event.type }),
          (words["Stream"], .tag("code") { envelope.event.stream.description }),
        ])
        for signature in recorded.signatures {
          Markup.tag("p", ["class": "quiet"]) {
            hidden.contains(signature.account.description)
              ? Markup.text(words["Signed by somebody of another site."]) : words.signed(signature)
          }
        }
        if !told.detail.isEmpty {
          Markup.tag("ul", ["class": "evidence"]) {
            for line in told.detail.prefix(8) {
              Markup.tag("li") { words.sentence(line, written: recorded.event.writing) }
            }
          }
        }
        if !recorded.names(anyOf: hidden), scope.tellsWhole(envelope.canonical) {
          Part.link("/audit/\(envelope.position)", words["As the ledger holds it"])
        }
      }
    }
  }

  private func here(_ instant: Instant) -> Moment { ZoneClock.moment(instant, zone: zone) }

  /// Whether it was recorded so long after it happened that both times are told: more than a minute.
  private func isLate(_ recorded: Recorded<TrialEvent>) -> Bool {
    recorded.recorded.milliseconds - recorded.happened.instant.milliseconds > 60_000
  }

  /// A person by name and account; the account alone where there is no name, as of the program itself.
  private func person(_ account: String) -> String {
    if hidden.contains(account) { return words["somebody of another site"] }
    guard let id = try? AccountID(account) else { return account }
    let name = telling.vocabulary.person(id)
    return name == account ? account : "\(name) (\(account))"
  }
}

extension Origin: Titled {
  var title: String {
    switch self {
    case .web: "the site"
    case .commandLine: "the command line"
    case .import: "an import"
    case .system: "the program itself"
    }
  }
}
