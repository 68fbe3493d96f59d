/// How wide a text is in Arial, Helvetica or Liberation Sans, which have the same widths; there is no font on a server.
enum TextWidth {
  /// The width, px. Characters without an entry are taken as wide as a lower-case letter, those of East Asia as a square.
  static func of(_ text: String, size: Double = 12, bold: Bool = false) -> Double {
    let thousandths = text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
    return Double(thousandths) * size / 1000 * (bold ? 1.1 : 1)
  }

  /// Widths of the ASCII characters from U+0020 on, thousandths of the size.
  private static let ascii: [Int] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
  ]

  private static func width(of scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x20...0x7E: return ascii[Int(scalar.value) - 0x20]
    case 0..<0x20, 0x7F..<0xA0, 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: return 0
    case 0x2070...0x207B, 0xB2, 0xB3, 0xB9: return 345
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD, 0x2014, 0x2026, 0x2190...0x21FF:
      return 1000
    default: return scalar.properties.isUppercase ? 722 : 584
    }
  }

  /// The text, or as much of its beginning as fits, with an ellipsis.
  static func fitted(_ text: String, to room: Double, size: Double = 12, bold: Bool = false) -> String {
    guard of(text, size: size, bold: bold) > room else { return text }
    var fitting = ""
    var used = of("…", size: size, bold: bold)
    for character in text {
      used += of(String(character), size: size, bold: bold)
      guard used <= room else { break }
      fitting.append(character)
    }
    while fitting.last == " " { fitting.removeLast() }
    return fitting + "…"
  }

  /// The text in lines that fit, at most `lines` of them, the last one shortened if it must be. Lines end at blanks, after
  /// hyphens and between characters of East Asia; a word too long for a line is broken.
  static func wrapped(_ text: String, to room: Double, size: Double = 12, bold: Bool = false, lines: Int) -> [String] {
    var result: [String] = []
    var line = ""
    var rest = words(of: text)[...]
    while let word = rest.first {
      if of((line + word).trimmingBlanks, size: size, bold: bold) <= room {
        line += word
        rest.removeFirst()
        continue
      }
      if result.count == lines - 1 { break }
      if line.isEmpty {
        let head = String(fitted(word, to: room + of("…", size: size, bold: bold), size: size, bold: bold).dropLast())
        guard !head.isEmpty else { break }
        result.append(head)
        rest[rest.startIndex] = String(word.dropFirst(head.count))
      } else {
        result.append(line.trimmingBlanks)
        line = ""
      }
    }
    let last = (line + rest.joined()).trimmingBlanks
    return last.isEmpty ? result : result + [fitted(last, to: room, size: size, bold: bold)]
  }

  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in text {
      word.append(character == "\n" || character == "\t" ? " " : character)
      let isSquare = character.unicodeScalars.first.map { $0.value >= 0x2E80 } ?? false
      guard character.isWhitespace || character == "-" || isSquare else { continue }
      words.append(word)
      word = ""
    }
    return word.isEmpty ? words : words + [word]
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
