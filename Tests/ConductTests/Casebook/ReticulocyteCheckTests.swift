import Rules
import StudyDesign
import Testing
import Trial

@testable import Conduct

/// Percent and count of reticulocytes fit each other by the red cells of their day, or by any that are possible.
struct ReticulocyteCheckTests {
  @Test(
    arguments: [
      ("80", "4.0", false), ("30", "4.0", true), ("200", "4.0", true), ("30", "1.5", false),
      ("30", nil, false), ("9", nil, true), ("170", nil, true),
    ] as [(String, String?, Bool)])
  func `two percent is about twenty to a trillion red cells, in both directions`(
    _ count: String, _ redCells: String?, _ fires: Bool
  ) throws {
    let edition = try CasebookStage.edition.get()
    var desk = CasebookDesk(try CasebookStage.moment("2026-03-14"))
    let taken = Entry("LBDTC", .value("2026-03-14T09:00+08:00"))
    let form = try FormKey("SCR/1/hemolysis/1")
    desk.save(
      [
        taken, Entry("LBORRES_RETIP", .value("2", unit: "%")),
        Entry("LBORRES_RETI", .value(count, unit: "10*9/L")),
      ], of: form)
    if let redCells {
      desk.save(
        [taken, Entry("LBORRES_RBC", .value(redCells, unit: "10*12/L"))], of: try FormKey("SCR/1/hematology/1"))
    }
    let source = desk.source()
    let merged = try #require(try source.record(by: edition.study))
    let painter = FormPainter(source: source, edition: edition, moment: desk.now, record: merged.record)
    let picture = try #require(try painter.pictures(of: [form])[form])
    #expect(picture.fired.contains { $0.check == "HMLYS-RETI" } == fires)
  }
}
