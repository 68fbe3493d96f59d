/// How strict authentication is; a site's own rules can be stricter.
public struct AuthenticationPolicy: Sendable, Hashable {
  /// What a guess costs.
  public var cost = ScryptCost.standard
  /// Characters that a password has at least.
  public var shortestPassword = 12
  /// Days after which a password must be changed; nil for never.
  public var passwordDays: Int? = 365
  /// Hours that a password given by an administrator can be used.
  public var givenPasswordHours = 72
  /// Earlier passwords that may not be taken again.
  public var rememberedPasswords = 5
  /// Failed attempts in a row that lock the account.
  public var attempts = 5
  /// Minutes that it stays locked.
  public var lockMinutes = 15

  /// The rules as they stand above.
  public init() {}
}
