/// The modules of a QR code: patterns by which a reader finds and straightens it, the codewords between them, and a mask over these.
///
/// Source: ISO/IEC 18004:2015, 6.3 (patterns), 7.7 (placement), 7.8 (masks), 7.9 and 7.10 (format and version).
struct QRGrid {
  private let version: QRVersion
  private(set) var dark: [[Bool]]
  /// Whether a module belongs to a pattern and not to the codewords.
  private var isPattern: [[Bool]]
  private var size: Int { version.size }

  init(_ version: QRVersion, codewords: [UInt8]) {
    self.version = version
    dark = Array(repeating: Array(repeating: false, count: version.size), count: version.size)
    isPattern = dark
    putPatterns()
    putFormat(mask: 0)
    place(codewords)
  }

  /// The same with a mask over its codewords.
  func masked(by mask: Int) -> QRGrid {
    var grid = self
    for y in 0..<size {
      for x in 0..<size where !isPattern[y][x] && QRGrid.inverts(mask, x, y) { grid.dark[y][x].toggle() }
    }
    grid.putFormat(mask: mask)
    return grid
  }

  private mutating func set(_ x: Int, _ y: Int, _ value: Bool) {
    guard (0..<size).contains(x), (0..<size).contains(y) else { return }
    dark[y][x] = value
    isPattern[y][x] = true
  }

  private mutating func putPatterns() {
    for place in 0..<size {
      set(6, place, place % 2 == 0)
      set(place, 6, place % 2 == 0)
    }
    for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] {
      square(x, y, reach: 4) { $0 != 2 && $0 != 4 }
    }
    let centers = version.alignments
    for x in centers {
      for y in centers {
        let isAtFinder = (x == 6 && y == 6) || (x == 6 && y == centers.last) || (x == centers.last && y == 6)
        if !isAtFinder { square(x, y, reach: 2) { $0 != 1 } }
      }
    }
    if version.number >= 7 { putVersion() }
  }

  /// A square around a center, dark by the distance from it.
  private mutating func square(_ x: Int, _ y: Int, reach: Int, _ isDark: (Int) -> Bool) {
    for dy in -reach...reach {
      for dx in -reach...reach { set(x + dx, y + dy, isDark(max(abs(dx), abs(dy)))) }
    }
  }

  /// Level M (00) and mask, with their error correction, twice.
  private mutating func putFormat(mask: Int) {
    let bits = (mask << 10 | QRGrid.remainder(mask, steps: 10, by: 0x537)) ^ 0x5412
    func bit(_ place: Int) -> Bool { bits >> place & 1 == 1 }
    for place in 0..<6 { set(8, place, bit(place)) }
    set(8, 7, bit(6))
    set(8, 8, bit(7))
    set(7, 8, bit(8))
    for place in 9..<15 { set(14 - place, 8, bit(place)) }
    for place in 0..<8 { set(size - 1 - place, 8, bit(place)) }
    for place in 8..<15 { set(8, size - 15 + place, bit(place)) }
    set(8, size - 8, true)
  }

  private mutating func putVersion() {
    let bits = version.number << 12 | QRGrid.remainder(version.number, steps: 12, by: 0x1F25)
    for place in 0..<18 {
      let (far, near) = (size - 11 + place % 3, place / 3)
      set(far, near, bits >> place & 1 == 1)
      set(near, far, bits >> place & 1 == 1)
    }
  }

  private static func remainder(_ value: Int, steps: Int, by polynomial: Int) -> Int {
    (0..<steps).reduce(value) { rest, _ in rest << 1 ^ (rest >> (steps - 1)) * polynomial }
  }

  /// The codewords' bits in columns of two, from the right, up and down in turn.
  private mutating func place(_ codewords: [UInt8]) {
    var next = 0
    var right = size - 1
    while right >= 1 {
      if right == 6 { right = 5 }
      let isUpward = (right + 1) & 2 == 0
      for step in 0..<size {
        let y = isUpward ? size - 1 - step : step
        for x in [right, right - 1] where !isPattern[y][x] && next < codewords.count * 8 {
          dark[y][x] = codewords[next >> 3] >> UInt8(7 - next & 7) & 1 == 1
          next += 1
        }
      }
      right -= 2
    }
  }

  private static func inverts(_ mask: Int, _ x: Int, _ y: Int) -> Bool {
    switch mask {
    case 0: (x + y) % 2 == 0
    case 1: y % 2 == 0
    case 2: x % 3 == 0
    case 3: (x + y) % 3 == 0
    case 4: (x / 3 + y / 2) % 2 == 0
    case 5: x * y % 2 + x * y % 3 == 0
    case 6: (x * y % 2 + x * y % 3) % 2 == 0
    default: ((x + y) % 2 + x * y % 3) % 2 == 0
    }
  }

  /// How much the code would mislead a reader; the mask with the least is taken (7.8.3).
  var penalty: Int {
    let columns = (0..<size).map { x in (0..<size).map { dark[$0][x] } }
    let lines = (dark + columns).reduce(0) { $0 + QRGrid.penalty(ofLine: $1) }
    var blocks = 0
    for y in 1..<size {
      for x in 1..<size
      where dark[y][x] == dark[y - 1][x] && dark[y][x] == dark[y][x - 1] && dark[y][x] == dark[y - 1][x - 1] {
        blocks += 3
      }
    }
    let count = dark.reduce(0) { $0 + $1.count { $0 } }
    return lines + blocks + abs(count * 20 - size * size * 10) / (size * size) * 10
  }

  private static let finderLike: [[Bool]] = {
    let core = [true, false, true, true, true, false, true]
    let light = [Bool](repeating: false, count: 4)
    return [core + light, light + core]
  }()

  /// Runs of five and more of one color, and what looks like the pattern of a corner.
  private static func penalty(ofLine line: [Bool]) -> Int {
    var sum = 0
    var run = 1
    for place in 1...line.count {
      if place < line.count, line[place] == line[place - 1] {
        run += 1
      } else {
        if run >= 5 { sum += run - 2 }
        run = 1
      }
    }
    for start in 0...(line.count - 11) where finderLike.contains(Array(line[start..<start + 11])) { sum += 40 }
    return sum
  }
}
