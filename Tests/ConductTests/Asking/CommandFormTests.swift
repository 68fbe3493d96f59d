import ClinicalValues
import Ledger
import Testing
import Trial

@testable import Conduct

/// How commands are asked for: their fields, and the way from texts to a command.
struct CommandFormTests {
  @Test(arguments: Commands.all.map { $0.name })
  func `each command has a form whose every field has a kind`(_ name: String) throws {
    let form = try #require(CommandForm.named(name))
    #expect(form.name == name)
    let kinds = MemberProbe.kinds(of: form.type)
    let added = Set(form.supplement.added.map(\.key))
    for field in form.type.fields { #expect(kinds[field.key] != nil, "\(field.key)") }
    for field in form.fields where !added.contains(field.key) { #expect(field.kind == kinds[field.key]) }
    #expect(form.supplement.found.isSubset(of: kinds.keys), "what is found is a member")
  }

  @Test(arguments: Commands.all.map { $0.name })
  func `the fields of a command have keys and words of their own`(_ name: String) throws {
    let form = try #require(CommandForm.named(name))
    let keys = form.fields.map(\.key) + Circumstances.fields.map(\.key)
    #expect(Set(keys).count == keys.count)
    #expect(form.fields.allSatisfy { !$0.help.isEmpty })
    let own = Set(form.fields.map(\.key))
    #expect(own.isSuperset(of: form.supplement.attached) && own.isSuperset(of: form.supplement.neededLast))
  }

  @Test(arguments: Commands.all.map { $0.name })
  func `what a command's JSON says, as texts, makes the same command`(_ name: String) throws {
    let form = try #require(CommandForm.named(name))
    let example = try #require(MemberProbe.example(ofAny: form.type), "there is an example of each member")
    let json = try CanonicalJSON(encoding: example)
    let decoded = try form.command(from: Given(json).texts)
    #expect(try CanonicalJSON(encoding: decoded) == json)
  }

  @Test(
    arguments: [
      (GrantRole.self, "role", FieldKind(.choice(Role.allCases.map(\.rawValue)))),
      (GrantRole.self, "account", FieldKind(.text, naming: .account)),
      (GiveConsent.self, "adult", FieldKind(.yesOrNo)),
      (RecordTraining.self, "from", FieldKind(.date)),
      (LiftOperationalHold.self, "hold", FieldKind(.wholeNumber, naming: .hold)),
      (AdoptProvisional.self, "items", FieldKind(.text, isList: true, naming: .provisionalItem)),
      (ImportData.self, "file", FieldKind(.text)),
      (RegisterCandidate.self, "birthDate", FieldKind(.date)),
    ] as [(any TrialCommand.Type, String, FieldKind)])
  func `a field says what can be given to it`(_ command: any TrialCommand.Type, _ key: String, _ kind: FieldKind) {
    #expect(CommandForm.of(command).fields.first { $0.key == key }?.kind == kind)
  }

  @Test func `what tells who somebody is is marked as secret, and what is read from a file as a file`() {
    func keys(_ command: any TrialCommand.Type, where holds: (CommandForm.Field) -> Bool) -> [String] {
      CommandForm.of(command).fields.filter(holds).map(\.key)
    }
    #expect(
      keys(RegisterCandidate.self, where: \.isSecret) == ["name", "birthDate", "sexAtBirth", "contact", "document"])
    #expect(keys(CorrectIdentity.self, where: \.isSecret) == ["name", "birthDate", "sexAtBirth", "document"])
    #expect(keys(ChangeContact.self, where: \.isSecret) == ["contact"])
    #expect(keys(VerifyBedside.self, where: \.isSecret) == ["birthDateOnWristband", "saidName", "saidBirthDate"])
    #expect(keys(AcceptLift.self, where: \.isFile) == ["approvalFile"])
    #expect(keys(SaveForm.self, where: \.isFile) == ["entries"])
  }
}

/// What is said of texts that make no command.
struct FieldFaultTests {
  @Test(
    arguments: [
      (LiftOperationalHold.self, [:], ["hold: This is missing."]),
      (LiftOperationalHold.self, ["hold": "second"], ["hold: ‘second’ is not a whole number"]),
      (
        StartScreening.self, ["participant": "1-7"],
        ["participant: '1-7' is not a participant's number such as 03-0007. Read the label again."]
      ),
      (
        CheckAccountIdentity.self, ["account": "carla.rossi", "how": "guess"],
        ["how: ‘guess’ is none of \(IdentityCheck.allCases.map(\.rawValue).joined(separator: ", "))."]
      ),
      (
        DecideLift.self, ["hold": "1", "ballot": #"{"inFavor":[]}"#], ["ballot: its JSON lacks ‘against’."]
      ),
    ] as [(any TrialCommand.Type, [String: String], [String])])
  func `a fault names its member and what is wrong with it`(
    _ command: any TrialCommand.Type, _ texts: [String: String], _ expected: [String]
  ) {
    #expect(faults(command, texts) == expected)
  }

  @Test func `all faults are told at once, in the order of the members`() {
    let texts = ["account": "carla.rossi", "role": "surgeon", "site": "north"]
    #expect(faults(GrantRole.self, texts).map { $0.prefix { $0 != ":" } } == ["role", "site"])
    #expect(faults(GrantRole.self, [:]).map { $0.prefix { $0 != ":" } } == ["account", "role"])
  }

  @Test(arguments: [
    ("a,b", ["a", "b"]), (#"["a,b"]"#, ["a,b"]),
  ])
  func `a list is given with commas, or as JSON where its elements have some`(
    _ text: String, _ items: [String]
  ) throws {
    let command = try CommandForm.of(AdoptProvisional.self)
      .command(from: ["version": ["1.0"], "digest": [Digest(of: "").description], "items": [text]])
    #expect((command as? AdoptProvisional)?.items == items)
  }

  private func faults(_ command: any TrialCommand.Type, _ texts: [String: String]) -> [String] {
    do throws(FieldFaults) {
      _ = try CommandForm.of(command).command(from: texts.mapValues { [$0] })
      return []
    } catch {
      return error.all.map(\.description)
    }
  }
}

extension MemberProbe {
  /// As `example(of:)`, of a command whose type is known as it runs.
  static func example(ofAny command: any TrialCommand.Type) -> (any TrialCommand)? {
    func made<Command: TrialCommand>(_ command: Command.Type) -> (any TrialCommand)? {
      example(of: command) as Command?
    }
    return made(command)
  }
}
