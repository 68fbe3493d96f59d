import Markup
import Rules

/// What is on file and no criterion can have read: what is reported missing may well be among it, under another code.
struct UnrecognizedData {
  let codes: [UnrecognizedCode]
  let words: Words

  /// How many codes are listed; a record of a whole life may hold thousands.
  private static let limit = 100

  @MarkupBuilder var markup: Markup {
    if !codes.isEmpty {
      Part.section(words["Data that no criterion can read"], id: "unrecognized") {
        Markup.tag("p") {
          words[
            "The data dictionary lists none of their codes, or not their type. Where something that is missing is among them, it has to be recorded under a listed code, or in a form."
          ]
        }
        Part.disclosure(
          .text(words("Codes ({count})", ["count": String(codes.count)]))
        ) {
          Markup.tag("ul", ["class": "formlist"]) {
            for code in codes.prefix(UnrecognizedData.limit) { item(code) }
          }
          if codes.count > UnrecognizedData.limit {
            Markup.tag("p", ["class": "quiet"]) {
              words("{count} more are not shown.", ["count": String(codes.count - UnrecognizedData.limit)])
            }
          }
        }
      }
    }
  }

  private func item(_ code: UnrecognizedCode) -> Markup {
    .tag("li") {
      if let display = code.display {
        Markup.tag("span", ["lang": "en"]) { display }
      } else {
        code.isOfUnreadType ? words["Of a type that is not read"] : words["Without words"]
      }
      " "
      Markup.tag("span", ["class": "quiet"]) {
        [code.type, code.system, code.code].compactMap(\.self).joined(separator: " ") + " × \(code.count)"
      }
    }
  }
}
