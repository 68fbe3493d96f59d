import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

/// The command line of one command of the trial: its members are options, beside who acts, together with whom, when it
/// happened and why.
///
/// The options are made from `Command.fields`. ArgumentParser finds a command's options by reflection; the mirror below
/// shows it those of the trial's command, so that parsing, help and completion are its own.
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
    var request = try await request(visit, form)
    if isDryRun { return .proposed(try await visit.running.live.propose(request)) }
    let run = ActRun(visit: visit, given: given)
    guard let carryOut = form.carryOut else {
      let performed = try await visit.running.live.perform(request, sign: visit.sign)
      return .done(performed, notes: []).followed(by: await watch(visit, request))
    }
    return try await carryOut(run, &request).followed(by: await watch(visit, request))
  }

  /// What time alone has led to for whom the command was about. The command is done whatever comes of it.
  private func watch(_ visit: Visit, _ request: Request) async -> [String] {
    do {
      let recorded = try await visit.running.live.watch(request.command.participants)
      let words = try await visit.eventText()
      return recorded.map { "Since then: \(words.sentence($0))" }
    } catch {
      return ["What time has led to could not be recorded: \(error)"]
    }
  }

  private func request(_ visit: Visit, _ form: ActForm) async throws -> Request {
    let run = ActRun(visit: visit, given: given)
    let members = try await form.find?(run, given) ?? given
    let command: Command
    do {
      command = try Command(from: OptionDecoder(members))
    } catch let usage as OptionDecoder.Usage {
      throw ValidationError(usage.description)
    }
    let documents = try form.attached.flatMap { given[$0] ?? [] }.map { try InputFile.bytes($0) }
    let request = Request(
      command, by: visit.actor, together: visit.together.map(\.acting), happened: try await happened(visit),
      reason: given[ActForm.reason]?.last, late: try late(), origin: .commandLine, attachments: documents)
    return try await form.complete?(run, request) ?? request
  }

  private func happened(_ visit: Visit) async throws -> Moment? {
    guard let written = given[ActForm.happened]?.last else { return nil }
    let zone = try await visit.zone()
    guard let moment = ZoneClock.moment(written: written, zone: zone) else {
      throw ValidationError(
        "‘\(written)’ is no moment. Write 2026-11-23T09:30 by the clocks of \(zone), or 2026-11-23T09:30+08:00.")
    }
    return moment
  }

  private func late() throws -> EntrySource? {
    let isDowntime = given[ActForm.downtime]?.last == "true"
    guard let source = given[ActForm.source]?.last else {
      if isDowntime { throw ValidationError("--after-downtime needs --late-source: where it was written down.") }
      return nil
    }
    guard let reason = given[ActForm.lateReason]?.last else {
      throw ValidationError("--late-source needs --late-reason: why it was not entered then.")
    }
    return EntrySource(source: source, reason: reason, downtime: isDowntime)
  }
}

private enum Keys {
  static let dryRun = "dryRun"
  static let who = "who"
  static let place = "place"
}

/// What is at hand where a command is carried out.
struct ActRun: Sendable {
  let visit: Visit
  let given: [String: [String]]

  var live: LiveStudy { visit.running.live }

  /// What was given to an option, or is typed at the terminal.
  func text(_ key: String, asking words: String) throws -> String {
    if let text = given[key]?.last { return text }
    guard let typed = Surroundings.current.ask(Question(text: words)), !typed.isEmpty else {
      throw ValidationError("--\(OptionDecoder.option(key)) is missing.")
    }
    return typed
  }

  /// A member in the form of its type.
  func value<Value>(_ key: String, _ parse: (String) throws -> Value) throws -> Value {
    guard let text = given[key]?.last else {
      throw ValidationError("--\(OptionDecoder.option(key)) is missing.")
    }
    do { return try parse(text) } catch { throw ValidationError("--\(OptionDecoder.option(key)): \(error)") }
  }

  /// The participant who is meant.
  func participant() throws -> ParticipantID { try value("participant") { try ParticipantID($0) } }

  /// A whole date that was given or is typed.
  func date(_ key: String, asking words: String) throws -> CalendarDate {
    let text = try text(key, asking: words)
    guard let date = CalendarDate(text), date.precision == .day else {
      throw ValidationError("--\(OptionDecoder.option(key)): ‘\(text)’ is no whole date such as 1984-03-17.")
    }
    return date
  }
}
