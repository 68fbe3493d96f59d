import ClinicalValues
import Ledger
import Markup
import Trial

/// Events as a list: what happened, when and by whom; behind it how it is recorded. Events of all sites stand in it, so all times are UTC.
struct AuditList {
  let events: [(envelope: Envelope, recorded: Recorded<TrialEvent>)]
  let telling: EventTelling
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
        words.timeElement(Moment(recorded.happened.instant))
        " · \(recorded.actor.account)"
        if let role = Role(rawValue: recorded.actor.role) { ", " + words.title(role) }
        if let reason = recorded.reason {
          " · "
          Part.written(reason)
        }
      }
      Part.disclosure(.text(words("Event {position}", ["position": String(envelope.position)]))) {
        Part.facts([
          (words["Recorded"], words.timeElement(Moment(envelope.recorded))),
          (words["Entered by"], .text(words.title(envelope.event.origin))),
          (words["Type"], .tag("code") { envelope.event.type }),
          (words["Stream"], .tag("code") { envelope.event.stream.description }),
        ])
        for signature in recorded.signatures {
          Markup.tag("p", ["class": "quiet"]) { words.signed(signature) }
        }
        if !told.detail.isEmpty {
          Markup.tag("ul", ["class": "evidence"]) {
            for line in told.detail.prefix(8) {
              Markup.tag("li") { words.sentence(line, written: recorded.event.writing) }
            }
          }
        }
        Part.link("/audit/\(envelope.position)", words["As the ledger holds it"])
      }
    }
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
