import Markup
import Trial

/// A sentence in which what people wrote is kept apart while it is read: a mark stands in its place, and it comes back as it was.
///
/// What somebody wrote can look like an id or a date; read as one it would be shown as something that was not recorded.
struct KeptWriting {
  /// The sentence with a mark for each text.
  let text: String
  private let written: [String]

  /// Marks are characters of the private use area, which no sentence has (Unicode 16, 23.5).
  private static let first: UInt32 = 0xE000

  init(_ sentence: String, _ texts: [String]) {
    var text = sentence
    var kept: [String] = []
    for whole in Set(texts).sorted(by: { ($0.count, $0) > ($1.count, $1) }) {
      // The trial ends its sentences itself.
      let bare = whole.hasSuffix(".") ? String(whole.dropLast()) : whole
      guard bare.contains(where: \.isLetter) || bare.contains(where: \.isNumber), text.contains(bare),
        let mark = Unicode.Scalar(KeptWriting.first + UInt32(kept.count))
      else { continue }
      text = text.replacing(bare, with: String(mark))
      kept.append(bare)
    }
    self.text = text
    written = kept
  }

  /// Whether a part of the sentence holds something that was written.
  func holds(_ part: String) -> Bool { part.unicodeScalars.contains { index($0) != nil } }

  /// A part of the sentence with what was written in its places.
  func markup(_ part: String) -> Markup {
    guard holds(part) else { return .text(part) }
    var pieces: [Markup] = []
    var plain = ""
    for scalar in part.unicodeScalars {
      guard let index = index(scalar) else {
        plain.unicodeScalars.append(scalar)
        continue
      }
      pieces += [.text(plain), Part.written(written[index])]
      plain = ""
    }
    return .fragment(pieces + [.text(plain)])
  }

  private func index(_ scalar: Unicode.Scalar) -> Int? {
    guard scalar.value >= KeptWriting.first else { return nil }
    let index = Int(scalar.value - KeptWriting.first)
    return written.indices.contains(index) ? index : nil
  }
}

extension TrialEvent {
  /// What people wrote in it, as far as it is a text and not one of a few values.
  var writing: [String] {
    var found: [String] = []
    TrialEvent.collect(self, label: nil, into: &found)
    return found
  }

  /// What texts of events are called that somebody writes in their own words.
  private static let labels: Set<String> = [
    "reason", "text", "why", "circumstances", "prevention", "narrative", "correction", "change", "changes", "note",
    "what",
    "place", "purpose", "detail", "cause", "outcome", "source", "recordedCause", "specified", "otherParty",
  ]

  private static func collect(_ value: Any, label: String?, into found: inout [String]) {
    if let text = value as? String {
      if label.map(labels.contains) ?? false, !text.isEmpty { found.append(text) }
      return
    }
    for child in Mirror(reflecting: value).children {
      // What an optional holds has the optional's name.
      collect(child.value, label: child.label == "some" ? label : child.label, into: &found)
    }
  }
}

extension Words {
  /// What an event tells, with what people wrote in it as they wrote it.
  func told(_ event: TrialEvent, by telling: EventTelling) -> Markup {
    sentence(telling.sentenceWithSubject(event), written: event.writing)
  }
}
