/// From which category at baseline to which after it, by analyte and group: the table of laboratory shifts.
///
/// A function of plain rows. What is low and what is high are two directions of worse: give them as two analytes
/// ("neutrophils, low"), or their order decides which of the two is the worst.
public struct ShiftTable: Sendable, Hashable {
  /// A row in: one result of one subject.
  public struct Result: Sendable, Hashable {
    /// When a result was taken.
    public enum Time: Sendable, Hashable {
      /// The one result that later ones are compared with.
      case baseline
      /// After it; a later one has a higher number, such as the study day.
      case after(Int)
    }

    /// Whose.
    public let subject: String
    /// Of what.
    public let analyte: String
    /// The grade or class of the value; nil where it could not be classed.
    public let category: String?
    /// When.
    public let time: Time

    /// A result.
    public init(subject: String, analyte: String, category: String?, time: Time) {
      self.subject = subject
      self.analyte = analyte
      self.category = category
      self.time = time
    }
  }

  /// Which result after baseline stands for a subject.
  public enum Choice: Sendable, Hashable {
    /// The worst category by the order of the table; one without category counts only where there is no other.
    case worst
    /// The latest result, whatever its category; of two at one time the worse.
    case last
  }

  /// What one group's subjects went from and to, of one analyte.
  public struct Block: Sendable, Hashable {
    /// The analyte.
    public let analyte: String
    /// The place of the group in `groups`.
    public let group: Int
    /// Subjects, by baseline category and by category after it; the last line and column are the missing ones.
    public let counts: [[Int]]

    /// Subjects with a category at baseline and after it: the denominator of a shift.
    public var evaluable: Int { counts.dropLast().reduce(0) { $0 + $1.dropLast().reduce(0, +) } }

    /// Those who went from one category to another, of those evaluable; indexes into `categories`.
    public func share(from: Int, to: Int) -> Share { Share(counts[from][to], of: evaluable) }

    /// Those whose category after baseline is a worse one, of those evaluable.
    public var worsened: Share {
      let worse = counts.dropLast().enumerated().reduce(0) { sum, line in
        sum + line.element.dropLast().dropFirst(line.offset + 1).reduce(0, +)
      }
      return Share(worse, of: evaluable)
    }
  }

  /// The groups.
  public let groups: [IncidenceTable.Group]
  /// The categories, from the best to the worst.
  public let categories: [String]
  /// A block for each analyte and group; analytes in the order in which they first appear.
  public let blocks: [Block]
  /// Subjects in no group that have a result, in order: they are counted in no block.
  public let outside: [String]

  /// The table of these results; `categories` from the best to the worst, and one that is not among them is missing. A
  /// subject of a group without any result of an analyte is counted as missing at both times.
  public init(
    _ results: [Result], groups: [IncidenceTable.Group], categories: [String], choosing choice: Choice = .worst
  ) {
    self.groups = groups
    self.categories = categories
    let grouped = groups.reduce(into: Set<String>()) { $0.formUnion($1.subjects) }
    outside = Set(results.map(\.subject)).subtracting(grouped).sorted()
    let ranks = Dictionary(categories.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let missing = categories.count
    var analytes: [String] = []
    var seen: Set<String> = []
    for result in results where seen.insert(result.analyte).inserted { analytes.append(result.analyte) }
    let byAnalyte = Dictionary(grouping: results, by: \.analyte)
    var blocks: [Block] = []
    for analyte in analytes {
      let bySubject = Dictionary(grouping: byAnalyte[analyte] ?? [], by: \.subject)
      let shifts = bySubject.mapValues { Self.shift(of: $0, ranks: ranks, missing: missing, choosing: choice) }
      for (index, group) in groups.enumerated() {
        var counts = Array(repeating: Array(repeating: 0, count: missing + 1), count: missing + 1)
        for subject in group.subjects {
          let (from, to) = shifts[subject] ?? (missing, missing)
          counts[from][to] += 1
        }
        blocks.append(Block(analyte: analyte, group: index, counts: counts))
      }
    }
    self.blocks = blocks
  }

  /// Of two baselines the worse stands, so that no shift is made larger than it was recorded to be.
  private static func shift(
    of results: [Result], ranks: [String: Int], missing: Int, choosing choice: Choice
  ) -> (from: Int, to: Int) {
    var (from, to) = (Int?.none, Int?.none)
    var latest = Int.min
    for result in results {
      let rank = result.category.flatMap { ranks[$0] }
      switch (result.time, choice) {
      case (.baseline, _): from = worse(from, rank)
      case (.after, .worst): to = worse(to, rank)
      case (.after(let time), .last):
        guard time >= latest else { continue }
        to = time == latest ? worse(to, rank) : rank
        latest = time
      }
    }
    return (from ?? missing, to ?? missing)
  }

  private static func worse(_ a: Int?, _ b: Int?) -> Int? { [a, b].compactMap { $0 }.max() }
}

extension ShiftTable: Encodable {
  private enum Key: String, CodingKey { case groups, categories, blocks }
  private enum BlockKey: String, CodingKey { case analyte, group, evaluable, worsened, counts }

  /// Writes groups with their size, the categories, and a block an analyte and group: `counts` by category at baseline and
  /// after it, the last line and column being the missing ones.
  public func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: Key.self)
    try members.encode(categories, forKey: .categories)
    try members.encode(groups, forKey: .groups)
    var lines = members.nestedUnkeyedContainer(forKey: .blocks)
    for block in blocks {
      var line = lines.nestedContainer(keyedBy: BlockKey.self)
      try line.encode(block.analyte, forKey: .analyte)
      try line.encode(groups[block.group].name, forKey: .group)
      try line.encode(block.evaluable, forKey: .evaluable)
      try line.encode(block.worsened, forKey: .worsened)
      try line.encode(block.counts, forKey: .counts)
    }
  }
}
