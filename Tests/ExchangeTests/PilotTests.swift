import Analysis
import ClinicalValues
import Exchange
import Foundation
import StudyDesign
import Testing
import Trial

@testable import tandem

/// Where the pilot study is: its files here, and its data where `scripts/test` had them written (or `TANDEM_PILOT` names them).
enum PilotFolder {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let study = root.appending(path: "Studies/cdisc-pilot/1.0").path
  static let data =
    ProcessInfo.processInfo.environment["TANDEM_PILOT"] ?? root.appending(path: ".build/pilot").path
  static let holdsData = FileManager.default.fileExists(atPath: "\(data)/expected.json")
}

/// What pilot.py computed from the same data with pandas.
struct PilotExpectation: Decodable {
  struct Cell: Decodable, Equatable {
    let subjects: Int
    let events: Int
    let worst: [Int]
  }

  let rows: [String: Int]
  let values: [String: Int]
  let partialDates: [String]
  let times: Int
  let sums: [String: String]
  let treatments: [String: Int]
  let emergence: [String: Int]
  let incidence: [String: [Cell]]
  let shifts: [String: [String: [[Int]]]]
  let resultsOfNeither: Int
}

/// CDISC's pilot study, read once for all tests.
struct PilotReading {
  let expected: PilotExpectation
  let taken: SDTMImport
  let safety: CasebookSafety
  let tables: SDTMTables

  static let shared = Result { try PilotReading() }

  private init() throws {
    expected = try JSONDecoder().decode(
      PilotExpectation.self, from: Data(contentsOf: URL(filePath: "\(PilotFolder.data)/expected.json")))
    let study = try StudyCommand.read(PilotFolder.study)
    let folder = try TransportFolder(PilotFolder.data)
    #expect(folder.faults.isEmpty)
    taken = SDTMImport(folder.files, into: study.casebook, by: SDTMImportTests.circumstances)
    safety = CasebookSafety(taken.casebooks, plan: study.casebook, treatment: "ARM")
    tables = SDTMTables(taken, of: study, safety: safety)
  }
}

@Suite(
  .enabled(
    if: PilotFolder.holdsData,
    "the pilot study’s data are not there: scripts/test writes them to .build/pilot, and TANDEM_PILOT names another folder"
  ))
struct PilotTests {
  let pilot: PilotReading

  init() throws { pilot = try PilotReading.shared.get() }

  @Test func `every row of the files is taken`() {
    let reports = pilot.taken.reports
    #expect(Dictionary(uniqueKeysWithValues: reports.map { ($0.dataset, $0.taken) }) == pilot.expected.rows)
    #expect(reports.allSatisfy { $0.rows == $0.taken && $0.refused.isEmpty && $0.heldBack == 0 })
    #expect(pilot.taken.casebooks.count == 306)
    #expect(pilot.taken.studyID == "CDISCPILOT01")
  }

  /// Each value is an answer, part of a key, or told as one that no item takes; a time of day makes two of one.
  @Test func `every value of the files is in a casebook or told`() throws {
    var answers: [String: Int] = [:]
    for casebook in pilot.taken.casebooks.values {
      for (key, record) in casebook.forms {
        answers[key.form.uppercased(), default: 0] += record.items.count
        if record.items["LBTIM"] != nil || record.items["RFPENTIM"] != nil {
          answers[key.form.uppercased(), default: 0] -= 1
        }
      }
    }
    let keys = ["DM": 3, "AE": 4, "CM": 4, "EX": 4, "LB": 6, "VS": 6]
    for report in pilot.taken.reports {
      let accounted = try #require(answers[report.dataset]) + report.unplaced.map(\.values).reduce(0, +)
      let inKeys = try #require(keys[report.dataset]) * report.rows
      #expect(accounted + inKeys == pilot.expected.values[report.dataset], "\(report.dataset)")
    }
  }

  @Test func `partial dates stay partial, times are kept, numbers add up to the last digit`() throws {
    var (partial, times): ([String], Int) = ([], 0)
    var sums: [String: Int] = [:]
    for casebook in pilot.taken.casebooks.values {
      for (key, record) in casebook.forms {
        if key.form == "ae", let date = record.entry("AESTDTC")?.answer.text, date.utf8.count < 10 {
          partial.append(date)
        }
        if record.items["LBTIM"] != nil { times += 1 }
        for item in pilot.expected.sums.keys {
          guard let text = record.entry(item)?.answer.text else { continue }
          let units = try #require(Decimal(exactly: text)?.rounded(to: 5)?.units, "\(item): \(text)")
          sums[item, default: 0] += Int(units / 1000)
        }
      }
    }
    #expect(partial.sorted() == pilot.expected.partialDates)
    #expect(times == pilot.expected.times)
    #expect(sums.mapValues { "\($0)" } == pilot.expected.sums)
  }

  /// Table 14-5.01 of the CDISC pilot's report.
  @Test func `subjects with any event and events are those of the published table`() throws {
    let any = try #require(pilot.tables.incidence.rows.first)
    #expect(pilot.tables.incidence.groups.map(\.name) == ["Placebo", "Xanomeline High Dose", "Xanomeline Low Dose"])
    #expect(any.cells.map(\.subjects.count) == [65, 76, 77])
    #expect(any.cells.map(\.subjects.total) == [86, 84, 84])
    #expect(any.cells.map(\.subjects.percent) == ["75.6", "90.5", "91.7"])
    #expect(any.cells.map(\.events) == [281, 433, 412])
  }

  @Test func `incidence by class, term and severity is that of pandas`() {
    #expect(pilot.safety.emergence.after == pilot.expected.emergence["onOrAfter"])
    #expect(pilot.safety.emergence.before == pilot.expected.emergence["before"])
    #expect(pilot.safety.emergence.uncertain == pilot.expected.emergence["uncertain"])
    let rows = pilot.tables.incidence.rows
    #expect(rows.count == pilot.expected.incidence.count)
    for row in rows {
      let name = [row.category, row.term].compactMap(\.self).joined(separator: " / ")
      let cells = row.cells.map {
        PilotExpectation.Cell(subjects: $0.subjects.count, events: $0.events, worst: $0.worst)
      }
      #expect(cells == pilot.expected.incidence[name], "\(name)")
      #expect(row.cells.allSatisfy { $0.ungraded == 0 })
    }
  }

  @Test func `laboratory shifts to the last, the highest and the lowest class are those of pandas`() throws {
    for (direction, table) in zip(SDTMTables.Direction.all, pilot.tables.shifts) {
      let expected = try #require(pilot.expected.shifts[direction.id])
      #expect(table.blocks.count == expected.count)
      #expect(table.outside.isEmpty)
      for block in table.blocks {
        let name = "\(block.analyte) / \(table.groups[block.group].name)"
        #expect(block.counts == expected[name], "\(direction.id): \(name)")
      }
    }
    #expect(pilot.safety.otherResults == pilot.expected.resultsOfNeither)
  }
}
