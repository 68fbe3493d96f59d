import CQL

/// The text of a YAML file, from which the place of every character of a scalar is found: an expression in it is then read
/// as if it stood in a file of its own, and its mistakes are told at their places.
struct YAMLText: Sendable {
  private let file: String
  private let scalars: [Unicode.Scalar]
  /// Where each line begins in `scalars`.
  private let lines: [Int]

  init(_ text: String, file: String) {
    self.file = file
    scalars = Array(text.unicodeScalars)
    var lines = [0]
    for (index, scalar) in scalars.enumerated() where scalar == "\n" { lines.append(index + 1) }
    self.lines = lines
  }

  /// A scalar with the places of its characters, found by walking along the text as written: quotes, escapes, folding and the
  /// indentation of blocks are in the file and not in the value.
  func placed(_ value: Located<String>) -> PlacedText {
    var walk = Walk(text: self, at: value.location)
    var places: [SourceLocation] = []
    for scalar in value.value.unicodeScalars { places.append(walk.place(of: scalar)) }
    places.append(walk.here)
    return PlacedText(value.value, places: places, in: file)
  }

  private enum Style { case plain, single, double, block }

  /// A walk along one scalar.
  private struct Walk {
    let text: YAMLText
    let style: Style
    let start: SourceLocation
    var index: Int
    var line: Int
    /// The text does not read as the value does (a tag before it): the place of the whole stands for all that follows.
    var isLost = false

    init(text: YAMLText, at start: SourceLocation) {
      self.text = text
      self.start = start
      line = min(max(start.line, 1), text.lines.count)
      index = min(text.lines[line - 1] + max(start.column - 1, 0), text.scalars.count)
      switch index < text.scalars.count ? text.scalars[index] : " " {
      case "'": (style, index) = (.single, index + 1)
      case "\"": (style, index) = (.double, index + 1)
      case "|", ">":
        style = .block
        while index < text.scalars.count, text.scalars[index] != "\n" { index += 1 }
      default: style = .plain
      }
    }

    private var current: Unicode.Scalar? { index < text.scalars.count ? text.scalars[index] : nil }

    var here: SourceLocation {
      isLost ? start : SourceLocation(file: text.file, line: line, column: index - text.lines[line - 1] + 1)
    }

    mutating func place(of scalar: Unicode.Scalar) -> SourceLocation {
      guard !isLost else { return start }
      guard !scalar.properties.isWhitespace else { return here }
      skipSpace()
      let place = here
      if style == .double, current == "\\" {
        skipEscape()
      } else if current == scalar {
        step()
        if style == .single, scalar == "'" { step() }
      } else {
        isLost = true
        return start
      }
      return place
    }

    private mutating func step() {
      if current == "\n" { line += 1 }
      index = min(index + 1, text.scalars.count)
    }

    private mutating func skipSpace() {
      while let scalar = current {
        if scalar.properties.isWhitespace {
          step()
        } else if style == .double, scalar == "\\", index + 1 < text.scalars.count,
          "\n ntr".unicodeScalars.contains(text.scalars[index + 1])
        {
          // An escaped end of line, or white space that is written as an escape.
          step()
          step()
        } else {
          return
        }
      }
    }

    private mutating func skipEscape() {
      step()
      let digits =
        switch current {
        case "x": 2
        case "u": 4
        case "U": 8
        default: 0
        }
      for _ in 0...digits { step() }
    }
  }
}

extension Fields {
  /// Where a key's value stands; without one, where the mapping begins.
  func place(_ key: String) -> SourceLocation { node(key)?.location ?? location }

  /// Where an item of a key's list, or a key of its mapping, stands.
  func place(_ key: String, _ index: Int) -> SourceLocation {
    switch node(key)?.content {
    case .list(let items) where items.indices.contains(index): items[index].location
    case .mapping(let pairs) where pairs.indices.contains(index): pairs[index].key.location
    default: place(key)
    }
  }
}
