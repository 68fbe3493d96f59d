import ClinicalValues
import Markup

/// The parts that pages are made of. Each is one function of plain values; their looks are in `site.css`.
enum Part {
  /// A mark in words: what it says is text, its tone only repeats it.
  enum Tone: String {
    case plain, done, progress, due, stop, excluded, provisional
  }

  /// A mark.
  static func badge(_ text: String, _ tone: Tone = .plain, title: String? = nil) -> Markup {
    var attributes = [Attribute("class", "badge \(tone.rawValue)")]
    if let title { attributes.append(Attribute("title", title)) }
    return .element("span", attributes, [.text(text)])
  }

  /// What somebody wrote: in whatever language, kept apart from the words around it.
  static func written(_ text: String) -> Markup { .tag("bdi") { text } }

  /// A link.
  static func link(_ path: String, _ text: String, class name: String? = nil) -> Markup {
    .element("a", [Attribute("href", path)] + (name.map { [Attribute("class", $0)] } ?? []), [.text(text)])
  }

  /// A part of a page under a heading of its own.
  static func section(
    _ title: String, id: String? = nil, note: String? = nil, @MarkupBuilder _ content: () -> Markup
  ) -> Markup {
    .element(
      "section", id.map { [Attribute("id", $0)] } ?? [],
      [
        .tag("h2") { title }, note.map { note in .tag("p", ["class": "quiet"]) { note } } ?? .fragment([]),
        content(),
      ])
  }

  /// Names and values beside each other.
  static func facts(_ pairs: [(String, Markup)]) -> Markup {
    .tag("dl", ["class": "facts"]) {
      for (name, value) in pairs {
        Markup.tag("div") {
          Markup.tag("dt") { name }
          Markup.tag("dd") { value }
        }
      }
    }
  }

  /// A table; wide ones scroll by themselves, so that the page does not.
  ///
  /// - Parameter caption: what it shows; read aloud, and printed above it.
  static func table(_ caption: String, _ columns: [String], _ rows: [[Markup]], empty: String) -> Markup {
    guard !rows.isEmpty else { return .tag("p", ["class": "quiet"]) { empty } }
    return .tag("div", ["class": "table", "tabindex": "0", "role": "region", "aria-label": caption]) {
      Markup.tag("table") {
        Markup.tag("caption") { caption }
        Markup.tag("thead") {
          Markup.tag("tr") { for column in columns { Markup.tag("th", ["scope": "col"]) { column } } }
        }
        Markup.tag("tbody") {
          for row in rows {
            Markup.tag("tr") {
              for (place, cell) in row.enumerated() {
                if place == 0 { Markup.tag("th", ["scope": "row"]) { cell } } else { Markup.tag("td") { cell } }
              }
            }
          }
        }
      }
    }
  }

  /// What can be opened.
  static func disclosure(_ summary: Markup, isOpen: Bool = false, @MarkupBuilder _ content: () -> Markup) -> Markup {
    .element(
      "details", isOpen ? [Attribute("open", nil)] : [], [.tag("summary") { summary }, content()])
  }

  /// Time that runs out, with what is left of it at a moment, and the zone of its place; where scripts run it is counted on.
  ///
  /// - Parameter shown: how the moment itself is told, where the zone stands elsewhere.
  static func countdown(until: Moment, from now: Instant, _ words: Words, shown: String? = nil) -> Markup {
    let left = until.instant.milliseconds(since: now)
    return .element(
      "time",
      [
        Attribute("datetime", until.instant.description),
        Attribute("data-countdown", until.instant.description),
        Attribute("data-left", (left < 0 ? "−" : "") + words.duration(milliseconds: left)),
      ] + (left < 0 ? [Attribute("class", "over")] : []), [.text(shown ?? words.placed(until))])
  }
}
