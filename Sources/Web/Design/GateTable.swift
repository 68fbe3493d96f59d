import ClinicalValues
import Conduct
import Markup
import Trial

/// The lines of a gate: what must be true, whether it is, what that rests on, who can do what about it.
enum GateTable {
  /// - Parameters:
  ///   - zone: that of the participant's site, in which a line says until when it is true.
  ///   - ways: the way to what makes a line true.
  static func markup(
    _ lines: [GateLine], zone: String, _ words: Words, ways: (GateLine) -> Markup = { _ in .fragment([]) }
  ) -> Markup {
    .tag("ol", ["class": "gate"]) {
      for line in lines {
        Markup.tag("li", ["class": state(line)]) {
          Markup.tag("div", ["class": "line"]) {
            mark(line, words)
            Markup.tag("strong") { words.sentence(line.title) }
          }
          if !line.evidence.isEmpty {
            Markup.tag("ul", ["class": "evidence"]) {
              for evidence in line.evidence { Markup.tag("li") { shown(evidence, of: line, words) } }
            }
          }
          if let until = line.until {
            Markup.tag("p", ["class": "quiet"]) {
              words["Until"] + " "
              Markup.tag("time", ["datetime": until.description, "data-countdown": until.description]) {
                words.placed(ZoneClock.moment(until, zone: zone))
              }
            }
          }
          if let remedy = line.remedy { Markup.tag("p", ["class": "remedy"]) { words.sentence(remedy) } }
          ways(line)
        }
      }
    }
  }

  /// What a line rests on. Of a datum that is there and does not decide it is said that another is needed, not that it is missing.
  private static func shown(_ evidence: String, of line: GateLine, _ words: Words) -> Markup {
    let missing = "missing: "
    guard evidence.hasPrefix(missing), case let datum = String(evidence.dropFirst(missing.count)),
      line.evidence.contains(where: { $0.hasPrefix(datum + " ") })
    else { return words.evidence(evidence) }
    return .text(words("What is recorded does not decide it; needed anew: {datum}", ["datum": words.data(datum)]))
  }

  private static func state(_ line: GateLine) -> String {
    switch line.value {
    case true: "is-true"
    case false: "is-false"
    case nil: "is-unknown"
    }
  }

  private static func mark(_ line: GateLine, _ words: Words) -> Markup {
    switch line.value {
    case true: Part.badge("✓ " + words["true"], .done)
    case false: Part.badge("✕ " + words["not true"], .stop)
    case nil: Part.badge("? " + words["unknown"], .due)
    }
  }
}

/// Whether a gate is open, at once and large. Without a connection it counts as closed, and says so.
enum GateBanner {
  static func markup(isOpen: Bool, at moment: Moment, _ words: Words) -> Markup {
    .fragment([
      .tag("div", ["class": "connected"]) {
        Notice.markup(
          isOpen ? .done : .stop,
          .tag("strong") { isOpen ? words["The gate is open."] : words["The gate is closed."] },
          .text(
            words("As of {moment}. Without a connection it counts as closed.", ["moment": words.placed(moment)])))
      },
      .tag("div", ["class": "notice stop unconnected"]) {
        Markup.tag("p") { Markup.tag("strong") { words["There is no connection: the gate counts as closed."] } }
      },
    ])
  }
}
