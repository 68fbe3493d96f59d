import ArgumentParser
import Conduct
import Ledger
import Trial

/// `tandem account password`: somebody chooses a password of their own.
struct ChangePassword: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "password", abstract: "Choose a new password for your own account.")

  @OptionGroup var place: PlaceOptions
  @OptionGroup var who: WhoOptions

  @Option(
    help: "A file whose first line is the new password; else you are asked twice at the terminal.", completion: .file())
  var newPasswordFile: String?

  func run() async throws {
    try await Answer.printing(place.format) {
      let running = try await place.open()
      let key = AccountKey(account: who.account, passwordFile: who.passwordFile, codes: who.code)
      let claim = try await key.claim(in: running, for: .signIn)
      let new = try NewPassword.chosen(file: newPasswordFile, for: who.account)
      let changed = try await running.live.changePassword(claim, to: new, origin: .commandLine)
      return .view(
        text: { "\(changed.name) has a new password.\n" },
        json: { .object([("passwordSet", .string(changed.account.description))]) })
    }
  }
}

/// `tandem account second-factor`: somebody sets a second factor.
struct SetSecondFactor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "second-factor",
    abstract: "Set a second factor for your own account: an authenticator app that shows a code.",
    discussion: "The secret is shown once, then a code of it is asked for: the factor counts only with that.")

  @OptionGroup var place: PlaceOptions
  @OptionGroup var who: WhoOptions

  func run() async throws {
    try await Answer.printing(place.format) {
      let running = try await place.open()
      let key = AccountKey(account: who.account, passwordFile: who.passwordFile, codes: who.code)
      let authenticated = try await key.signIn(to: running)
      let offer = await running.live.offerSecondFactor(for: authenticated.account)
      Terminal.say("Give this to your authenticator app:\n  \(offer.uri)\n  typed: \(offer.typed)")
      guard let code = Surroundings.current.ask(Question(text: "Code that it shows now")) else {
        throw Unusable("There is no terminal to ask for the code. Set the second factor at a terminal.")
      }
      let recovery = try await running.live.confirmSecondFactor(
        offer, code: code, claim: try await key.claim(in: running, for: .signIn), origin: .commandLine)
      return .view(
        text: {
          "Your second factor is set. Write these recovery codes down; each opens once if the device is lost:\n"
            + recovery.map { "  \($0)\n" }.joined()
        },
        json: {
          .object([
            ("secondFactorSet", .string(authenticated.account.description)), ("recoveryCodes", .strings(recovery)),
          ])
        })
    }
  }
}

/// A password that somebody chooses.
enum NewPassword {
  /// The first line of a file, or what is typed twice.
  static func chosen(file: String?, for account: String) throws(Unusable) -> String {
    let first = try Secrets.password(file: file, asking: "New password of \(account)")
    guard file == nil else { return first }
    guard try Secrets.password(file: nil, asking: "Once more") == first else {
      throw Unusable("The two are not the same. Nothing was changed.")
    }
    return first
  }
}
