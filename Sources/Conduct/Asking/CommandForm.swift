public import Trial

/// How a command of the trial is asked for: its fields, in order, and the way from what was given to the command.
///
/// Every door shows these fields in its own way (options, a page's controls, members of JSON); what is asked beside them
/// with every command is in `Circumstances`.
public struct CommandForm: Sendable {
  /// Something that is asked.
  public struct Field: Sendable, Hashable {
    /// Its key: a member of the command, or what a member is found from.
    public let key: String
    /// What it is, with its unit and an example.
    public let help: String
    /// Whether it may be left out.
    public let isOptional: Bool
    /// What can be given.
    public let kind: FieldKind
    /// Whether a file is asked for.
    public let isFile: Bool
    /// Whether it tells who somebody is: it goes to the identity store or is compared with it, stands in no event, and has
    /// no place in an address or a log.
    public let isSecret: Bool

    init(_ field: CommandField, kind: FieldKind, isFile: Bool = false, isSecret: Bool = false) {
      key = field.key
      help = field.help
      isOptional = field.optional
      self.kind = kind
      self.isFile = isFile
      self.isSecret = isSecret
    }
  }

  /// The command.
  public let type: any TrialCommand.Type
  /// Its fields.
  public let fields: [Field]
  /// What is done where its members alone are not all.
  let supplement: Supplement
  /// A text of an example for each member that must be given.
  let examples: [String: String]

  /// The command's name: `participant consent`.
  public var name: String { type.name }

  /// The forms of all commands, in the order of `Commands.all`.
  public static let all: [CommandForm] = Commands.all.map(CommandForm.init)
  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// The form of a command.
  public static func of(_ command: any TrialCommand.Type) -> CommandForm { named(command.name) ?? CommandForm(command) }

  /// The form of the command of a name; nil where there is none.
  public static func named(_ name: String) -> CommandForm? { byName[name] }

  private init(_ command: any TrialCommand.Type) {
    let supplement = Supplement.all[command.name] ?? Supplement()
    let kinds = MemberProbe.kinds(of: command)
    type = command
    self.supplement = supplement
    let optional = Set(command.fields.filter(\.optional).map(\.key))
    examples = MemberProbe.texts(of: command).filter { !optional.contains($0.key) }
    fields =
      command.fields.filter { !supplement.found.contains($0.key) }
      .map { Field($0, kind: kinds[$0.key] ?? FieldKind(.text)) } + supplement.added
  }

  /// The faults that are seen without a study: fields that the command has not, and fields that are missing.
  public func faults(in given: Given) -> [FieldFault] {
    let keys = Set(fields.map(\.key))
    let files = Set(fields.filter(\.isFile).map(\.key))
    let unknown = given.texts.keys.filter { !keys.contains($0) } + given.files.keys.filter { !files.contains($0) }
    let missing = fields.filter { !$0.isOptional && given.texts[$0.key] == nil && given.files[$0.key] == nil }
    return unknown.sorted().map { FieldFault(member: $0, problem: .unknown) }
      + missing.map { FieldFault(member: $0.key, problem: .missing) }
  }

  /// The command that texts say, each member from the texts of its key.
  ///
  /// - Throws: `FieldFaults` with every member that is missing or cannot be understood.
  public func command(from texts: [String: [String]]) throws(FieldFaults) -> any TrialCommand {
    try type.decoded(from: texts)
  }
}

extension TrialCommand {
  /// This command, as texts say it.
  fileprivate static func decoded(from texts: [String: [String]]) throws(FieldFaults) -> any TrialCommand {
    try GivenDecoder.command(Self.self, from: texts)
  }
}
