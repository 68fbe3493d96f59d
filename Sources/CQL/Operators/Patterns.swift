/// A regular expression: part of a text matches, case counts, `.` matches line ends too, characters are Unicode scalars.
///
/// Source: HL7 CQL 1.5, Appendix B, "Matches", which leaves the dialect to the platform: here Swift's, close to PCRE.
struct Pattern {
  private let regex: Regex<AnyRegexOutput>

  /// A pattern; an error if it is not one.
  init(_ pattern: String) throws(EvaluationError) {
    do {
      regex = try Regex(pattern).matchingSemantics(.unicodeScalar).dotMatchesNewlines()
    } catch {
      throw EvaluationError("'\(pattern)' is no regular expression: \(error). Correct the pattern.")
    }
  }

  func isFound(in text: String) throws(EvaluationError) -> Bool {
    do {
      return try regex.firstMatch(in: text) != nil
    } catch {
      throw EvaluationError("Matching stopped: \(error).")
    }
  }

  /// The text with every match replaced. In the substitution `$1` stands for a group, `\` makes the next character plain.
  func replacing(in text: String, with substitution: String) -> String {
    text.replacing(regex) { match in Pattern.expand(substitution, match) }
  }

  /// The pieces between matches.
  func split(_ text: String) -> [String] {
    text.split(separator: regex, omittingEmptySubsequences: false).map { String($0) }
  }

  private static func expand(_ substitution: String, _ match: Regex<AnyRegexOutput>.Match) -> String {
    var result = ""
    var rest = substitution[...]
    while let character = rest.popFirst() {
      switch character {
      case "\\": result.append(contentsOf: rest.popFirst().map { String($0) } ?? "\\")
      case "$":
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        // As many digits as name a group: `$12` is group 12, or group 1 and a 2.
        let length = (0...min(digits.count, 4)).last { length in
          Int(digits.prefix(length)).map { $0 < match.output.count } ?? false
        }
        guard let length, let group = Int(digits.prefix(length)) else {
          result.append("$")
          continue
        }
        result.append(contentsOf: match.output[group].substring ?? "")
        rest = rest.dropFirst(length)
      default: result.append(character)
      }
    }
    return result
  }
}
