import Markup

/// What differs between two texts, word by word; a Chinese character is a word.
///
/// A longest common subsequence of the words stays, what stands between is removed or added. Source: Hunt JW, Szymanski TG.
/// Commun ACM 1977;20(5):350-353.
struct WordDiff: Equatable {
  /// A run of words.
  enum Piece: Equatable {
    case same(String)
    case removed(String)
    case added(String)
  }

  /// The runs, in the order of the text; what was removed stands before what took its place.
  let pieces: [Piece]

  /// Words compared with each other at most: beyond, what lies between the common beginning and end is told as a whole.
  private static let limit = 400_000

  /// What differs; a text that is not there has no words. Cost: the product of the words between common beginning and end.
  init(from before: String?, to after: String?) {
    let (old, new) = (WordDiff.words(before ?? ""), WordDiff.words(after ?? ""))
    let start = zip(old, new).prefix { $0 == $1 }.count
    let end = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed()).prefix { $0 == $1 }.count
    var runs = Runs()
    runs.add(.same, old[..<start])
    WordDiff.compare(old[start..<(old.count - end)], new[start..<(new.count - end)], &runs)
    runs.add(.same, old[(old.count - end)...])
    pieces = runs.pieces
  }

  private static func compare(_ old: ArraySlice<Substring>, _ new: ArraySlice<Substring>, _ runs: inout Runs) {
    guard old.count * new.count <= limit else {
      runs.add(.removed, old)
      runs.add(.added, new)
      return
    }
    let (old, new) = (Array(old), Array(new))
    // common[i][j]: how many words the texts from their words i and j on have in common.
    var common = [[Int]](repeating: [Int](repeating: 0, count: new.count + 1), count: old.count + 1)
    for i in old.indices.reversed() {
      for j in new.indices.reversed() {
        common[i][j] = old[i] == new[j] ? common[i + 1][j + 1] + 1 : max(common[i + 1][j], common[i][j + 1])
      }
    }
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if i < old.count, j < new.count, old[i] == new[j] {
        runs.add(.same, old[i...i])
        (i, j) = (i + 1, j + 1)
      } else if j == new.count || (i < old.count && common[i + 1][j] >= common[i][j + 1]) {
        runs.add(.removed, old[i...i])
        i += 1
      } else {
        runs.add(.added, new[j...j])
        j += 1
      }
    }
  }

  /// Words, blanks and single other characters; joined they give the text again.
  private static func words(_ text: String) -> [Substring] {
    var words: [Substring] = []
    var rest = text[...]
    while let first = rest.first {
      let length: Int
      if first.isWhitespace {
        length = rest.prefix(while: \.isWhitespace).count
      } else {
        length = max(1, rest.prefix(while: isOfWord).count)
      }
      words.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return words
  }

  /// Letters of scripts that part their words by blanks, and figures with their decimal marks.
  private static func isOfWord(_ character: Character) -> Bool {
    (character.isLetter && character.unicodeScalars.allSatisfy { $0.value < 0x2E80 }) || character.isNumber
      || character == "." || character == "_"
  }

  /// Pieces in the making: words of one kind in a row are one run, and a run of removed words goes before the added ones.
  private struct Runs {
    enum Kind { case same, removed, added }
    private var done: [Piece] = []
    private var (removed, added) = ("", "")
    private var same = ""

    mutating func add(_ kind: Kind, _ words: ArraySlice<Substring>) {
      guard !words.isEmpty else { return }
      switch kind {
      case .same:
        closeChange()
        same += words.joined(separator: "")
      case .removed:
        closeSame()
        removed += words.joined(separator: "")
      case .added:
        closeSame()
        added += words.joined(separator: "")
      }
    }

    private mutating func closeSame() {
      if !same.isEmpty { done.append(.same(same)) }
      same = ""
    }

    private mutating func closeChange() {
      if !removed.isEmpty { done.append(.removed(removed)) }
      if !added.isEmpty { done.append(.added(added)) }
      (removed, added) = ("", "")
    }

    var pieces: [Piece] {
      var all = self
      all.closeSame()
      all.closeChange()
      return all.done
    }
  }
}

extension WordDiff {
  /// Of a long text that stays so many characters are shown beside each change.
  private static let context = 160

  /// The text with its changes: removed words struck through, added ones underlined, both said to whoever does not see them. Of long parts
  /// that stay only what stands beside a change is shown.
  func markup(_ words: Words) -> Markup {
    .fragment(
      pieces.enumerated().map { place, piece in
        switch piece {
        case .same(let text):
          .text(WordDiff.shortened(text, isFirst: place == 0, isLast: place == pieces.count - 1))
        case .removed(let text): changed("del", words["removed:"], text)
        case .added(let text): changed("ins", words["added:"], text)
        }
      })
  }

  private static func shortened(_ text: String, isFirst: Bool, isLast: Bool) -> String {
    // Before the first change the end is shown, after the last one the beginning, between two both.
    let (head, tail) = (isFirst ? 0 : context, isLast ? 0 : context)
    guard head + tail > 0, text.count > head + tail + context else { return text }
    return String(text.prefix(head)) + " … " + String(text.suffix(tail))
  }

  private func changed(_ name: String, _ said: String, _ text: String) -> Markup {
    .tag(name) {
      Markup.tag("span", ["class": "unseen"]) { said + " " }
      text
    }
  }
}
