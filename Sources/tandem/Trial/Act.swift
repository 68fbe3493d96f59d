import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

/// The command line of one command of the trial: its members are options, beside who acts, together with whom, when it
/// happened and why.
///
/// The options are made from the fields of its form. ArgumentParser finds a command's options by reflection; the mirror
/// below shows it those of the trial's command, so that parsing, help and completion are its own.
struct Act<Command: TrialCommand>: AsyncParsableCommand, CustomReflectable {
  static var configuration: CommandConfiguration {
    let word = CommandTree.word(of: Command.name)
    return CommandConfiguration(
      commandName: word, abstract: Command.abstract,
      discussion: Command.passesGate ? "It passes a gate: every line must be true, and it is done now." : "")
  }

  private static var form: ActForm { ActForm.of(Command.self) }

  private let place: PlaceOptions
  private let who: WhoOptions
  /// What was given to each option that the command has for itself.
  private let given: [String: [String]]
  private let isDryRun: Bool

  init() {
    place = PlaceOptions()
    who = WhoOptions()
    given = [:]
    isDryRun = false
  }

  var customMirror: Mirror {
    var children: [(label: String?, value: Any)] = Act.form.options.map { ($0.key, $0.declaration) }
    children.append(
      (
        Keys.dryRun,
        Flag(wrappedValue: false, name: .customLong("dry-run"), help: "Show what it would lead to; do nothing.")
      ))
    children.append((Keys.who, OptionGroup<WhoOptions>()))
    children.append((Keys.place, OptionGroup<PlaceOptions>()))
    return Mirror(self, children: children.map { (label: $0.label, value: $0.value) })
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: OptionKey.self)
    var given: [String: [String]] = [:]
    for option in Act.form.options {
      let texts = try option.texts(from: container)
      if !texts.isEmpty { given[option.key] = texts }
    }
    self.given = given
    isDryRun = try container.decode(Flag<Bool>.self, forKey: OptionKey(Keys.dryRun)).wrappedValue
    who = try container.decode(OptionGroup<WhoOptions>.self, forKey: OptionKey(Keys.who)).wrappedValue
    place = try container.decode(OptionGroup<PlaceOptions>.self, forKey: OptionKey(Keys.place)).wrappedValue
  }

  func run() async throws {
    try await Answer.printing(place.format) {
      var visit = try await Visit.open(
        place, who, role: given[ActForm.role]?.last, site: given[ActForm.site]?.last)
      try visit.requireOwnPassword()
      for other in given[ActForm.with] ?? [] { try await visit.add(other) }
      let answer = try await perform(visit)
      return answer.told(by: try await visit.eventText())
    }
  }

  private func perform(_ visit: Visit) async throws -> Answer {
    let form = Act.form
    let live = visit.running.live
    return try await FaultText.naming {
      var given = try await LeftOut.filling(try form.given(self.given), form.leftOut, .first, visit)
      let request = try await live.request(
        form.form, given, by: visit.actor, together: visit.together.map(\.acting),
        circumstances: Circumstances(self.given), origin: .commandLine)
      if isDryRun { return .proposed(try await live.propose(request)) }
      given = try await LeftOut.filling(given, form.leftOut, .last, visit)
      let done = try await live.carryOut(request, given, sign: visit.sign)
      return .done(done.performed, notes: try await notes(of: done, visit))
    }
  }

  /// What whoever acts must know beside what was recorded, with what is handed over once.
  private func notes(of done: CarriedOut, _ visit: Visit) async throws -> [String] {
    let words = try await visit.eventText()
    return done.notes + (done.handOver.map { ["\($0.what): \($0.secret)"] } ?? [])
      + done.since.map { "Since then: \(words.sentence($0))" }
  }
}

private enum Keys {
  static let dryRun = "dryRun"
  static let who = "who"
  static let place = "place"
}
