import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

/// The views of `tandem form`.
enum FormViews {
  static let all: [any ParsableCommand.Type] = [Show.self, History.self]

  /// Which form is meant.
  struct Target: ParsableArguments {
    @Argument(help: "The participant's number, 03-0007.") var participant: String
    @Argument(help: "The form: VISIT/NUMBER/FORM/ROW, such as D28/1/vitalSigns/1.") var form: String
    @OptionGroup var view: ViewOptions

    /// The form, to somebody who may read it.
    func open() async throws -> FormView {
      let visit = try await view.open()
      try await visit.requireReader()
      let found = try await visit.participant(participant)
      guard let key = try? FormKey(form) else {
        throw ValidationError("‘\(form)’ is no form such as D28/1/vitalSigns/1.")
      }
      return try await visit.running.live.form(key, of: found.id)
    }
  }

  /// A form with what it holds.
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "A form: its items with answers, what is missing, queries, marks, digest.")

    @OptionGroup var target: Target

    func run() async throws {
      try await Answer.printing(target.view.place.format) {
        let form = try await target.open()
        return .view(text: { FormText.text(form) }, json: { FormText.json(form) })
      }
    }
  }

  /// Everything that was ever entered in a form.
  struct History: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "history", abstract: "What was ever entered for each item: when, by whom, old and new, why.")

    @OptionGroup var target: Target
    @Option(name: .long, help: "One item only.") var item: String?

    func run() async throws {
      try await Answer.printing(target.view.place.format) {
        let form = try await target.open()
        let items = form.plan.items.map(\.id).filter { item == nil || item == $0 }
        if let item, items.isEmpty { throw ValidationError("\(form.plan.id) has no item ‘\(item)’.") }
        return .view(
          text: {
            var table = Table("item", "entered", "by", "answer", "why")
            for id in items {
              for version in form.record.items[id]?.history ?? [] {
                table.add(
                  id, EventText.clock(version.happened), "\(version.by.account) (\(version.by.role))",
                  version.entry.answer.description, version.isCalculated ? "calculated" : version.reason ?? "")
              }
            }
            return table.text(whenEmpty: "Nothing was entered.")
          },
          json: {
            .object([
              ("form", .string(form.key.description)),
              (
                "items",
                .array(
                  items.compactMap { id in
                    form.record.items[id].map { record in
                      .object([("item", .string(id)), ("history", .array(record.history.map(FormText.json)))])
                    }
                  })
              ),
            ])
          })
      }
    }
  }
}
