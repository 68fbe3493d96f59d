import Foundation

/// A regular expression: part of a text matches, case counts, `.` matches line ends too, characters are code points.
///
/// Source: HL7 CQL 1.5, Appendix B, "Matches", which leaves the dialect to the platform: here that of ICU, close to PCRE
/// and Java. Some patterns would try an exponential number of ways to match (`(a+)+$`): work is counted, and beyond a
/// limit it is an error.
struct Pattern {
  private let written: String
  private let expression: NSRegularExpression

  /// How many reports of progress, one for 10,000 steps of the matcher, one operation may take: about a second.
  static let progressLimit = 2000

  /// A pattern; an error if it is not one.
  init(_ pattern: String) throws(EvaluationError) {
    written = pattern
    do {
      // ICU wants no empty pattern; an empty group matches the same: everywhere.
      expression = try NSRegularExpression(
        pattern: pattern.isEmpty ? "(?:)" : pattern, options: .dotMatchesLineSeparators)
    } catch {
      throw EvaluationError("'\(pattern)' is no regular expression. Correct the pattern.")
    }
  }

  func isFound(in text: String) throws(EvaluationError) -> Bool { try !matches(in: text, atMost: 1).isEmpty }

  /// The text with every match replaced. In the substitution `$1` stands for a group, `\` makes the next character plain.
  func replacing(in text: String, with substitution: String) throws(EvaluationError) -> String {
    var result = ""
    var rest = text.startIndex
    for match in try matches(in: text) {
      guard let range = Range(match.range, in: text) else { continue }
      result += text[rest..<range.lowerBound]
      result += Pattern.expand(substitution, match, in: text)
      rest = range.upperBound
    }
    return result + text[rest...]
  }

  /// The pieces between matches.
  func split(_ text: String) throws(EvaluationError) -> [String] {
    var pieces: [String] = []
    var rest = text.startIndex
    for match in try matches(in: text) {
      guard let range = Range(match.range, in: text) else { continue }
      pieces.append(String(text[rest..<range.lowerBound]))
      rest = range.upperBound
    }
    return pieces + [String(text[rest...])]
  }

  private func matches(in text: String, atMost count: Int = .max) throws(EvaluationError) -> [NSTextCheckingResult] {
    var found: [NSTextCheckingResult] = []
    var progress = 0
    var isIncomplete = false
    expression.enumerateMatches(
      in: text, options: [.reportProgress, .reportCompletion], range: NSRange(location: 0, length: text.utf16.count)
    ) { match, flags, stop in
      if flags.contains(.progress) { progress += 1 }
      if flags.contains(.internalError) || progress > Pattern.progressLimit { isIncomplete = true }
      if let match { found.append(match) }
      if isIncomplete || found.count >= count { stop.pointee = true }
    }
    guard !isIncomplete else {
      throw EvaluationError(
        "Matching '\(written)' on a text of \(text.unicodeScalars.count) characters took more than \(Pattern.progressLimit * 10_000) steps, or more memory than there is for it. Write the pattern without repetitions inside repetitions, such as (a+)+."
      )
    }
    return found
  }

  private static func expand(_ substitution: String, _ match: NSTextCheckingResult, in text: String) -> String {
    var result = ""
    var rest = substitution[...]
    while let character = rest.popFirst() {
      switch character {
      case "\\": result.append(contentsOf: rest.popFirst().map { String($0) } ?? "\\")
      case "$":
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        // As many digits as name a group: `$12` is group 12, or group 1 and a 2.
        let length = (0...min(digits.count, 4)).last { length in
          Int(digits.prefix(length)).map { $0 < match.numberOfRanges } ?? false
        }
        guard let length, let group = Int(digits.prefix(length)) else {
          result.append("$")
          continue
        }
        if let range = Range(match.range(at: group), in: text) { result += text[range] }
        rest = rest.dropFirst(length)
      default: result.append(character)
      }
    }
    return result
  }
}
