import Ledger
import Markup
import Trial

/// A participant's way as it happened: by day, each event with who did it, who signed, and what it rests on.
struct WayList {
  let words: Words

  func markup(_ timeline: ParticipantTimeline) -> Markup {
    guard !timeline.entries.isEmpty else { return .tag("p", ["class": "quiet"]) { words["Nothing is recorded."] } }
    return .tag("ol", ["class": "ladder"]) {
      for paragraph in timeline.paragraphs.reversed() {
        for entry in paragraph.reversed() { item(entry) }
      }
    }
  }

  private func item(_ entry: ParticipantTimeline.Entry) -> Markup {
    .tag("li", ["class": entry.subject == .participant ? "past" : ""]) {
      words.sentence(entry.told.sentence)
      Markup.tag("div", ["class": "quiet"]) {
        words.timeElement(entry.recorded.happened)
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
            for line in entry.told.detail { Markup.tag("li") { words.sentence(line) } }
          }
        }
      }
    }
  }
}
