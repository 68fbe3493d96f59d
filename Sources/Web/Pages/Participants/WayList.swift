import ClinicalValues
import Conduct
import Ledger
import Markup
import Trial

/// A participant's way as it happened: by day, each event with who did it, who signed, and what it rests on.
struct WayList {
  /// The zone in which all times are told: that of the participant's site.
  let zone: String
  let words: Words

  /// How many events a page shows: only what is shown is made.
  static let size = 100

  /// The events, the newest first.
  static func newestFirst(_ timeline: ParticipantTimeline) -> [ParticipantTimeline.Entry] {
    timeline.entries.reversed()
  }

  func markup(_ entries: [ParticipantTimeline.Entry]) -> Markup {
    guard !entries.isEmpty else { return .tag("p", ["class": "quiet"]) { words["Nothing is recorded."] } }
    return .tag("ol", ["class": "ladder"]) { for entry in entries { item(entry) } }
  }

  private func item(_ entry: ParticipantTimeline.Entry) -> Markup {
    .tag("li", ["class": entry.subject == .participant ? "past" : ""]) {
      words.sentence(entry.told.sentence, written: entry.recorded.event.writing)
      Markup.tag("div", ["class": "quiet"]) {
        words.timeElement(ZoneClock.moment(entry.recorded.happened.instant, zone: zone))
        " · \(entry.recorded.actor.account)"
        if let reason = entry.recorded.reason {
          " · "
          Part.written(reason)
        }
      }
      for signature in entry.recorded.signatures {
        Markup.tag("div", ["class": "quiet"]) { words.signed(signature) }
      }
      if !entry.told.detail.isEmpty {
        Part.disclosure(.text(words["What it rests on"])) {
          Markup.tag("ul", ["class": "evidence"]) {
            for line in entry.told.detail {
              Markup.tag("li") { words.sentence(line, written: entry.recorded.event.writing) }
            }
          }
        }
      }
    }
  }
}
