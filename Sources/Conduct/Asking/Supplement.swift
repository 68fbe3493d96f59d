import Ledger
import Trial

/// What is done beyond a command's own members, for the few commands where those are not all: members that are found and
/// not given, documents that are kept with it, and more to carry out than appending its events.
struct Supplement: Sendable {
  typealias Sign = @Sendable ([ToSign]) async throws -> [Authenticated]

  /// Members that are found and not given.
  var found: Set<String> = []
  /// Fields that are no members of the command, or are other fields than those.
  var added: [CommandForm.Field] = []
  /// Fields whose files are kept in the ledger with the command.
  var attached: [String] = []
  /// Fields that no decision needs: they are asked for when it is carried out.
  var neededLast: Set<String> = []
  /// Finds members from what was given.
  var find: (@Sendable (LiveStudy, Given) async throws -> Given)?
  /// Completes the request before it is proposed or carried out.
  var complete: (@Sendable (LiveStudy, Given, Request) async throws -> Request)?
  /// Carries the command out, where that is more than appending its events.
  var carryOut: (@Sendable (LiveStudy, Given, Request, Sign) async throws -> CarriedOut)?

  /// By the command's name.
  static let all: [String: Supplement] = [
    RegisterCandidate.name: register, CheckPerson.name: checkPerson, VerifyBedside.name: verify,
    Enroll.name: enroll, ImportData.name: importData, EraseIdentity.name: erase,
    CorrectIdentity.name: correctIdentity, ChangeContact.name: changeContact, ResetPassword.name: resetPassword,
    ReportSecondFactorLost.name: lostFactor, PutProtocolInForce.name: namedVersion, AdoptProvisional.name: namedVersion,
    SignConfigurationTest.name: namedVersion.attaching("report"), ChangeProvisional.name: namedVersion,
    ReviewAsBoard.name: Supplement().attaching("report").attachingMinutes,
    DecideLift.name: Supplement().attachingMinutes, DecideOnParticipant.name: Supplement().attachingMinutes,
    DecideDLTQuestion.name: Supplement().attachingMinutes,
    AcceptLift.name: Supplement().attaching("approvals", file: "approvalFile", isList: true),
    SaveForm.name: saveForm, SignForm.name: shownContent, SignCasebook.name: shownContent,
    ImportRanges.name: importRanges,
  ]

  /// A field of free text.
  static func text(
    _ key: String, _ help: String, optional: Bool = false, isList: Bool = false
  ) -> CommandForm.Field {
    CommandForm.Field(CommandField(key, help, optional: optional), kind: FieldKind(.text, isList: isList))
  }

  /// A field that tells who somebody is.
  static func secret(
    _ key: String, _ help: String, _ content: FieldKind.Content = .text, optional: Bool = false
  ) -> CommandForm.Field {
    CommandForm.Field(CommandField(key, help, optional: optional), kind: FieldKind(content), isSecret: true)
  }

  /// A field for a file.
  static func file(
    _ key: String, _ help: String, optional: Bool = false, isList: Bool = false
  ) -> CommandForm.Field {
    CommandForm.Field(
      CommandField(key, help, optional: optional), kind: FieldKind(.text, isList: isList), isFile: true)
  }
}
