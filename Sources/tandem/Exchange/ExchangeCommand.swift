import ArgumentParser
import ClinicalValues
import Exchange
import FoundationEssentials
import Ledger
import StudyDesign

/// `tandem exchange`: casebooks from the formats of the field.
struct ExchangeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exchange", abstract: "Reads data of the field's formats into casebooks.", subcommands: [SDTM.self])
}

extension ExchangeCommand {
  struct SDTM: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Reads a folder of SDTM datasets (SAS transport files) into casebooks, and tables their safety data.",
      discussion: """
        Every .xpt file of FOLDER is read, DM first. A dataset goes to the form of its domain, a variable to the item of its name; \
        what no form or item takes is told. A file is taken whole or not at all, and a row that cannot be taken is told with its \
        number and reason; the exit status is then 1. Nothing is kept: the tables are what is left.
        """)

    @Argument(help: "The folder with the transport files.")
    var folder: String

    @Option(help: "The study whose casebook takes them: a version's folder, or a study's folder (its highest version).")
    var study: String

    @Option(help: "The variable of DM that says who was treated with what: ARM as planned, ACTARM as given.")
    var treatment = "ARM"

    @Option(
      help:
        "A laboratory test (LBTESTCD) whose shifts are printed, such as ALT; may be given several times. By default all."
    )
    var test: [String] = []

    @Option(help: "text or json.")
    var format: TextOrJSON = .text

    func run() throws {
      let study = try StudyCommand.read(chosen: self.study)
      guard study.forms.contains(where: { $0.domain == "DM" && $0.item(treatment) != nil }) else {
        throw Unusable("The form of the domain DM has no item ‘\(treatment)’. Name one that it has with --treatment.")
      }
      let read = try TransportFolder(folder)
      for fault in read.faults { Terminal.say(fault) }
      let now = Surroundings.current.clock()
      let taken = SDTMImport(
        read.files, into: study.casebook,
        by: SDTMImport.Circumstances(
          happened: Moment(now), recorded: now, actor: Actor(account: "exchange", role: "")))
      let safety = CasebookSafety(taken.casebooks, plan: study.casebook, treatment: treatment)
      if let unknown = test.first(where: { safety.tests[$0] == nil }) {
        throw Unusable(
          "No result is of a test ‘\(unknown)’. The tests are: \(safety.tests.keys.sorted().joined(separator: ", ")).")
      }
      let report = SDTMTables(taken, of: study, safety: safety, tests: test.isEmpty ? nil : Set(test))
      switch format {
      case .json: Terminal.print(report.json.text)
      case .text: Terminal.print(report.text)
      }
      let isWhole = taken.reports.allSatisfy { $0.form == nil || $0.taken == $0.rows }
      if !read.faults.isEmpty || !isWhole { throw ExitCode.failure }
    }
  }
}

/// The transport files of a folder, by name.
struct TransportFolder {
  /// What could be read.
  private(set) var files: [SDTMImport.File] = []
  /// What could not, one line a fault.
  private(set) var faults: [String] = []

  /// Reads a folder.
  ///
  /// - Throws: `Unusable` where it holds no transport file.
  init(_ folder: String) throws(Unusable) {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter {
      $0.lowercased().hasSuffix(".xpt")
    }.sorted()
    guard !names.isEmpty else {
      throw Unusable("‘\(folder)’ is no folder with transport files. Name one that holds files ending in .xpt.")
    }
    for name in names {
      let bytes = try InputFile.bytes("\(folder)/\(name)")
      do throws(InvalidTransportFile) {
        files.append(SDTMImport.File(name: name, datasets: try TransportFile(bytes).datasets))
      } catch {
        faults += error.faults.map { "\(folder)/\(name): \($0)" }
      }
    }
  }
}
