import ArgumentParser
import ClinicalValues
import Conduct
import Labels
import Ledger
import Markup
import Trial

/// The views of `tandem product`.
enum ProductViews {
  static let all: [any ParsableCommand.Type] = [Show.self, Accountability.self]

  /// Collections, lots and bags with where they stand.
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "A participant's cells: collections, lots, bags, tests, quarantines.")

    @Argument(help: "The participant's number, 03-0007.") var participant: String
    @OptionGroup var view: PastViewOptions

    func run() async throws {
      try await Answer.printing(view.place.format) {
        let known = try await view.openToRead()
        let found = try await known.participant(participant)
        let product = ProductText(found)
        return known.view(text: { product.text }, members: { product.members })
      }
    }
  }

  /// What became of every collection, bag, sample and label.
  struct Accountability: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "accountability", abstract: "What became of every collection, bag and sample, and of every label.")

    @Argument(help: "The participant's number, 03-0007.") var participant: String
    @OptionGroup var view: PastViewOptions

    func run() async throws {
      try await Answer.printing(view.place.format) {
        let known = try await view.openToRead()
        let found = try await known.participant(participant)
        let lines = found.product.accountability
        let labels = found.product.labelReconciliation
        return known.view(
          text: {
            var table = Table("number", "what became of it")
            for line in lines { table.add(line.what, line.fate ?? "open") }
            var labelTable = Table("labels of", "printed", "used", "destroyed", "at hand")
            for line in labels {
              labelTable.add(
                line.material.description, "\(line.labels.printed)", "\(line.labels.used)", "\(line.labels.destroyed)",
                "\(line.labels.atHand)")
            }
            return table.text(whenEmpty: "Nothing was collected.") + "\n"
              + labelTable.text(whenEmpty: "No label was issued.")
          },
          members: {
            [
              ("participant", .string(found.id.description)),
              (
                "material",
                .array(lines.map { .object([("number", .string($0.what)), ("fate", JSON($0.fate))]) })
              ), ("labels", .array(labels.map { ProductText.json($0) })),
            ]
          })
      }
    }
  }

  /// A label as a file to print, once for what is counted as printed (`label print`); that it is drawn is recorded.
  struct Draw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "draw", abstract: "Write a label as SVG in its real size, once for those that `label print` counts.")

    @Argument(help: "The number of the collection, lot or bag, such as 03-0007-L1-B1-X.") var number: String
    @Option(help: "The SVG file to write.", completion: .file(extensions: ["svg"])) var output: String
    @OptionGroup var view: ViewOptions

    func run() async throws {
      try await Answer.printing(view.place.format) {
        let material: Material
        do { material = try Material(number) } catch { throw ValidationError("\(error)") }
        let visit = try await view.open()
        try visit.requireOwnPassword()
        try await visit.requireReader()
        let found = try await visit.participant(material.participant.description)
        guard let identity = found.product.identity else {
          throw Refusal(
            "not-issued", because: "The number \(material) was not issued.",
            remedy: "tandem product accountability \(found.id) shows those that were.")
        }
        let state = try await visit.running.live.state()
        let label = CellLabel(
          identity: identity.description, participant: found.id.printed, number: material.description,
          caption: state.study.isSynthetic ? "SYNTHETIC" : state.study.study ?? "")
        let drawn = try label.svg().xmlDocument
        // Recorded before anybody has it, as whatever leaves.
        try await visit.running.live.perform(
          Request(
            DrawLabels(participant: found.id, material: material), by: visit.actor, origin: .commandLine),
          sign: { _ in [] })
        try OutputFile.write(drawn, to: output)
        return .view(
          text: { "The label of \(material) is in \(output) (\(label.text)).\n" },
          json: { .object([("file", .string(output)), ("text", .string(label.text))]) })
      }
    }
  }
}
