import ArgumentParser
import Conduct
import StudyDesign
import Trial

/// How a command of the trial is asked for at the command line: its options, and what is done where the command alone is
/// not all (identity is kept apart, a password is given).
struct ActForm: Sendable {
  /// An option of a command.
  struct Option: Sendable {
    let key: String
    let names: [String]
    let help: String
    let isOptional: Bool
    let kind: OptionKind
    var isFile = false

    /// As ArgumentParser declares one. What follows it is its value, also where it begins with a dash: temperatures are
    /// often below zero.
    var declaration: Any {
      let name = NameSpecification(names.map { .customLong($0) })
      let completion: CompletionKind = isFile ? .file() : kind.values.map { .list($0) } ?? .default
      let help = ArgumentHelp(stringLiteral: help)
      switch (kind.isList, isOptional) {
      case (true, true):
        return ArgumentParser.Option<[String]>(
          wrappedValue: [], name: name, parsing: .unconditionalSingleValue, help: help, completion: completion)
      case (true, false):
        return ArgumentParser.Option<[String]>(
          name: name, parsing: .unconditionalSingleValue, help: help, completion: completion)
      case (false, true):
        return ArgumentParser.Option<String?>(
          name: name, parsing: .unconditional, help: help, completion: completion)
      case (false, false):
        return ArgumentParser.Option<String>(name: name, parsing: .unconditional, help: help, completion: completion)
      }
    }

    /// What was given to it.
    func texts(from container: KeyedDecodingContainer<OptionKey>) throws -> [String] {
      let key = OptionKey(key)
      if kind.isList {
        return try container.decode(ArgumentParser.Option<[String]>.self, forKey: key).wrappedValue
      }
      if isOptional {
        let text = try container.decode(ArgumentParser.Option<String?>.self, forKey: key).wrappedValue
        return text.map { [$0] } ?? []
      }
      return [try container.decode(ArgumentParser.Option<String>.self, forKey: key).wrappedValue]
    }
  }

  /// Keys of the options that every command has; none of a command's own members is called so.
  static let role = "actingRole"
  static let site = "actingSite"
  static let happened = "happenedAt"
  static let reason = "envelopeReason"
  static let with = "actingTogether"
  static let source = "lateSource"
  static let lateReason = "lateReason"
  static let downtime = "afterDowntime"

  /// All its options but those of place and person.
  let options: [Option]
  /// Finds the members that are not given as such.
  let find: (@Sendable (ActRun, [String: [String]]) async throws -> [String: [String]])?
  /// Options whose files are kept in the ledger with the command.
  let attached: [String]
  /// Completes the request before it is proposed or carried out.
  let complete: (@Sendable (ActRun, Request) async throws -> Request)?
  /// Carries the command out, where that is more than appending its events.
  let carryOut: (@Sendable (ActRun, inout Request) async throws -> Answer)?

  /// The form of a command.
  static func of<Command: TrialCommand>(_ command: Command.Type) -> ActForm {
    let change = FormChange.all[Command.name] ?? FormChange()
    let kinds = MemberProbe.kinds(of: command)
    var options: [Option] = []
    for field in Command.fields where !change.found.contains(field.key) {
      options.append(option(field, kinds[field.key] ?? OptionKind(String.self)))
    }
    for added in change.added {
      var option = option(added.field, added.isList ? OptionKind([String].self) : OptionKind(String.self))
      option.isFile = added.isFile
      options.append(option)
    }
    let taken = Set(options.flatMap(\.names))
    return ActForm(
      options: options + common(besides: taken), find: change.find, attached: change.attached,
      complete: change.complete, carryOut: change.carryOut)
  }

  private static func option(_ field: CommandField, _ kind: OptionKind) -> Option {
    Option(
      key: field.key, names: [OptionDecoder.option(field.key)], help: field.help, isOptional: field.optional, kind: kind
    )
  }

  /// What every command is asked: in which role, with whom, when, why. Where a command has a member of a short name, the
  /// long one alone is left.
  private static func common(besides taken: Set<String>) -> [Option] {
    func option(
      _ key: String, _ names: [String], _ help: String, _ kind: OptionKind = OptionKind(String.self)
    ) -> Option {
      Option(key: key, names: names.filter { !taken.contains($0) }, help: help, isOptional: true, kind: kind)
    }
    return [
      option(role, ["as-role", "role"], "Your role, where your account has several.", OptionKind(Role.self)),
      option(site, ["as-site", "site"], "Your site, where your role has several."),
      option(
        with, ["with"], "Who acts with you: ACCOUNT[:ROLE[:SITE]]=PASSWORDFILE; may be repeated.",
        OptionKind([String].self)),
      option(
        happened, ["happened", "at"], "When it happened, by the clocks of your site: 2026-11-23T09:30; now if left out."
      ),
      option(reason, ["why", "reason"], "Why, where that is asked for."),
      option(source, ["late-source"], "Where it was written down meanwhile, if it is entered more than 24 h later."),
      option(lateReason, ["late-reason"], "Why it was not entered then."),
      option(
        downtime, ["after-downtime"], "true: it is entered by two people from the sheet for when the system is down.",
        OptionKind(Bool.self)),
    ]
  }
}

/// The name of an option as a key for decoding.
struct OptionKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(_ name: String) { stringValue = name }
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
