import Conduct
import Trial

/// Where a command of the trial is asked for: `participant consent` at `/act/participant-consent`.
enum ActPath {
  private static let bySlug = Dictionary(uniqueKeysWithValues: CommandForm.all.map { (slug($0.name), $0) })

  /// The path, with fields that are known already; nothing secret goes into an address.
  static func of(_ command: any TrialCommand.Type, _ given: KeyValuePairs<String, String> = [:]) -> String {
    let query = Fields(given.map { ($0.key, $0.value) }).encoded
    return "/act/\(slug(command.name))" + (query.isEmpty ? "" : "?" + query)
  }

  /// The form of the command of a path.
  static func form(_ slug: String) -> CommandForm? { bySlug[slug] }

  static func slug(_ name: String) -> String { name.replacing(" ", with: "-") }
}
