import ClinicalValues
import Conduct
import Markup
import Trial

/// Ways to acts, with what is known already filled in. What the reader could not do now is not offered: the commands' own
/// decisions are asked, by role, delegation, and as the trial stands.
struct ActLinks {
  /// An act to be offered, with what is known of it.
  struct Act {
    let command: any TrialCommand.Type
    let title: String
    let given: [(String, String)]

    init(_ command: any TrialCommand.Type, _ title: String, _ given: [(String, String)] = []) {
      self.command = command
      self.title = title
      self.given = given
    }
  }

  /// The reader's role; nil where nobody is signed in.
  let role: Role?
  let words: Words
  /// Where to go on afterwards.
  let back: String
  private let offering: Offering?

  /// - Parameter back: where to go on afterwards; nil: the page that is asked for.
  init(_ request: PageRequest, back: String? = nil) {
    self.init(
      role: request.session?.acting?.role, back: back ?? request.path, request.words, offering: request.offering)
  }

  init(role: Role?, back: String, _ words: Words, offering: Offering? = nil) {
    self.role = role
    self.words = words
    self.back = back
    self.offering = offering
  }

  /// A link to an act; nothing where the reader could not do it now, nor enter it late.
  func link(
    _ command: any TrialCommand.Type, _ title: String, _ given: [(String, String)] = [],
    class name: String = "button second", needsConnection: Bool = false
  ) -> Markup {
    isOffered(command, given)
      ? offered(command, title, given, class: name, needsConnection: needsConnection) : .fragment([])
  }

  /// Whether the reader could do an act now, or enter it late: the command's whole decision is asked. A page with many rows asks
  /// once, with what its rows have in common.
  func isOffered(_ command: any TrialCommand.Type, _ given: [(String, String)] = []) -> Bool {
    role?.extent(of: command.permission) != nil && !isBarred(command, refusal(of: command, given))
  }

  /// A link to an act of which is known that it `isOffered`.
  func offered(
    _ command: any TrialCommand.Type, _ title: String, _ given: [(String, String)] = [],
    class name: String = "button second", needsConnection: Bool = false
  ) -> Markup {
    let fields = Fields((given + [("back", back)]).map { (name: $0.0, value: $0.1) })
    return .element(
      "a",
      [Attribute("href", ActPath.of(command) + "?" + fields.encoded), Attribute("class", name)]
        + (needsConnection ? [Attribute("data-needs-connection", nil)] : []), [.text(title)])
  }

  /// Acts as buttons; those of the reader's role that cannot be done now stand below, each with the reason, and with the way to
  /// enter it late where it may have happened before.
  @MarkupBuilder func offer(_ acts: [Act]) -> Markup {
    let own = acts.filter { role?.extent(of: $0.command.permission) != nil }
      .map { (act: $0, refusal: refusal(of: $0.command, $0.given)) }
    let barred = own.filter { $0.refusal != nil }
    if own.count > barred.count {
      Markup.tag("div", ["class": "actions"]) {
        for each in own where each.refusal == nil { link(each.act.command, each.act.title, each.act.given) }
      }
    }
    if !barred.isEmpty {
      Part.disclosure(.text(words["What cannot be done now, and why"])) {
        Markup.tag("ul") {
          for each in barred {
            Markup.tag("li") {
              if isBarred(each.act.command, each.refusal) {
                Markup.tag("strong") { each.act.title }
              } else {
                link(each.act.command, each.act.title, each.act.given, class: "act")
              }
              ": "
              words.sentence(each.refusal?.because ?? "")
            }
          }
        }
      }
    }
  }

  private func isBarred(_ command: any TrialCommand.Type, _ refusal: Refusal?) -> Bool {
    refusal.map { !Offering.mayHaveBeen(command, despite: $0) } ?? false
  }

  /// Why an act could not be done now; nil where it could, or where that hangs on what is still to be given.
  func refusal(of command: any TrialCommand.Type, _ given: [(String, String)]) -> Refusal? {
    offering?.refusal(of: command, given: Dictionary(given, uniquingKeysWith: { $1 }))
  }
}

extension Part {
  /// Time that runs out: when, and counted down by the script.
  static func countdown(_ moment: Moment, _ words: Words) -> Markup {
    .tag("time", ["datetime": moment.instant.description, "data-countdown": moment.instant.description]) {
      words.placed(moment)
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
