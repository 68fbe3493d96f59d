import Markup
import Testing

@testable import Web

/// What differs between two texts, word by word.
struct WordDiffTests {
  @Test(
    arguments: [
      ("doses: 2", "doses: 3", [.same("doses: "), .removed("2"), .added("3")]),
      ("at least 20 x 10", "at least 20 x 10", [.same("at least 20 x 10")]),
      (
        "within 28 days of the evaluation", "within 21 days of the first evaluation",
        [
          .same("within "), .removed("28"), .added("21"), .same(" days of the"), .added(" first"), .same(" evaluation"),
        ]
      ),
      ("10.5 mg", "10 mg", [.removed("10.5"), .added("10"), .same(" mg")]),
      ("筛选窗口28天", "筛选窗口21天", [.same("筛选窗口"), .removed("28"), .added("21"), .same("天")]),
      (nil, "new", [.added("new")]), ("old", nil, [.removed("old")]), ("", "", []),
    ] as [(String?, String?, [WordDiff.Piece])])
  func `only the words that differ are marked`(before: String?, after: String?, pieces: [WordDiff.Piece]) {
    #expect(WordDiff(from: before, to: after).pieces == pieces)
  }

  @Test(arguments: [
    ("one two three", "three two one"), ("a  b\nc", "a b\nc d"), ("", "x y"), ("值 <b> & é", "值 <i> & é 完"),
  ])
  func `what stays and was removed is the former text, what stays and was added the new one`(
    before: String, after: String
  ) {
    var (former, new) = ("", "")
    for piece in WordDiff(from: before, to: after).pieces {
      switch piece {
      case .same(let text):
        former += text
        new += text
      case .removed(let text): former += text
      case .added(let text): new += text
      }
    }
    #expect(former == before && new == after)
  }

  @Test func `texts too long to be compared word by word are told as a whole, but for what they begin and end with`() {
    let (old, new) = ((1...900).map { "a\($0)" }, (1...900).map { "b\($0)" })
    let pieces = WordDiff(
      from: "first " + old.joined(separator: " ") + " last", to: "first " + new.joined(separator: " ") + " last"
    ).pieces
    #expect(pieces.first == .same("first ") && pieces.last == .same(" last") && pieces.count == 4)
  }

  @Test func `a change is marked by its element and in words, not by color`() {
    let html = WordDiff(from: "two doses", to: "three doses").markup(Words(.english, messages: [:])).printed(as: .html)
    #expect(html.contains("<del><span class=\"unseen\">removed: </span>two</del>"))
    #expect(html.contains("<ins><span class=\"unseen\">added: </span>three</ins> doses"))
  }

  @Test func `of a long text what stands beside a change is shown`() {
    let (before, after) = (String(repeating: "before ", count: 200), String(repeating: " after", count: 200))
    let html = WordDiff(from: before + "old" + after, to: before + "new" + after)
      .markup(Words(.english, messages: [:])).printed(as: .html)
    #expect(html.hasPrefix(" … ") && html.hasSuffix(" … "))
    #expect(html.contains("before before <del>") && html.contains("</ins> after after"))
    #expect(html.count < 600)
  }
}
