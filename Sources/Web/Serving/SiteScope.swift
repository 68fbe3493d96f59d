import Conduct
import Trial

/// What somebody who acts for one site is not told: which participants there are at others.
///
/// Lists leave them out where they are read (`Acting.sees`). But what a rule or a person wrote of the whole study, such as why it is held, may name
/// anybody: in every answer their numbers stand as `02-····`.
struct SiteScope: Sendable {
  /// Everything is told.
  static let everything = SiteScope(hidden: [])

  /// The numbers that are not told, in ASCII.
  private let hidden: Set<[UInt8]>

  private init(hidden: Set<[UInt8]>) { self.hidden = hidden }

  /// What a reader is not told of a trial.
  init(_ acting: Acting?, in state: TrialState) {
    guard let acting, acting.role.isOfSite else {
      self = .everything
      return
    }
    hidden = Set(
      state.participants.values.filter { !acting.seesCells(of: $0) }.map { Array($0.id.description.utf8) })
  }

  /// A text in UTF-8 as it is told. Cost: linear.
  func told(_ text: [UInt8]) -> [UInt8] {
    guard !hidden.isEmpty else { return text }
    var told: [UInt8] = []
    told.reserveCapacity(text.count)
    var copied = 0
    for hyphen in text.indices where text[hyphen] == UInt8(ascii: "-") {
      guard let number = SiteScope.number(around: hyphen, in: text), hidden.contains(Array(text[number])) else {
        continue
      }
      told += text[copied...hyphen]
      told += Array(SiteScope.mask.utf8)
      copied = number.upperBound
    }
    return told + text[copied...]
  }

  /// Whether a text in UTF-8 is told as it is.
  func tellsWhole(_ text: [UInt8]) -> Bool { told(text) == text }

  private static let mask = "····"

  /// Whether a text that was sent has a number in it as it is told here: that is never recorded for the number.
  static func isMasked(_ text: String) -> Bool {
    // Long texts, such as files, have no such character at all.
    text.utf8.contains(0xC2) && text.contains("-" + mask)
  }

  /// Why such a text is not taken.
  static let refusal = Refusal(
    "masked-number", because: "‘····’ stands for a number that you were not told.", remedy: "Write it anew.")

  /// Where a participant's number stands whose hyphen is here: the site's figures, the hyphen, four figures.
  private static func number(around hyphen: Int, in text: [UInt8]) -> Range<Int>? {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let end = hyphen + 5
    guard end <= text.count, text[(hyphen + 1)..<end].allSatisfy({ digits.contains($0) }),
      end == text.count || !digits.contains(text[end])
    else { return nil }
    let start = text[..<hyphen].lastIndex { !digits.contains($0) }.map { $0 + 1 } ?? 0
    return start < hyphen ? start..<end : nil
  }
}
