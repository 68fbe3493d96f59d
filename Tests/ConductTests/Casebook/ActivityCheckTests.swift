import Rules
import StudyDesign
import Testing
import Trial

@testable import Conduct

/// What is flagged of a rating and of a measurement that the software does not compute itself (the activity reference, 7 and 11).
struct ActivityCheckTests {
  @Test(
    arguments: [
      ("5.0", "assistance-none", "500", nil), ("5.5", "assistance-none", "500", "EDSS-DISTANCE"),
      ("4.5", "assistance-none", "499", nil), ("4.0", "assistance-none", "499", "EDSS-WALK"),
      ("5.0", "assistance-none", "200", nil), ("4.5", "assistance-none", "299", "EDSS-WALK"),
      ("5.5", "assistance-none", "199", nil), ("5.0", "assistance-none", "100", "EDSS-WALK"),
      ("6.0", "assistance-none", "99", nil), ("5.5", "assistance-none", "99", "EDSS-WALK"),
      ("6.5", "assistance-bilateral", nil, nil), ("7.0", "assistance-unilateral", nil, "EDSS-WHEELCHAIR"),
      ("8.0", "wheelchair", nil, nil), ("8.5", "wheelchair", nil, "EDSS-WHEELCHAIR"),
      ("8.5", "bed", nil, nil), ("8.0", "bed", nil, "EDSS-WHEELCHAIR"),
      ("10", "dead", nil, nil), ("9.5", "dead", nil, "EDSS-WHEELCHAIR"), ("4.0", "assistance-none", nil, nil),
    ] as [(String, String, String?, String?)])
  func `an EDSS step fits the assistance and the distance walked`(
    _ step: String, _ assistance: String, _ meters: String?, _ check: String?
  ) throws {
    var entries = [
      Entry("EDSS_STEP", .value(step, unit: "{score}")), Entry("EDSS_ASSIST", .value(assistance)),
    ]
    if let meters { entries.append(Entry("EDSS_DIST", .value(meters, unit: "m"))) }
    let expected = [check].compactMap(\.self)
    #expect(try fired([("SCR/1/edss/1", entries)]) == expected)
  }

  @Test(
    arguments: [
      ("0", "EDSS_CEREBRAL", "1", nil), ("0", "EDSS_PYRAM", "1", "EDSS-ZERO-WITH-FS"),
      ("4.0", "EDSS_PYRAM", "4", nil), ("3.5", "EDSS_PYRAM", "4", "EDSS-BELOW-FS"),
      ("2.0", "EDSS_VISUAL", "3", nil), ("1.5", "EDSS_VISUAL", "2", "EDSS-BELOW-FS"),
      ("3.0", "EDSS_VISUAL", "5", nil), ("3.5", "EDSS_VISUAL", "6", "EDSS-BELOW-FS"),
      ("3.0", "EDSS_BOWBLAD", "4", nil), ("2.5", "EDSS_BOWBLAD", "3", "EDSS-BELOW-FS"),
      ("5.0", "EDSS_BOWBLAD", "6", nil), ("4.5", "EDSS_BOWBLAD", "6", "EDSS-BELOW-FS"),
    ] as [(String, String, String, String?)])
  func `an EDSS step is not below the highest functional system, converted where it counts converted`(
    _ step: String, _ system: String, _ score: String, _ check: String?
  ) throws {
    let entries = [Entry("EDSS_STEP", .value(step, unit: "{score}")), Entry(system, .value(score))]
    let expected = [check].compactMap(\.self)
    #expect(try fired([("SCR/1/edss/1", entries)]) == expected)
  }

  @Test(
    arguments: [
      ("REREFEQ", nil, "GLI-2012", false), ("REREFEQ", "GLI-2012", "GLI-2012", false),
      ("REREFEQ", "GLI-2012", "CHINA 2022", true), ("REREFEQ", "GLI-2012", nil, false),
      ("REREFEQD", "CHINA 2022", "CHINA 2022", false), ("REREFEQD", "GLI-2017", "GLI-2022", true),
    ] as [(String, String?, String?, Bool)])
  func `another equation of reference than at the visit before is flagged`(
    _ item: String, _ before: String?, _ now: String?, _ isFlagged: Bool
  ) throws {
    func spirometry(_ visit: String, _ day: String, _ equation: String?) -> (key: String, entries: [Entry]) {
      (
        key: "\(visit)/1/spirometry/1",
        entries: [Entry("REDTC", .value(day))] + (equation.map { [Entry(item, .value($0))] } ?? [])
      )
    }
    let fired = try fired([spirometry("SCR", "2026-02-10", before), spirometry("BL", "2026-03-10", now)])
    #expect(fired.contains("RE-EQUATION") == isFlagged)
  }

  /// The checks that fire on the last of some forms.
  private func fired(_ forms: [(key: String, entries: [Entry])]) throws -> [String] {
    let edition = try CasebookStage.edition.get()
    var desk = CasebookDesk(try CasebookStage.moment("2026-03-14"))
    for (key, entries) in forms { desk.save(entries, of: try FormKey(key)) }
    let last = try FormKey(try #require(forms.last).key)
    let source = desk.source()
    let merged = try #require(try source.record(by: edition.study))
    let painter = FormPainter(source: source, edition: edition, moment: desk.now, record: merged.record)
    return try #require(try painter.pictures(of: [last])[last]).fired.map(\.check)
  }
}
