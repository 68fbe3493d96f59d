import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import Trial

/// `tandem casebook show`
struct CasebookShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Every form of a participant of which something is recorded, with state and marks.")

  @Argument(help: "The participant's number, 03-0007.") var participant: String
  @OptionGroup var view: ViewOptions

  func run() async throws {
    try await Answer.printing(view.place.format) {
      let visit = try await view.open()
      try await visit.requireReader()
      let found = try await visit.participant(participant)
      let content = try found.casebook.content(of: .casebook)
      return .view(
        text: { CasebookText.text(found) + "content \(content)\n" },
        json: { CasebookText.json(found, content: content) })
    }
  }
}

/// A casebook, for people and for programs.
enum CasebookText {
  static func text(_ participant: ParticipantState) -> String {
    let casebook = participant.casebook
    var table = Table("form", "state")
    for key in casebook.keys() { table.add(key.description, FormText.state(casebook.standing(of: key))) }
    var page = Page()
    page.line("Casebook of \(participant.id): \(FormText.state(casebook.standing(of: casebook.keys())))")
    for (scope, notice) in casebook.unlocksToSee.sorted(by: { $0.key < $1.key }) {
      page.entry("  unlocked", "\(scope): \(notice.reason)", labelWidth: 10)
    }
    return page.text + table.text(whenEmpty: "Nothing is recorded.")
  }

  static func json(_ participant: ParticipantState, content: Digest) -> JSON {
    let casebook = participant.casebook
    return .object([
      ("participant", .string(participant.id.description)),
      ("standing", FormText.json(casebook.standing(of: casebook.keys()))), ("content", .string(content.description)),
      (
        "forms",
        .array(
          casebook.keys().map { key in
            .object([("form", .string(key.description)), ("standing", FormText.json(casebook.standing(of: key)))])
          })
      ),
      ("frozen", .strings(casebook.frozen.sorted().map(\.description))),
      ("locked", .strings(casebook.locked.sorted().map(\.description))),
    ])
  }
}

/// `tandem query list`
struct QueryList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Queries of one participant, or of all that you see.")

  @Option(name: .long, help: "One participant only.") var participant: String?
  @Flag(name: .long, help: "Closed and cancelled ones too.") var all = false
  @OptionGroup var view: ViewOptions

  func run() async throws {
    try await Answer.printing(view.place.format) {
      let visit = try await view.open()
      try await visit.requireReader()
      let everybody = try await visit.running.live.state().participants.values.filter { visit.sees($0.way.site) }
        .sorted { $0.id < $1.id }
      let chosen = if let participant { [try await visit.participant(participant)] } else { everybody }
      let found = chosen.flatMap { state in
        state.casebook.queries.filter { all || $0.status.isPending }.map { (state.id, $0) }
      }
      return .view(
        text: {
          var table = Table("participant", "query", "status", "about", "text")
          for (id, query) in found {
            let about = ([query.query.form.description] + query.query.items.prefix(1)).joined(separator: " ")
            table.add(id.description, "\(query.number)", query.status.rawValue, about, query.query.text)
          }
          return table.text(whenEmpty: "There is no query.")
        },
        json: {
          .object([
            (
              "queries",
              .array(
                found.map { id, query in
                  .object([("participant", .string(id.description)), ("query", QueryText.json(query))])
                })
            )
          ])
        })
    }
  }
}
