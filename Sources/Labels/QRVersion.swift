/// A size of QR code with its tables for error correction level M, and the way from bytes to its codewords.
///
/// Source: ISO/IEC 18004:2015, tables 1, 7, 9 and E.1.
struct QRVersion: Hashable, Sendable {
  /// Its number, 1 to 10.
  let number: Int
  /// All of its codewords.
  let total: Int
  /// Codewords of error correction in a block.
  let corrections: Int
  /// How many blocks the codewords are split into.
  let blocks: Int
  /// Rows and columns at which alignment patterns have their centers.
  let alignments: [Int]

  static let all: [QRVersion] = [
    QRVersion(number: 1, total: 26, corrections: 10, blocks: 1, alignments: []),
    QRVersion(number: 2, total: 44, corrections: 16, blocks: 1, alignments: [6, 18]),
    QRVersion(number: 3, total: 70, corrections: 26, blocks: 1, alignments: [6, 22]),
    QRVersion(number: 4, total: 100, corrections: 18, blocks: 2, alignments: [6, 26]),
    QRVersion(number: 5, total: 134, corrections: 24, blocks: 2, alignments: [6, 30]),
    QRVersion(number: 6, total: 172, corrections: 16, blocks: 4, alignments: [6, 34]),
    QRVersion(number: 7, total: 196, corrections: 18, blocks: 4, alignments: [6, 22, 38]),
    QRVersion(number: 8, total: 242, corrections: 22, blocks: 4, alignments: [6, 24, 42]),
    QRVersion(number: 9, total: 292, corrections: 22, blocks: 5, alignments: [6, 26, 46]),
    QRVersion(number: 10, total: 346, corrections: 26, blocks: 5, alignments: [6, 28, 50]),
  ]

  /// Modules along an edge.
  var size: Int { 17 + 4 * number }
  /// Codewords that carry data.
  private var data: Int { total - corrections * blocks }
  /// Bits that tell how many bytes follow.
  private var countBits: Int { number < 10 ? 8 : 16 }
  /// How many bytes it holds.
  var capacity: Int { (data * 8 - 4 - countBits) / 8 }

  /// The codewords of some bytes, as they are placed: data and correction of the blocks, taken in turn.
  func codewords(of bytes: [UInt8]) -> [UInt8] {
    let padded = padded(bytes)
    let short = total / blocks
    var start = 0
    var parts: [(data: [UInt8], correction: [UInt8])] = []
    for block in 0..<blocks {
      let length = short - corrections + (block < blocks - total % blocks ? 0 : 1)
      let part = Array(padded[start..<start + length])
      parts.append((part, ReedSolomon.correction(of: part, count: corrections)))
      start += length
    }
    let longest = short - corrections + 1
    return (0..<longest).flatMap { place in parts.compactMap { place < $0.data.count ? $0.data[place] : nil } }
      + (0..<corrections).flatMap { place in parts.map { $0.correction[place] } }
  }

  /// Mode, count, bytes, terminator, and the two bytes that fill what is left.
  private func padded(_ bytes: [UInt8]) -> [UInt8] {
    var bits: [Bool] = []
    func put(_ value: Int, _ count: Int) { bits += (0..<count).reversed().map { value >> $0 & 1 == 1 } }
    put(0b0100, 4)
    put(bytes.count, countBits)
    for byte in bytes { put(Int(byte), 8) }
    put(0, min(4, data * 8 - bits.count))
    put(0, (8 - bits.count % 8) % 8)
    var words = stride(from: 0, to: bits.count, by: 8).map { start in
      bits[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
    }
    for filling in 0..<(data - words.count) { words.append(filling % 2 == 0 ? 0xEC : 0x11) }
    return words
  }
}

/// Reed-Solomon codes over GF(256) by x^8 + x^4 + x^3 + x^2 + 1. Source: ISO/IEC 18004:2015, 7.5.2 and annex A.
enum ReedSolomon {
  /// So many codewords of correction for some data: the remainder by the generator polynomial.
  static func correction(of data: [UInt8], count: Int) -> [UInt8] {
    let generator = generator(count)
    var rest = [UInt8](repeating: 0, count: count)
    for byte in data {
      let factor = byte ^ rest.removeFirst()
      rest.append(0)
      for place in rest.indices { rest[place] ^= product(generator[place], factor) }
    }
    return rest
  }

  /// The coefficients of (x - 1)(x - 2)(x - 4)..., without the leading 1.
  private static func generator(_ degree: Int) -> [UInt8] {
    var coefficients = [UInt8](repeating: 0, count: degree)
    coefficients[degree - 1] = 1
    var root: UInt8 = 1
    for _ in 0..<degree {
      for place in coefficients.indices {
        coefficients[place] = product(coefficients[place], root)
        if place + 1 < degree { coefficients[place] ^= coefficients[place + 1] }
      }
      root = product(root, 2)
    }
    return coefficients
  }

  private static func product(_ a: UInt8, _ b: UInt8) -> UInt8 {
    var result = 0
    for bit in (0..<8).reversed() {
      result = result << 1 ^ (result >> 7) * 0x11D
      result ^= Int(b >> UInt8(bit) & 1) * Int(a)
    }
    return UInt8(result & 0xFF)
  }
}
