import Conduct
import Markup
import Trial

/// Somebody else who does an act at this screen, by their own name and password: at the bedside two people verify one after
/// the other, each for themselves, and neither signs out for it.
struct ActByOther {
  /// The field that names them. Password and code are never kept for a session that has ended (`KeptForm`).
  static let account = "other.account"
  private static let password = "password.other"
  private static let code = "code.other"
  /// The acts that each of two people does for themselves.
  private static let acts: Set<String> = [VerifyBedside.name]

  let request: PageRequest
  let form: CommandForm

  /// Whether the act is such a one.
  var isOffered: Bool { ActByOther.acts.contains(form.name) }

  /// Who does it: whoever is signed in; or whoever was named, once they have shown who they are.
  ///
  /// - Throws: `Refusal`; `TooManyRequests`.
  func actor() async throws -> Acting {
    let own = try request.acting()
    guard isOffered, let named = request.form.text(ActByOther.account) else { return own }
    let together = ActTogether(request.live)
    guard let other = try await together.acting(.init(written: named), with: own).first, other.account != own.account
    else { return own }
    // A password is tried here, as where something is signed.
    let session = try request.signedIn().id
    if let wait = request.site.limiter.secondsToWait(.signIn, for: session, now: request.site.clock()) {
      throw TooManyRequests(seconds: wait)
    }
    let key = ActTogether.Key(
      password: request.form[ActByOther.password] ?? "", code: request.form.text(ActByOther.code))
    _ = try await together.authenticate([own, other], signing: []) { _, _ in key }
    return other
  }

  /// The fields.
  func markup(_ choices: FieldChoices, _ parts: FormParts) -> Markup {
    let words = parts.words
    let named = request.form[ActByOther.account] ?? ""
    let names = ChoiceNames(participant: nil, plan: nil, words: words)
    return Part.disclosure(.text(words["Somebody else verifies at this screen"]), isOpen: !named.isEmpty) {
      Markup.tag("div", ["class": "stack company"]) {
        parts.select(
          .init(
            name: ActByOther.account, label: words["Who verifies"], value: named,
            help: .text(words["It is recorded as theirs: they read label and wristband and give their own password."]),
            isOptional: true), choices.others.map { (value: $0.value, text: names.text($0, .account)) })
        parts.input(.init(name: ActByOther.password, label: words["Password"], type: "password", isOptional: true))
        parts.secondFactor(ActByOther.code, attributes: [Attribute("data-unkept", nil)])
      }
    }
  }
}
