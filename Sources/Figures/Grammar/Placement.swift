/// Places for labels.
enum Placement {
  /// Moves labels of one column apart, as little as it takes: each has a height and a wanted middle. They keep their order
  /// and stay in the range; if they do not fit into it, nil.
  static func spread(_ wanted: [Double], heights: [Double], in range: ClosedRange<Double>) -> [Double]? {
    guard heights.reduce(0, +) <= range.upperBound - range.lowerBound + 1e-6 else { return nil }
    let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
    // Neighbors that touch move as one block, to the mean of what its members want.
    var blocks: [Block] = []
    for index in order {
      var block = Block(members: [index], height: heights[index], sum: wanted[index] - heights[index] / 2, top: 0)
      block.settle(in: range)
      while let above = blocks.last, above.top + above.height > block.top {
        blocks.removeLast()
        block = above.joined(with: block)
        block.settle(in: range)
      }
      blocks.append(block)
    }
    var middles = wanted
    for block in blocks {
      var top = block.top
      for index in block.members {
        middles[index] = top + heights[index] / 2
        top += heights[index]
      }
    }
    return middles
  }

  private struct Block {
    var members: [Int]
    var height: Double
    /// The sum over the members of where each wants the top of the block.
    var sum: Double
    var top: Double

    mutating func settle(in range: ClosedRange<Double>) {
      top = min(max(sum / Double(members.count), range.lowerBound), range.upperBound - height)
    }

    func joined(with below: Block) -> Block {
      Block(
        members: members + below.members, height: height + below.height,
        sum: sum + below.sum - Double(below.members.count) * height, top: top)
    }
  }

  /// The first of these boxes that is free.
  static func first(of candidates: [Box], on canvas: Canvas, avoiding marks: [Box] = []) -> Box? {
    candidates.first { box in canvas.isFree(box) && !marks.contains { $0.overlaps(box) } }
  }
}
