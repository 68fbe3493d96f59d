import ArgumentParser
import ClinicalValues
import Conduct
import Foundation
import Synchronization
import Testing

@testable import tandem

/// Runs commands of `tandem` in this process: parsed and run as the program does, with a clock, a keyboard and streams of
/// the test's own.
final class TandemRunner: Sendable {
  /// What a command came to.
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String

    /// The output as a JSON object.
    var object: [String: Any] {
      get throws {
        let found = try JSONSerialization.jsonObject(with: Data(output.utf8))
        return try #require(found as? [String: Any], "\(output.prefix(400))")
      }
    }

    /// The id of the refusal that a command in JSON ended with; nil if it was not refused.
    var refusal: String? { ((try? object)?["refused"] as? [String: Any])?["id"] as? String }
  }

  /// The folder of the data, and of files that tests write.
  let folder: URL
  private let now: Mutex<Instant>
  /// What is typed at the keyboard, by the beginning of the question; nothing where there is no terminal.
  private let typed = Mutex<@Sendable (Question, String) -> String?>({ _, _ in nil })
  /// What was asked.
  private let questions = Mutex<[Question]>([])

  init(folder: URL, now: Instant) {
    self.folder = folder
    self.now = Mutex(now)
  }

  static let password = "four quiet herons waded"
  /// One reading of the shipped study for all tests.
  private static let shelf = Result { try Shelf.read(Repository.root.appending(path: "Studies/cd19-bcma-aid").path) }

  var data: String { folder.appending(path: "data").path }
  var passwordFile: String { folder.appending(path: "password").path }

  /// A path in the folder.
  func path(_ name: String) -> String { folder.appending(path: name).path }

  /// Writes a file into the folder and names it.
  func file(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: folder.appending(path: name))
    return path(name)
  }

  /// Sets the clock.
  func at(_ time: String) {
    guard let instant = Instant(time) else { preconditionFailure("no instant: \(time)") }
    now.withLock { $0 = instant }
  }

  /// Lets time pass.
  func wait(days: Int = 0, hours: Int = 0, minutes: Int = 0) {
    now.withLock { $0 = $0.adding(hours: days * 24 + hours, minutes: minutes) }
  }

  /// Now.
  var time: Instant { now.withLock { $0 } }

  /// From now on somebody sits at the terminal and types this.
  func types(_ answers: [String: String]) {
    types { question, _ in answers.first { question.text.hasPrefix($0.key) }?.value }
  }

  /// The same, by the question and what the command has said until then.
  func types(_ answer: @escaping @Sendable (Question, String) -> String?) { typed.withLock { $0 = answer } }

  /// What was asked since it was last looked.
  func asked() -> [Question] {
    questions.withLock { list in
      defer { list = [] }
      return list
    }
  }

  /// Runs a command line as it is.
  func run(_ arguments: [String]) async -> Outcome {
    await run {
      var command = try Tandem.parseAsRoot(arguments)
      if var async = command as? any AsyncParsableCommand { try await async.run() } else { try command.run() }
    }
  }

  /// The study itself, open beside the commands.
  func open() async throws -> RunningStudy {
    var policy = AuthenticationPolicy()
    policy.cost = ScryptCost(rounds: 16, blockSize: 1, parallelism: 1)
    return try await DataFolder(data).open(
      try TandemRunner.shelf.get(), clock: { [self] in time }, entropy: .system, policy: policy)
  }

  /// Runs something with the surroundings of a command.
  func run(_ body: @Sendable () async throws -> Void) async -> Outcome {
    let output = Text()
    let errors = Text()
    var surroundings = Surroundings()
    surroundings.clock = { [self] in time }
    surroundings.policy.cost = ScryptCost(rounds: 16, blockSize: 1, parallelism: 1)
    surroundings.output = { output.add($0) }
    surroundings.messages = { errors.add($0) }
    surroundings.shelf = { _ in try TandemRunner.shelf.get() }
    surroundings.ask = { [self] question in
      questions.withLock { $0.append(question) }
      return typed.withLock { $0 }(question, errors.text)
    }
    wait(minutes: 1)
    do {
      try await Surroundings.$current.withValue(surroundings) { try await body() }
      return Outcome(status: 0, output: output.text, errors: errors.text)
    } catch {
      let status = Tandem.exitCode(for: error).rawValue
      let message = error is ExitCode ? "" : Tandem.fullMessage(for: error)
      return Outcome(status: status, output: output.text, errors: errors.text + message)
    }
  }

  /// Runs a command of the running study as somebody: `act("participant enroll", as: "carla.rossi", ["participant": "01-0001"])`.
  func act(
    _ command: String, as account: String, _ options: KeyValuePairs<String, String> = [:], format: String = "json"
  ) async -> Outcome {
    var arguments = command.split(separator: " ").map(String.init)
    for (key, value) in options { arguments += ["--\(key)", value] }
    arguments += ["--as", account, "--password-file", passwordFile, "--data", data, "--format", format]
    return await run(arguments)
  }

  /// The same, which must not be refused.
  @discardableResult
  func done(
    _ command: String, as account: String, _ options: KeyValuePairs<String, String> = [:],
    at location: SourceLocation = #_sourceLocation
  ) async throws -> Outcome {
    let outcome = await act(command, as: account, options)
    try #require(
      outcome.status == 0, "\(command): \(outcome.output.prefix(2000)) \(outcome.errors.prefix(1000))",
      sourceLocation: location)
    return outcome
  }

  /// Text that several may add to.
  private final class Text: Sendable {
    private let held = Mutex("")
    func add(_ text: String) { held.withLock { $0 += text } }
    var text: String { held.withLock { $0 } }
  }
}
