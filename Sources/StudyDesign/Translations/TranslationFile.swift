import CQL

/// What `translations/<language>.yaml` says, with the places of its words, before it is checked against the study's.
struct TranslationFile {
  /// An entry: words of the study, and what they are in the language.
  struct Entry {
    let words: Located<String>
    let translation: Located<String>
  }

  static let folder = "translations"

  /// The file, from the version's folder.
  let file: String
  /// The language, by the name of the file.
  let language: String
  /// Its sections, in order.
  private(set) var sections: [(name: Located<String>, entries: [Entry])] = []
  /// What is wrong in it.
  private(set) var problems: [Problem] = []

  /// Its entries, in order.
  var entries: [Entry] { sections.flatMap(\.entries) }

  /// What it comes to; meaningful only where nothing is wrong with it.
  var translation: Translation {
    Translation(
      language: language,
      entries: Dictionary(
        entries.map { ($0.words.value, $0.translation.value) }, uniquingKeysWith: { first, _ in first }))
  }

  /// The translations of a version's folder; there need be none.
  static func all(in folder: StudyFolder) -> [TranslationFile] {
    folder.files(in: TranslationFile.folder, ending: ".yaml").map { TranslationFile($0, in: folder) }
  }

  private init(_ file: String, in folder: StudyFolder) {
    do throws(Problem) { self.init(try folder.text(file), file: file) } catch {
      self.init("{}", file: file)
      problems = [error]
    }
  }

  /// Reads the text of a file.
  init(_ text: String, file: String) {
    self.file = file
    language = String((file.split(separator: "/").last ?? "").dropLast(".yaml".count))
    let start = SourceLocation(file: file, line: 1, column: 1)
    if !TranslationFile.isTag(language) {
      problems.append(
        Problem(
          "language-tag", at: start, "‘\(language)’ is no tag of a language.",
          remedy: "Name the file by BCP 47: zh-Hans.yaml, de.yaml."))
    }
    do throws(Problem) {
      let root = try YAMLNode.read(text, file: file)
      for (name, node) in try pairs(root, "sections, each named by a file of the study") {
        var entries: [Entry] = []
        for (words, node) in try pairs(node, "the study's words, each with its translation") {
          guard case .text(let translation) = node.content else {
            throw Problem(
              "expected-text", at: node.location, "Expected a text as a translation, found \(node.description).",
              remedy: "Write ‘\"words of the study\": \"words of the language\"’.")
          }
          entries.append(Entry(words: words, translation: Located(translation, at: node.location)))
        }
        sections.append((name, entries))
      }
    } catch {
      problems.append(error)
    }
  }

  private func pairs(_ node: YAMLNode, _ what: String) throws(Problem) -> [(key: Located<String>, value: YAMLNode)] {
    switch node.content {
    case .mapping(let pairs): return pairs
    case .text(""): return []
    default:
      throw Problem(
        "expected-mapping", at: node.location, "Expected \(what), found \(node.description).",
        remedy: "docs/writing-a-study.md shows what stands in it.")
    }
  }

  /// A language of two or three letters, and subtags: what the tags of BCP 47 (RFC 5646, section 2.1) that are in use look like.
  private static func isTag(_ tag: String) -> Bool {
    let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { part in
      (1...8).contains(part.count) && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
    return isPlain && (2...3).contains(parts[0].count) && parts[0].allSatisfy(\.isLetter)
  }
}
