import Markup
import Trial

/// A new password, typed twice: the same wherever somebody chooses one.
enum NewPasswordFields {
  static func markup(_ parts: FormParts, _ words: Words) -> Markup {
    .fragment([
      parts.input(
        .init(
          name: "new", label: words["New password"], type: "password",
          help: .text(words["At least 12 characters. A sentence is good; your name or account is not."]),
          autocomplete: "new-password")),
      parts.input(
        .init(name: "again", label: words["New password once more"], type: "password", autocomplete: "new-password")),
    ])
  }

  /// The password that was chosen.
  ///
  /// - Throws: `Refusal` (`passwords-differ`).
  static func chosen(_ request: PageRequest) throws -> String {
    let new = request.form["new"] ?? ""
    guard new == request.form["again"] ?? "" else {
      throw Refusal(
        "passwords-differ", because: request.words["The new password was not typed alike twice."],
        remedy: request.words["Type it once more."])
    }
    return new
  }
}
