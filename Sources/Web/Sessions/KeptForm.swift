/// What somebody sent after their session had ended: it goes with them through sign-in, in the browser, so that nothing that was typed is lost.
///
/// It is kept nowhere on the server. What shows who somebody is (passwords, codes) is not in it, nor are files: those are given anew.
struct KeptForm: Sendable, Hashable {
  /// Where it was sent to.
  let path: String
  /// What was typed.
  let fields: Fields

  /// The fields of a form that carry a kept one.
  private static let pathField = "kept.path"
  private static let valueField = "kept.fields"
  /// The field that says that a form is to be shown again, with what is in it, and not carried out yet.
  static let againField = "_again"
  /// The longest that is carried along, in bytes as it is sent.
  static let limit = 400 * 1024
  /// How long a form can be that carries one.
  static let bodyLimit = 1024 * 1024

  /// What was sent to a path; nil where nothing of it can be kept.
  init?(_ form: Fields, sentTo path: String) {
    let secrets = ["password", "code", "pending", "new", "again", "key"]
    let kept = Fields(
      form.pairs.filter { name, value in
        !secrets.contains(String(name.prefix { $0 != "." })) && !name.hasSuffix(".base64") && !name.hasPrefix("_")
          && !name.hasPrefix("kept.")
      })
    guard LocalPath(path).path == path, !kept.pairs.isEmpty, kept.encoded.utf8.count <= KeptForm.limit else {
      return nil
    }
    self.path = path
    fields = kept
  }

  /// What a form carries along; nil where it carries nothing.
  init?(carriedBy form: Fields) {
    guard let path = form[KeptForm.pathField], let fields = form[KeptForm.valueField].flatMap({ Fields(encoded: $0) })
    else { return nil }
    self.init(fields, sentTo: path)
  }

  /// As fields of a form that carries it along.
  var carried: [(name: String, value: String)] { [(KeptForm.pathField, path), (KeptForm.valueField, fields.encoded)] }
}
