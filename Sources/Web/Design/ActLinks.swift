import ClinicalValues
import Markup
import Trial

/// Ways to acts, with what is known already filled in. What the reader's role may not do is not offered; whether it can be
/// done now the command decides.
struct ActLinks {
  /// The reader's role; nil where nobody is signed in.
  let role: Role?
  let words: Words
  /// Where to go on afterwards.
  private let back: String

  /// - Parameter back: where to go on afterwards; nil: the page that is asked for.
  init(_ request: PageRequest, back: String? = nil) {
    self.init(role: request.session?.acting?.role, back: back ?? request.path, request.words)
  }

  init(role: Role?, back: String, _ words: Words) {
    self.role = role
    self.words = words
    self.back = back
  }

  /// A link to an act; nothing where the reader's role may not do it.
  func link(
    _ command: any TrialCommand.Type, _ title: String, _ given: [(String, String)] = [],
    class name: String = "button second", needsConnection: Bool = false
  ) -> Markup {
    guard role?.extent(of: command.permission) != nil else { return .fragment([]) }
    let fields = Fields((given + [("back", back)]).map { (name: $0.0, value: $0.1) })
    return .element(
      "a",
      [Attribute("href", ActPath.of(command) + "?" + fields.encoded), Attribute("class", name)]
        + (needsConnection ? [Attribute("data-needs-connection", nil)] : []), [.text(title)])
  }
}

extension Part {
  /// Time that runs out: when, and counted down by the script.
  static func countdown(_ moment: Moment, _ words: Words) -> Markup {
    .tag("time", ["datetime": moment.instant.description, "data-countdown": moment.instant.description]) {
      "\(words.moment(moment)) \(moment.zone)"
    }
  }

  /// Whether something is true, in a mark and in words; unknown is a value of its own.
  static func truth(_ value: Bool?, _ words: Words) -> Markup {
    switch value {
    case true: badge("✓ " + words["yes"], .done)
    case false: badge("✕ " + words["no"], .stop)
    case nil: badge("? " + words["unknown"], .due)
    }
  }
}
