import Analysis
import Testing

@Suite struct ShiftTableTests {
  typealias Result = ShiftTable.Result

  static let group = IncidenceTable.Group("infused", subjects: ["1", "2", "3", "4"])
  static let results = [
    Result(subject: "1", analyte: "Neutrophils", category: "0", time: .baseline),
    Result(subject: "1", analyte: "Neutrophils", category: "4", time: .after(7)),
    Result(subject: "1", analyte: "Neutrophils", category: "1", time: .after(28)),
    Result(subject: "2", analyte: "Neutrophils", category: "1", time: .baseline),
    Result(subject: "2", analyte: "Neutrophils", category: nil, time: .after(28)),
    Result(subject: "2", analyte: "Neutrophils", category: "1", time: .after(7)),
    Result(subject: "3", analyte: "Neutrophils", category: "3", time: .after(7)),
    Result(subject: "8", analyte: "Neutrophils", category: "3", time: .after(7)),
    Result(subject: "1", analyte: "ALT", category: "0", time: .baseline),
  ]
  static func table(_ choice: ShiftTable.Choice) -> ShiftTable {
    ShiftTable(results, groups: [group], categories: ["0", "1", "2", "3", "4"], choosing: choice)
  }

  @Test func `the worst after baseline is compared with baseline, and what is missing has its own line`() {
    let block = Self.table(.worst).blocks[0]
    #expect(block.analyte == "Neutrophils")
    #expect(block.counts[0] == [0, 0, 0, 0, 1, 0])
    #expect(block.counts[1] == [0, 1, 0, 0, 0, 0])
    #expect(block.counts[5] == [0, 0, 0, 1, 0, 1])
    #expect(block.evaluable == 2)
    #expect(block.worsened == Share(1, of: 2))
    #expect(block.share(from: 0, to: 4).percent == "50.0")
  }

  @Test func `the last after baseline counts even where it has no category`() {
    let block = Self.table(.last).blocks[0]
    #expect(block.counts[0] == [0, 1, 0, 0, 0, 0])
    #expect(block.counts[1] == [0, 0, 0, 0, 0, 1])
    #expect(block.evaluable == 1)
  }

  @Test func `every subject of the group is in every analyte's block, and who is in no group is named`() {
    let table = Self.table(.worst)
    #expect(table.blocks.map { $0.counts.joined().reduce(0, +) } == [4, 4])
    #expect(table.blocks.map(\.analyte) == ["Neutrophils", "ALT"])
    #expect(table.outside == ["8"])
  }

  @Test func `the order of the results changes nothing`() {
    let reversed = ShiftTable(
      Self.results.reversed(), groups: [Self.group], categories: ["0", "1", "2", "3", "4"], choosing: .last)
    #expect(Set(reversed.blocks) == Set(Self.table(.last).blocks))
  }
}
