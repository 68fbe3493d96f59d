import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

/// The views of what a casebook says of toxicity, under `tandem participant`.
enum GradingViews {
  static let all: [any ParsableCommand.Type] = [Grades.self, Toxicity.self, Kinetics.self]

  /// The grades that a participant's values propose.
  struct Grades: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "grades",
      abstract: "Grades proposed from a participant's values, worst first, with the rule; tasks; shift from baseline.",
      discussion: """
        Grades are those of CTCAE v5.0; change is measured from the last value before the first dose of lymphodepletion. \
        A grade is confirmed with 'tandem grade confirm', or changed with 'tandem grade change', by its name as it stands here.
        """)

    @Argument(help: "The participant's number, 03-0007.") var participant: String
    @Option(name: .long, help: "Only grades from this one on, 1 to 4.") var from = 1
    @OptionGroup var view: ViewOptions

    func run() async throws {
      try await Answer.printing(view.place.format) {
        let (grading, state) = try await view.grading(of: participant)
        let page = GradesPage(grading, from: from)
        return .view(text: { page.text }, json: { marked(state, page.members) })
      }
    }
  }

  /// A participant's toxicity by day.
  struct Toxicity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "toxicity",
      abstract:
        "Temperature, CRS, ICANS, ICE and laboratory values of a participant by study day; hematotoxicity; alerts.")

    @Argument(help: "The participant's number, 03-0007.") var participant: String
    @Option(name: .long, help: "The last study day that is shown.") var through = 28
    @OptionGroup var view: ViewOptions

    func run() async throws {
      try await Answer.printing(view.place.format) {
        guard (0...730).contains(through) else { throw Unusable("The last day is 0 to 730, not \(through).") }
        let (grading, state) = try await view.grading(of: participant)
        let page = ToxicityPage(grading, days: 0...through)
        return .view(text: { page.text }, json: { marked(state, page.members) })
      }
    }
  }

  /// A participant's CAR-T cells, B cells and immunoglobulin over time.
  struct Kinetics: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "kinetics", abstract: "A participant's CAR-T cells, B cells and immunoglobulin G over time.")

    @Argument(help: "The participant's number, 03-0007.") var participant: String
    @OptionGroup var view: ViewOptions

    func run() async throws {
      try await Answer.printing(view.place.format) {
        let (grading, state) = try await view.grading(of: participant)
        let page = KineticsPage(grading)
        return .view(text: { page.text }, json: { marked(state, page.members) })
      }
    }
  }
}

extension ViewOptions {
  /// The grading of a participant by the forms of the version that they are under, for who may read it.
  fileprivate func grading(of participant: String) async throws -> (Grading, TrialState) {
    let reading = try await read(participant)
    let (state, book) = (reading.state, try reading.edition().book)
    return (Grading(of: reading.participant, laboratories: state.laboratories, book: book), state)
  }
}
