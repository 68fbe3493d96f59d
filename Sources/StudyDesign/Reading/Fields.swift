import CQL

/// One YAML mapping read key by key; a key that nobody knows is a problem with a suggestion.
struct Fields {
  /// Where the mapping stands.
  let location: SourceLocation
  private let values: [String: YAMLNode]
  private let what: String

  /// The mapping `node`, called `what` in messages. Nil (and a problem) where it is none.
  init?(_ node: YAMLNode, _ what: String, keys: [String], problems: inout [Problem]) {
    guard case .mapping(let pairs) = node.content else {
      problems.append(
        Problem(
          "expected-mapping", at: node.location, "Expected \(what) as ‘key: value’ lines, found \(node.description).",
          remedy: "Its keys are: \(keys.joined(separator: ", "))."))
      return nil
    }
    location = node.location
    self.what = what
    var values: [String: YAMLNode] = [:]
    for (key, value) in pairs {
      if keys.contains(key.value) {
        values[key.value] = value
      } else {
        // A misspelled key is read as what it means, so that it is not missed a second time.
        if let near = nearest(to: key.value, among: keys), values[near] == nil { values[near] = value }
        problems.append(
          Problem(
            "unknown-key", at: key.location, "\(what) has no key ‘\(key.value)’.".capitalizedFirst,
            remedy: suggestion(
              for: key.value, among: keys, otherwise: "Its keys are: \(keys.joined(separator: ", ")).")))
      }
    }
    self.values = values
  }

  /// The node of a key, if it is there and not empty.
  func node(_ key: String) -> YAMLNode? {
    guard let node = values[key] else { return nil }
    if case .text("") = node.content { return nil }
    return node
  }

  /// The text of a key; nil where it is missing or empty.
  func text(_ key: String, problems: inout [Problem]) -> Located<String>? {
    guard let node = node(key) else { return nil }
    guard case .text(let text) = node.content else {
      problems.append(
        Problem(
          "expected-text", at: node.location, "Expected a text for ‘\(key)’ of \(what), found \(node.description).",
          remedy: "Write it on one line, or as a block after ‘\(key): |’."))
      return nil
    }
    return Located(text, at: node.location)
  }

  /// The text of a key that must be there.
  func requiredText(_ key: String, problems: inout [Problem]) -> Located<String>? {
    guard node(key) != nil else {
      problems.append(
        Problem(
          "missing-key", at: values[key]?.location ?? location, "\(what) has no ‘\(key)’.".capitalizedFirst,
          remedy: "Add ‘\(key): ...’."))
      return nil
    }
    return text(key, problems: &problems)
  }

  /// The items of a list; a single text stands for a list of one.
  func list(_ key: String, problems: inout [Problem]) -> [YAMLNode] {
    guard let node = node(key) else { return [] }
    switch node.content {
    case .list(let items): return items
    case .text: return [node]
    case .mapping:
      problems.append(
        Problem(
          "expected-list", at: node.location, "Expected a list for ‘\(key)’ of \(what), found a mapping.",
          remedy: "Write each item after a dash (- ...)."))
      return []
    }
  }

  /// The texts of a list.
  func texts(_ key: String, problems: inout [Problem]) -> [Located<String>] {
    var texts: [Located<String>] = []
    for item in list(key, problems: &problems) {
      if case .text(let text) = item.content {
        texts.append(Located(text, at: item.location))
      } else {
        problems.append(
          Problem(
            "expected-text", at: item.location, "Expected a text in ‘\(key)’ of \(what), found \(item.description).",
            remedy: "Write one text an item."))
      }
    }
    return texts
  }

  /// The texts of a mapping from words to texts, in order.
  func entries(_ key: String, problems: inout [Problem]) -> [(key: Located<String>, value: YAMLNode)] {
    guard let node = node(key) else { return [] }
    guard case .mapping(let pairs) = node.content else {
      problems.append(
        Problem(
          "expected-mapping", at: node.location,
          "Expected ‘key: value’ lines for ‘\(key)’ of \(what), found \(node.description).",
          remedy: "Write each entry on a line of its own."))
      return []
    }
    return pairs
  }

  /// `true` or `false`; missing is nil.
  func flag(_ key: String, problems: inout [Problem]) -> Bool? {
    guard let text = text(key, problems: &problems) else { return nil }
    switch text.value {
    case "true": return true
    case "false": return false
    default:
      problems.append(
        Problem(
          "expected-flag", at: text.location, "Expected true or false for ‘\(key)’ of \(what), found ‘\(text.value)’.",
          remedy: "Write true or false."))
      return nil
    }
  }

  /// A whole number; missing is nil.
  func number(_ key: String, problems: inout [Problem]) -> Int? {
    guard let text = text(key, problems: &problems) else { return nil }
    guard let number = Int(text.value) else {
      problems.append(
        Problem(
          "expected-number", at: text.location,
          "Expected a whole number for ‘\(key)’ of \(what), found ‘\(text.value)’.", remedy: "Write digits only."))
      return nil
    }
    return number
  }
}

extension String {
  /// The sentence begun with a capital letter.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// Without white space at either end.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}
