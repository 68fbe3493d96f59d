// Labels prints what is put on cells: a number with its check character, whose cells these are, and the same once more
// for a scanner, as a DataMatrix symbol. An SVG in its real size. And QR codes, which a telephone's camera reads.
//
// Not here: what the codes mean, who may print them, how many were printed (Trial).
//
// Always true: the text of the symbol is the text of the label; a printed label shows nothing that is not in it but the
// line of words under it.

public import Markup

/// A label of a collection, lot or bag. It holds codes only, no name and no birth date.
public struct CellLabel: Hashable, Sendable {
  /// The chain-of-identity identifier with its check character.
  public let identity: String
  /// The participant's number with its check character.
  public let participant: String
  /// The number of the collection, lot or bag with its check character.
  public let number: String
  /// Words for people, such as the study's name; not in the symbol.
  public let caption: String

  /// A label of these codes, each with its check character.
  public init(identity: String, participant: String, number: String, caption: String) {
    self.identity = identity
    self.participant = participant
    self.number = number
    self.caption = caption
  }

  /// What a scanner reads: the three codes with blanks between them.
  public var text: String { "\(identity) \(participant) \(number)" }

  /// The label's size, mm.
  public static let width = 70
  /// The label's height, mm.
  public static let height = 25
  /// The edge of a module of the symbol, hundredths of a mm: 0.5 mm, readable by common hand scanners.
  static let moduleHundredths = 50

  /// The label as SVG in its real size.
  ///
  /// - Throws: `UnprintableLabel` if the codes do not fit a symbol.
  public func svg() throws(UnprintableLabel) -> Markup {
    let symbol = try DataMatrix(text)
    let edge = symbol.size * CellLabel.moduleHundredths
    let top = (CellLabel.height * 100 - edge) / 2
    let left = 300
    let textLeft = left + edge + 200
    return .tag(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "width": "\(CellLabel.width)mm", "height": "\(CellLabel.height)mm",
        "viewBox": "0 0 \(CellLabel.width * 100) \(CellLabel.height * 100)",
      ]
    ) {
      Markup.tag("title") { number }
      Markup.tag("rect", ["width": "100%", "height": "100%", "fill": "white"])
      Markup.tag(
        "path",
        ["transform": "translate(\(left) \(top)) scale(\(CellLabel.moduleHundredths))", "d": symbol.path])
      line(number, at: textLeft, 750, size: 420, weight: "bold")
      line(identity, at: textLeft, 1250, size: 340, weight: "normal")
      line(participant, at: textLeft, 1700, size: 340, weight: "normal")
      line(caption, at: textLeft, 2150, size: 230, weight: "normal")
    }
  }

  private func line(_ text: String, at x: Int, _ y: Int, size: Int, weight: String) -> Markup {
    .tag(
      "text",
      [
        "x": "\(x)", "y": "\(y)", "font-family": "monospace", "font-size": "\(size)", "font-weight": weight,
      ]
    ) { text }
  }
}

/// A label whose codes cannot be printed.
public struct UnprintableLabel: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text that was to be printed, shortened to 80 characters.
  public let text: String

  init(_ text: String) { self.text = String(text.prefix(80)) }

  /// What was found and what to do.
  public var description: String {
    "‘\(text)’ cannot be printed as a DataMatrix symbol. Print codes of digits, capital letters and hyphens."
  }
}
