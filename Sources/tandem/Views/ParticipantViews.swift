import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import Trial

/// The views of `tandem participant`, and what is done there besides the trial's commands.
enum ParticipantViews {
  static let all: [any ParsableCommand.Type] = [
    List.self, Show.self, Status.self, GateView.self, Findings.self, EligibilityView.self, ParticipantResponse.self,
    Log.self, Identify.self, DowntimeSheet.self, ParticipantCalendarView.self,
  ]

  /// Everybody, with where they stand.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Everybody who was registered, with status, cohort, protocol version.")

    @OptionGroup var view: PastViewOptions

    func run() async throws {
      try await Answer.printing(view.place.format) {
        let known = try await view.openToRead()
        let rows = known.state.participants.values.filter { known.visit.sees($0.way.site) }.sorted { $0.id < $1.id }
        let lines = rows.map { ParticipantText($0, in: known.state, at: known.now) }
        return known.view(
          text: {
            var table = Table("number", "site", "cohort", "status", "version", "open")
            for line in lines {
              table.add(
                line.id, line.site, line.cohort, line.status, line.version, line.open.joined(separator: "; "))
            }
            return table.text(whenEmpty: "Nobody is registered.")
          },
          members: { [("participants", .array(lines.map(\.json)))] })
      }
    }
  }

  /// One participant, in short.
  struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status", abstract: "Where a participant stands, and what is open.")

    @Argument(help: "The participant's number, 03-0007.") var participant: String
    @OptionGroup var view: PastViewOptions

    func run() async throws {
      try await Answer.printing(view.place.format) {
        let reading = try await view.read(participant)
        let line = ParticipantText(reading.participant, in: reading.state, at: reading.now)
        return .view(
          text: {
            var page = Page()
            page.line(
              "\(line.id) is \(line.status) (cohort \(line.cohort), site \(line.site), version \(line.version)).")
            for open in line.open { page.entry("  open", open, labelWidth: 6) }
            return reading.knowledge.heading + page.text
          }, json: { .object(reading.knowledge.then + line.members) })
      }
    }
  }

  /// One participant, with what is known of them.
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "A participant: status, consents, decisions, lymphodepletion, product, deviations."
    )

    @Argument(help: "The participant's number, 03-0007.") var participant: String
    @Flag(help: "Show name, birth date and contact too, to who may see them; that is recorded.") var identity = false
    @OptionGroup var view: PastViewOptions

    func run() async throws {
      try await Answer.printing(view.place.format) {
        guard !identity || view.knownAt == nil else {
          throw ValidationError("Who somebody is is kept as it is now: give --identity without --known-at.")
        }
        let reading = try await view.read(participant)
        let (found, state, visit) = (reading.participant, reading.state, reading.visit)
        let person =
          identity ? try await visit.running.live.person(found.id, for: visit.actor, origin: .commandLine) : nil
        let line = ParticipantText(found, in: state, at: reading.now)
        let details = ParticipantDetails(found)
        let who = identity ? IdentityText(person) : nil
        return reading.knowledge.view(
          text: { line.text + (who?.text ?? "") + details.text },
          members: { line.members + (who.map { [("identity", $0.json)] } ?? []) + details.members })
      }
    }
  }

  /// The lines of a gate.
  struct GateView: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "gate", abstract: "Every line of a gate, as it stands now; exit status 0 whatever it says.")

    @Argument(help: "The gate.", completion: .list(Gate.allCases.map(\.rawValue))) var gate: String
    @Argument(help: "The participant's number, 03-0007.") var participant: String
    @Option(help: "The bag, for the gates of thawing and infusion; else those ordered.") var bag: String?
    @OptionGroup var view: ViewOptions

    func run() async throws {
      try await Answer.printing(view.place.format) {
        guard let gate = Gate(rawValue: gate) else {
          let all = Gate.allCases.map(\.rawValue).joined(separator: ", ")
          throw ValidationError("‘\(self.gate)’ is no gate. The gates are \(all).")
        }
        let bag = try bag.map { text in
          do { return try BagNumber(text) } catch { throw ValidationError("\(error)") }
        }
        let visit = try await view.openToRead()
        let found = try await visit.participant(participant)
        let state = try await visit.running.live.state()
        let (moment, all) = try await visit.running.live.gates([gate], for: found.id, bag: bag, by: visit.actor)
        let lines = all[gate] ?? []
        let isOpen = !lines.isEmpty && lines.allSatisfy { $0.value == true }
        return .view(
          text: {
            "The gate of \(gate.rawValue) for \(found.id) is \(isOpen ? "open" : "closed") at "
              + "\(EventText.clock(moment)).\n" + GateText.text(lines)
          },
          json: {
            marked(
              state,
              [
                ("participant", .string(found.id.description)), ("gate", .string(gate.rawValue)),
                ("at", .string(moment.description)), ("open", .boolean(isOpen)),
                ("lines", .array(lines.map { GateText.json($0) })),
              ])
          })
      }
    }
  }

  /// Keeps who somebody is whose identity was not kept at registering.
  struct Identify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "identify",
      abstract: "Keep who a registered participant is, where the program stopped before it was kept.")

    @Argument(help: "The participant's number, 03-0007.") var participant: String
    @Option(help: "Family and given names as in the identity document; asked for if left out.") var name: String?
    @Option(help: "The day of birth, such as 1984-03-17; asked for if left out.") var birthDate: String?
    @Option(help: "Telephone or address.") var contact: String?
    @Option(help: "Kind and number of the identity document.") var document: String?
    @Option(help: "How you know that it is another person than one who looks the same and is known already.")
    var despiteMatch: String?
    @OptionGroup var view: ViewOptions

    func run() async throws {
      try await Answer.printing(view.place.format) {
        let visit = try await view.open()
        try visit.requireOwnPassword()
        let found = try await visit.participant(participant)
        let given = [("name", name), ("birthDate", birthDate), ("contact", contact), ("document", document)]
        let texts = Dictionary(uniqueKeysWithValues: given.compactMap { pair in pair.1.map { (pair.0, [$0]) } })
        try await FaultText.naming {
          let given = try await LeftOut.filling(Given(texts: texts), LeftOut.person(.first), .first, visit)
          try await visit.running.live.keepIdentity(
            of: found.id, try given.person(), despiteMatch: despiteMatch, by: visit.actor, origin: .commandLine)
        }
        return .view(
          text: { "Who \(found.id) is is kept apart, encrypted.\n" },
          json: { .object([("kept", .string(found.id.description))]) })
      }
    }
  }
}
