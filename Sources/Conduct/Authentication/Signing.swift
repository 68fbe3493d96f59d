public import ClinicalValues
public import Ledger
public import Trial

/// Exactly what is shown to somebody who signs, and what the signature covers: the stream, the type and the fact of one
/// event, when it happened and why, and under what name, in what role and with what meaning it is signed.
///
/// A fact names by digest all that it freezes (record, verdict, report), so that these are covered too. A signature
/// therefore fits one event and no other, and none of this can change under it.
public struct SignedContent: Sendable, Hashable {
  /// The canonical form; its digest is what is signed.
  public let canonical: CanonicalJSON

  /// What a person signs of an event that is about to enter the ledger.
  public init(
    event: TrialEvent, happened: Moment, reason: String?, meaning: String, name: String, account: AccountID, role: Role
  ) throws {
    // Who appends it and through which door is no part of what was shown.
    let bare = try event.newEvent(
      signatures: [], happened: happened, actor: Actor(account: account.description, role: role.rawValue),
      origin: .system, reason: reason)
    try self.init(bare, meaning: meaning, name: name, account: account, role: role)
  }

  /// What somebody signed of an event of the ledger.
  init(_ event: NewEvent, meaning: String, name: String, account: AccountID, role: Role) throws {
    var members: [String: CanonicalJSON.Value] = [
      "account": .string(account.description), "fact": event.payload.value["fact"] ?? .null,
      "happened": .string(event.happened.description), "meaning": .string(meaning), "name": .string(name),
      "payloadVersion": .integer(event.payloadVersion), "role": .string(role.rawValue),
      "stream": .string(event.stream.description), "type": .string(event.type),
    ]
    if let reason = event.reason { members["reason"] = .string(reason) }
    self.canonical = try CanonicalJSON(.object(members))
  }
}

/// Electronic signatures: made by somebody who has shown again who they are, and checked from the event alone.
public enum Signing {
  /// Minutes from the password to the signature: the time to reach the ledger, not that of another act.
  static let validMinutes = 5

  /// Signs what was shown.
  ///
  /// - Parameters:
  ///   - content: what was shown.
  ///   - acting: the role in which it is signed; its account must be the one that was authenticated.
  ///   - who: the authentication for this signature.
  ///   - moment: now.
  /// - Throws: `Refusal` (`signature-needs-password`) if it was somebody else, too long ago, or with a password that must
  ///   be changed first.
  public static func sign(
    _ content: CanonicalJSON, meaning: String, as acting: Acting, by who: Authenticated, at moment: Moment
  ) throws(Refusal) -> Signature {
    let latest = who.at.adding(minutes: validMinutes)
    guard who.account == acting.account, who.at <= moment.instant, moment.instant <= latest, !who.mustChangePassword
    else {
      throw Refusal(
        "signature-needs-password", because: "\(who.name) has not shown who they are for this signature.",
        remedy: "Give the password, and the code where a second factor is set.")
    }
    return Signature(
      account: acting.account, name: who.name, role: acting.role, meaning: meaning, signed: moment,
      shown: Digest(of: content.bytes))
  }

  /// Signs what a command asks for.
  public static func sign(_ asked: ToSign, by who: Authenticated, at moment: Moment) throws(Refusal) -> Signature {
    try sign(asked.content, meaning: asked.meaning, as: asked.signer, by: who, at: moment)
  }

  /// What the signatures of an event are worth, in their order.
  ///
  /// - Throws: `DecodingError` if what stands there are no signatures.
  public static func verify(_ envelope: Envelope) throws -> [CheckedSignature] {
    let event = envelope.event
    guard let listed = event.payload.value["signatures"] else { return [] }
    return try CanonicalJSON(listed).decode([Signature].self).map { signature in
      let content = try SignedContent(
        event, meaning: signature.meaning, name: signature.name, account: signature.account, role: signature.role)
      let isValid = Digest(of: content.canonical.bytes) == signature.shown
      return CheckedSignature(
        signature: signature, isValid: isValid && signature.signed.instant <= envelope.recorded)
    }
  }
}

/// A signature, and whether it covers the event that it stands with.
public struct CheckedSignature: Sendable, Hashable, CustomStringConvertible {
  /// The signature.
  public let signature: Signature
  /// False if anything of the event or of the signature is not what was signed.
  public let isValid: Bool

  /// As it is shown beside what was signed, or that it is void.
  public var description: String {
    isValid
      ? signature.manifestation
      : "VOID: what \(signature.name) signed is not what stands here. It must be signed anew."
  }
}
