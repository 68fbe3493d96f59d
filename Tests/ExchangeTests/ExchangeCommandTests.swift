import ArgumentParser
import Exchange
import Foundation
import Synchronization
import Testing

@testable import tandem

@Suite struct ExchangeCommandTests {
  private final class Printed: Sendable {
    private let text = Mutex("")

    func add(_ more: String) { text.withLock { $0 += more } }
    var all: String { text.withLock { $0 } }
  }

  private static let dm: [TransportWriting.Column] = [
    .text("STUDYID", 4), .text("DOMAIN", 2), .text("USUBJID", 4), .text("SUBJID", 4), .text("SITEID", 4),
    .text("SEX", 1),
    .text("COUNTRY", 3), .text("ARM", 8),
  ]
  private static let ae: [TransportWriting.Column] = [
    .text("STUDYID", 4), .text("DOMAIN", 2), .text("USUBJID", 4), .number("AESEQ"), .text("AETERM", 8),
    .text("AEDECOD", 8), .text("AESTDTC", 10), .text("AESEV", 8), .text("AEBODSYS", 8),
  ]
  private static let ex: [TransportWriting.Column] = [
    .text("STUDYID", 4), .text("DOMAIN", 2), .text("USUBJID", 4), .number("EXSEQ"), .text("EXTRT", 8),
    .text("EXSTDTC", 10),
  ]

  private static func row(_ cells: String...) -> [TransportWriting.Cell] {
    cells.map { cell in
      cell.hasPrefix("#") ? .number(TransportWriting.ibm(Double(cell.dropFirst()) ?? 0)) : .text(cell)
    }
  }

  /// Three subjects; the first dose is on 2 May 2014.
  private static func files(events: [[TransportWriting.Cell]]) -> [String: [UInt8]] {
    [
      "dm.xpt": TransportWriting.dataset(
        "DM", dm, (1...3).map { row("S", "DM", "\($0)", "\($0)", "701", "F", "USA", $0 == 3 ? "Placebo" : "Drug") }),
      "ex.XPT": TransportWriting.dataset(
        "EX", ex, [row("S", "EX", "1", "#1", "DRUG", "2014-05-02"), row("S", "EX", "2", "#1", "DRUG", "2014-05")]),
      "ae.xpt": TransportWriting.dataset("AE", ae, events),
    ]
  }

  /// Runs the command on a folder of these files.
  private static func run(
    _ files: [String: [UInt8]], _ options: String...
  ) throws -> (status: Int32, output: String, messages: String) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, bytes) in files { try Data(bytes).write(to: folder.appending(path: name)) }
    let (output, messages) = (Printed(), Printed())
    var surroundings = Surroundings.current
    surroundings.output = output.add
    surroundings.messages = messages.add
    var status: Int32 = 0
    try Surroundings.$current.withValue(surroundings) {
      let command = try ExchangeCommand.SDTM.parse([folder.path, "--study", PilotFolder.study] + options)
      do { try command.run() } catch let code as ExitCode { status = code.rawValue }
    }
    return (status, output.all, messages.all)
  }

  static let events = [
    row("S", "AE", "1", "#1", "Ache", "Ache", "2014-05-02", "MILD", "NERVES"),
    row("S", "AE", "1", "#2", "Ache", "Ache", "2014", "SEVERE", "NERVES"),
    row("S", "AE", "1", "#3", "Ache", "Ache", "2014-04", "SEVERE", "NERVES"),
    row("S", "AE", "2", "#1", "Rash", "Rash", "2014-05-31", "MILD", "SKIN"),
    row("S", "AE", "3", "#1", "Rash", "Rash", "2014-05-31", "MILD", "SKIN"),
  ]

  @Test func `what certainly began before the first dose is not counted, what may have is counted and said`() throws {
    let result = try Self.run(Self.files(events: Self.events))
    #expect(result.status == 0)
    #expect(
      result.output.contains(
        "2 began on or after the first day of dosing, 1 before it; 1 may have begun on either side and are counted; "
          + "1 of subjects without a dose"), "\(result.output)")
    #expect(result.output.contains("Any                              2 (100.0 %) 3"), "\(result.output)")
  }

  @Test func `a row that cannot be taken is printed with its number, and the status is 1`() throws {
    let events = Self.events + [Self.row("S", "AE", "9", "#1", "Ache", "Ache", "2014", "MILD", "NERVES")]
    let result = try Self.run(Self.files(events: events))
    #expect(result.status == 1)
    #expect(result.output.contains("AE: nothing was taken. 1 row(s) cannot be:\n  row 6: DM has no subject ‘9’.\n"))
    let json = try Self.run(Self.files(events: events), "--format", "json").output
    let page = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let datasets = try #require(page["datasets"] as? [[String: Any]])
    #expect(datasets.map { $0["taken"] as? Int } == [3, 0, 2])
    #expect(datasets[1]["heldBack"] as? Int == 5)
  }

  @Test func `a file that cannot be read is told with its byte, and the others are read`() throws {
    var files = Self.files(events: Self.events)
    files["ae.xpt"]?.removeLast()
    let result = try Self.run(files)
    #expect(result.status == 1)
    #expect(result.messages.contains("ae.xpt: byte "))
    #expect(result.output.contains("3 casebooks of S, 5 rows"))
  }

  @Test func `what is not there is said: a folder without files, a variable, a test`() throws {
    #expect(throws: Unusable.self) { try Self.run([:]) }
    #expect(throws: Unusable.self) { try Self.run(Self.files(events: Self.events), "--treatment", "ARMS") }
    #expect(throws: Unusable.self) { try Self.run(Self.files(events: Self.events), "--test", "ALT") }
  }

  @Test func `a study that is conducted elsewhere is none to begin a trial on or to screen for`() {
    #expect(throws: Unusable.self) { try Shelf.read(PilotFolder.study) }
    #expect(throws: Unusable.self) { try ScreenCommand.parse(["x.json", "--study", PilotFolder.study]).run() }
    #expect(throws: Unusable.self) { try StudyCommand.Stopping.parse([PilotFolder.study]).run() }
  }
}
