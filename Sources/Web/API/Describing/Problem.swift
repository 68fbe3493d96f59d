import HTTPTypes
import Markup
import Trial

/// A fault as programs are told it: what is wrong, where, and what to do.
///
/// Source: RFC 9457 "Problem Details for HTTP APIs"; `id`, `remedy`, `faults` and `lines` are members of our own.
struct Problem: Sendable {
  let failure: Failure
  /// The path that was asked for.
  let path: String
  let words: Words
  /// Whether a script of a page asked: it shows what it is told, which then reads as on the page. A program finds codes and ids as
  /// they are recorded.
  let isOfPage: Bool

  /// Its media type.
  static let type = "application/problem+json"

  /// How it is told.
  static let shape = Shape<Problem>.object(
    "Problem", "A fault (RFC 9457): what is wrong, where, and what to do.",
    [
      .text("type", "A name of the kind of fault, for programs.") { "urn:problem-type:tandem:\($0.failure.id)" },
      .text("id", "The last part of the type.") { $0.failure.id },
      .text("title", "The kind of fault in words.") { $0.failure.title },
      .number("status", "The status of the answer.") { $0.failure.status.code },
      .text("detail", "What is wrong.") { $0.told($0.failure.because) },
      .text("remedy", "What to do.") { $0.told($0.failure.remedy) },
      .text("instance", "Where it was asked for.") { $0.path },
      .list("faults", fault, "What is wrong in what was sent.") { $0.failure.faults },
      .list("lines", Readings.gateLine, "The lines of the gate that is closed.") { $0.failure.lines },
    ])

  private func told(_ text: String) -> String { isOfPage ? words.sentence(text).plainText : words[text] }

  private static let fault = Shape<ValueFault>.object(
    "Fault", "What is wrong at one place of what was sent.",
    [
      .text("place", "A JSON Pointer into the body (RFC 6901), or the name of a field of the query.") { $0.place },
      .text("detail", "What is wrong there.") { $0.words },
    ])
}
