import ArgumentParser
import Conduct
import StudyDesign
import Trial

/// How a command of the trial is asked for at the command line: the fields of its form and those that every command has,
/// as options.
struct ActForm: Sendable {
  /// An option of a command.
  struct Option: Sendable {
    let key: String
    let names: [String]
    let help: String
    let isOptional: Bool
    let kind: FieldKind
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

  /// Keys of the options that say who acts, with whom; none of a command's own members is called so.
  static let role = "actingRole"
  static let site = "actingSite"
  static let with = "actingTogether"

  /// What is asked by all doors.
  let form: CommandForm
  /// Fields that the command line fills in where they are left out.
  let leftOut: [LeftOut]
  /// All its options but those of place and person.
  let options: [Option]

  /// The form of a command.
  static func of(_ command: any TrialCommand.Type) -> ActForm { ActForm(CommandForm.of(command)) }

  private init(_ form: CommandForm) {
    let leftOut = LeftOut.all[form.name] ?? []
    let own = form.fields.map { field in
      let left = leftOut.first { $0.key == field.key }
      return Option(
        key: field.key, names: [OptionName.of(field.key)], help: field.help + (left?.help ?? ""),
        isOptional: field.isOptional || left != nil, kind: field.kind, isFile: field.isFile)
    }
    self.form = form
    self.leftOut = leftOut
    options = own + ActForm.common(besides: Set(own.flatMap(\.names)))
  }

  /// What was given to the command's own options, its files read.
  ///
  /// - Throws: `Unusable` where a file cannot be read.
  func given(_ texts: [String: [String]]) throws(Unusable) -> Given {
    var given = Given()
    for field in form.fields {
      guard let texts = texts[field.key] else { continue }
      guard field.isFile else {
        given.texts[field.key] = texts
        continue
      }
      var files: [Given.File] = []
      for path in texts { files.append(Given.File(name: path, bytes: try InputFile.bytes(path))) }
      given.files[field.key] = files
    }
    return given
  }

  /// What every command is asked: in which role, with whom, when, why. Where a command has a member of a short name, the
  /// long one alone is left.
  private static func common(besides taken: Set<String>) -> [Option] {
    func option(_ key: String, _ names: [String], _ help: String, _ kind: FieldKind = FieldKind(.text)) -> Option {
      Option(key: key, names: names.filter { !taken.contains($0) }, help: help, isOptional: true, kind: kind)
    }
    return [
      option(
        role, ["as-role", "role"], "Your role, where your account has several.",
        FieldKind(.choice(Roles.names))),
      option(site, ["as-site", "site"], "Your site, where your role has several."),
      option(
        with, ["with"], "Who acts with you: ACCOUNT[:ROLE[:SITE]]=PASSWORDFILE; may be repeated.",
        FieldKind(.text, isList: true)),
    ]
      + Circumstances.fields.map {
        option($0.key, circumstanceNames[$0.key] ?? [OptionName.of($0.key)], $0.help, $0.kind)
      }
  }

  /// Names of circumstances that are shorter than their keys.
  private static let circumstanceNames = [
    Circumstances.Key.happened: ["happened", "at"], Circumstances.Key.reason: ["why", "reason"],
  ]
}

/// The name of an option as a key for decoding.
struct OptionKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(_ name: String) { stringValue = name }
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
