/// A text that was taken out of a file of another kind (an expression in YAML), with the place there of each of its characters.
public struct PlacedText: Sendable {
  /// The text.
  public let text: String
  /// The file that it stands in.
  public let file: String
  /// The places of each line's characters (Unicode scalars), and at its end of what follows.
  private let lines: [[SourceLocation]]

  /// A text with one place a Unicode scalar, and as the last one that of its end.
  ///
  /// Where there are fewer places than that, the last one stands for all that is missing.
  public init(_ text: String, places: [SourceLocation], in file: String) {
    self.text = text
    self.file = file
    let end = places.last ?? SourceLocation(file: file, line: 1, column: 1)
    var lines: [[SourceLocation]] = [[]]
    var previous: Unicode.Scalar?
    for (index, scalar) in text.unicodeScalars.enumerated() {
      let place = index < places.count ? places[index] : end
      // CR LF is one end of line, as it is to the lexer.
      if previous == "\n" || (previous == "\r" && scalar != "\n") { lines.append([]) }
      lines[lines.count - 1].append(place)
      previous = scalar
    }
    if previous == "\n" || previous == "\r" { lines.append([]) }
    lines[lines.count - 1].append(end)
    self.lines = lines
  }

  /// Where the character of that line and column of the text (from 1) stands in the file.
  func place(line: Int, column: Int) -> SourceLocation {
    let line = lines[min(max(line, 1), lines.count) - 1]
    return line.isEmpty
      ? SourceLocation(file: file, line: 1, column: 1) : line[min(max(column, 1), line.count) - 1]
  }

  /// Where the text begins.
  public var start: SourceLocation { place(line: 1, column: 1) }
}

extension Parser {
  /// A parser of a placed text; all that it makes and reports stands where the text stands.
  init(_ placed: PlacedText) {
    let source = LibrarySource(file: placed.file, text: placed.text)
    let (tokens, diagnostics) = Lexer.tokens(of: source)
    func moved(_ location: SourceLocation) -> SourceLocation {
      placed.place(line: location.line, column: location.column)
    }
    self.init(
      tokens: tokens.map {
        Token(
          kind: $0.kind, location: moved($0.location), startsLine: $0.startsLine, isAttached: $0.isAttached,
          comments: $0.comments)
      },
      diagnostics: diagnostics.map {
        Diagnostic($0.message, remedy: $0.remedy, severity: $0.severity, at: moved($0.location))
      }, file: placed.file)
  }

  /// The tree of a placed text that is one expression.
  static func expression(_ placed: PlacedText) -> (Expression?, [Diagnostic]) {
    var parser = Parser(placed)
    return parser.wholeExpression()
  }
}
