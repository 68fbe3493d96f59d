import ArgumentParser
import Instruments
import StudyDesign

extension StudyCommand {
  /// `tandem study terms`
  struct Terms: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Terms of CTCAE v5.0 for what has been typed so far, the best first, with class and grades.")

    @Argument(help: "What has been typed, such as: neutr count.") var query: [String]
    @Option(help: "At most so many.") var limit = 20
    @Option(help: "text or json.") var format: TextOrJSON = .text

    func run() throws {
      let terms = CTCAE.terms(matching: query.joined(separator: " "), limit: limit)
      switch format {
      case .json:
        Terminal.print(
          JSON.array(
            terms.map { term in
              .object([
                ("class", .string(term.systemOrganClass)), ("term", .string(term.name)),
                ("grades", .array(term.grades.map { .integer($0) })),
              ])
            }
          ).text)
      case .text:
        var table = Table("term", "grades", "class")
        for term in terms {
          table.add(term.name, term.grades.map(String.init).joined(separator: " "), term.systemOrganClass)
        }
        Terminal.print(table.text(whenEmpty: "No term of CTCAE v5.0 fits."))
      }
    }
  }

  /// `tandem study medicines`
  struct Medicines: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Medicines of the data dictionary for what has been typed so far: by ATC code, name or set.")

    @Argument(help: "What has been typed, such as: L04, tocil, GC.") var query: String
    @Option(help: "At most so many.") var limit = 20
    @OptionGroup var choice: Choice

    func run() throws {
      let medicines = try choice.study().dictionary.medicines(matching: query, limit: limit)
      switch choice.format {
      case .json:
        Terminal.print(
          JSON.array(
            medicines.map { medicine in
              .object([
                ("concept", .string(medicine.id)), ("atc", JSON(medicine.atc)), ("name", .string(medicine.display)),
                ("sets", .strings(medicine.sets)),
              ])
            }
          ).text)
      case .text:
        var table = Table("ATC", "name", "concept", "sets")
        for medicine in medicines {
          table.add(medicine.atc ?? "", medicine.display, medicine.id, medicine.sets.joined(separator: " "))
        }
        Terminal.print(
          table.text(whenEmpty: "No medicine of the data dictionary fits; write it in words, it is coded later."))
      }
    }
  }
}
