public import ClinicalValues
public import Ledger

/// An electronic signature as it stands with its event: who, in what role, under what meaning, when, and the digest of
/// exactly what was shown (21 CFR 11.50, 11.70).
public struct Signature: Sendable, Hashable, Codable {
  /// Who signed.
  public let account: AccountID
  /// The name as printed beside the signature.
  public let name: String
  /// In what role.
  public let role: Role
  /// What signing it said: "I approve eligibility ...".
  public let meaning: String
  /// When.
  public let signed: Moment
  /// SHA-256 of what was shown; it covers stream, type and fact, so that the signature fits no other event.
  public let shown: Digest

  /// A signature over the digest of what was shown.
  public init(account: AccountID, name: String, role: Role, meaning: String, signed: Moment, shown: Digest) {
    self.account = account
    self.name = name
    self.role = role
    self.meaning = meaning
    self.signed = signed
    self.shown = shown
  }
}

extension Signature {
  /// As it stands beside what was signed: the printed name, the role, date and time, and what signing it said
  /// (21 CFR 11.50).
  public var manifestation: String { "\(name), \(role.title), \(signed): \(meaning)" }
}
