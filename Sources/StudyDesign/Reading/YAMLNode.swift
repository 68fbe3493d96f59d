import CQL
import Yams

/// A node of a YAML file with the place where it stands.
struct YAMLNode: Sendable {
  enum Content: Sendable {
    /// A scalar by its text, quotes removed; empty for `key:` without a value.
    case text(String)
    case list([YAMLNode])
    case mapping([(key: Located<String>, value: YAMLNode)])
  }
  let content: Content
  let location: SourceLocation

  /// The words of a message for what stands here.
  var description: String {
    switch content {
    case .text(let text): text.isEmpty ? "nothing" : "‘\(text.prefix(40))’"
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }

  /// Reads one document; broken YAML is a problem of its place.
  static func read(_ text: String, file: String) throws(Problem) -> YAMLNode {
    let start = SourceLocation(file: file, line: 1, column: 1)
    let root: Yams.Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      throw problem(error, in: text, file: file)
    }
    guard let root else {
      throw Problem("yaml", at: start, "The file is empty.", remedy: "docs/writing-a-study.md shows what stands in it.")
    }
    return try YAMLNode(root, file: file, inherited: start)
  }

  private init(_ node: Yams.Node, file: String, inherited: SourceLocation) throws(Problem) {
    location = node.mark.map { SourceLocation(file: file, line: $0.line, column: $0.column) } ?? inherited
    switch node {
    case .scalar(let scalar):
      let isNull = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
      content = .text(isNull ? "" : scalar.string)
    case .sequence(let sequence):
      var items: [YAMLNode] = []
      for item in sequence { items.append(try YAMLNode(item, file: file, inherited: location)) }
      content = .list(items)
    case .mapping(let mapping):
      var pairs: [(key: Located<String>, value: YAMLNode)] = []
      for (key, value) in mapping {
        let keyNode = try YAMLNode(key, file: file, inherited: location)
        guard case .text(let name) = keyNode.content else {
          throw Problem(
            "yaml", at: keyNode.location, "A key of a mapping is \(keyNode.description), not a word.",
            remedy: "Write ‘key: value’.")
        }
        pairs.append(
          (Located(name, at: keyNode.location), try YAMLNode(value, file: file, inherited: keyNode.location)))
      }
      content = .mapping(pairs)
    case .alias:
      throw Problem(
        "yaml", at: location, "Aliases (*name) are not used in study files.", remedy: "Write the value out.")
    }
  }

  /// The place and the words of a YAML error.
  private static func problem(_ error: any Error, in text: String, file: String) -> Problem {
    func at(_ mark: Mark) -> SourceLocation { SourceLocation(file: file, line: mark.line, column: mark.column) }
    switch error as? YamlError {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let words = [context?.text, problem].compactMap(\.self).joined(separator: ", ")
      return Problem(
        "yaml", at: at(mark), "This is not YAML: \(words).",
        remedy: "Check indentation (spaces, never tabs) and quotes.")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let key = duplicates.first ?? ""
      return Problem(
        "duplicate-key", at: secondUse(of: key, from: context.mark, in: text, file: file),
        "The key ‘\(key)’ stands twice in one mapping.", remedy: "Remove one of the two.")
    default:
      return Problem(
        "yaml", at: SourceLocation(file: file, line: 1, column: 1), "This is not YAML: \(error).",
        remedy: "Save the file as UTF-8 text.")
    }
  }

  /// Where a key stands a second time in the block mapping that begins at `mark`; the mapping itself if it is not in block style.
  private static func secondUse(of key: String, from mark: Mark, in text: String, file: String) -> SourceLocation {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var uses = 0
    for number in max(mark.line, 1)..<max(lines.count + 1, mark.line + 1) where number <= lines.count {
      let cell = lines[number - 1].dropFirst(mark.column - 1)
      if cell.hasPrefix("\(key):") || cell.hasPrefix("\"\(key)\":") { uses += 1 }
      if uses == 2 { return SourceLocation(file: file, line: number, column: mark.column) }
    }
    return SourceLocation(file: file, line: mark.line, column: mark.column)
  }
}
