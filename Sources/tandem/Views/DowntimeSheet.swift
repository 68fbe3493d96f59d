import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import LedgerSQLite
import Markup
import Trial

extension ParticipantViews {
  /// The sheet for when the system is down.
  struct DowntimeSheet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "downtime-sheet",
      abstract:
        "A page to print (HTML, A4) for when the system is down: last state, gates, label texts, two signatures.",
      discussion: "What is done from it is entered afterwards by two people with --after-downtime true.")

    @Argument(help: "The participant's number, 03-0007.") var participant: String
    @Option(help: "The HTML file to write; standard output without it.", completion: .file(extensions: ["html"]))
    var output: String?
    @OptionGroup var view: ViewOptions

    func run() async throws {
      try await Answer.printing(view.place.format) {
        let visit = try await view.open()
        try await visit.requireReader()
        let found = try await visit.participant(participant)
        let state = try await visit.running.live.state()
        let now = try await visit.now()
        let shown = Gate.allCases.filter { $0 != .thawing }
        let lines = try await visit.running.live.gates(shown, for: found.id, by: visit.actor).lines
        let gates = shown.map { (gate: $0, lines: lines[$0] ?? []) }
        let sheet = DowntimePage(
          participant: found, state: state, now: now, printedBy: state.people.name(of: visit.actor.account),
          gates: gates, position: try await visit.running.ledger.head().position)
        let html = sheet.html
        if let output { try OutputFile.write(html, to: output) }
        return .view(
          text: { output.map { "The sheet of \(found.id) is in \($0).\n" } ?? html },
          json: {
            .object([
              ("participant", .string(found.id.description)), ("file", JSON(output)),
              ("html", output == nil ? .string(html) : .null),
            ])
          })
      }
    }
  }
}

/// The page of one participant that stands in for the system while it is down.
struct DowntimePage: Sendable {
  let participant: ParticipantState
  let state: TrialState
  let now: Moment
  let printedBy: String
  let gates: [(gate: Gate, lines: [GateLine])]
  /// The last event that the page knows of.
  let position: Int

  var html: String {
    Markup.tag("html", ["lang": "en"]) {
      Markup.tag("head") {
        Markup.tag("meta", ["charset": "utf-8"])
        Markup.tag("title") { "Downtime sheet \(participant.id)" }
        Markup.tag("style") { DowntimePage.css }
      }
      Markup.tag("body") {
        head
        standing
        for gate in gates { section(gate.gate, gate.lines) }
        labels
        acts
        signatures
      }
    }.htmlDocument
  }

  private var head: Markup {
    .tag("header") {
      if state.study.isSynthetic {
        Markup.tag("p", ["class": "mark"]) { "SYNTHETIC: this person is invented" }
      }
      Markup.tag("h1") { "Participant \(participant.id.printed): sheet for when the system is down" }
      Markup.tag("p") {
        "Study \(state.study.study ?? ""), as of \(EventText.clock(now)), event \(position) of the ledger. Printed by "
          + "\(printedBy). It is out of date as soon as anything is recorded: use the newest."
      }
      Markup.tag("p") {
        "A gate line that is not true here bars the act. What is done is entered afterwards by two people as late entry, "
          + "with the time at which it happened; what was done though a line was not true is entered as outside the gate."
      }
    }
  }

  private var standing: Markup {
    let line = ParticipantText(participant, in: state, at: now)
    return .tag("section") {
      Markup.tag("h2") { "Last state" }
      Markup.tag("pre") { line.text + ParticipantDetails(participant).text + ProductText(participant).text }
    }
  }

  private func section(_ gate: Gate, _ lines: [GateLine]) -> Markup {
    .tag("section") {
      Markup.tag("h2") { "Gate of \(gate.rawValue)" }
      Markup.tag("table") {
        Markup.tag("thead") {
          Markup.tag("tr") {
            for title in ["line", "as of print", "rests on", "true until", "checked now by hand"] {
              Markup.tag("th") { title }
            }
          }
        }
        Markup.tag("tbody") {
          for line in lines {
            Markup.tag("tr") {
              Markup.tag("td") { line.title }
              Markup.tag("td", ["class": GateText.word(line.value)]) { GateText.sign(line.value) }
              Markup.tag("td") { line.evidence.joined(separator: "; ") }
              Markup.tag("td") { line.until.map { EventText.clock($0) } ?? "" }
              Markup.tag("td", ["class": "blank"]) { "" }
            }
          }
        }
      }
    }
  }

  private var labels: Markup {
    let identity = participant.product.identity?.description
    return .tag("section") {
      Markup.tag("h2") { "Label texts" }
      if let identity {
        Markup.tag("ul") {
          for line in participant.product.labelReconciliation {
            Markup.tag("li", ["class": "code"]) { "\(identity) \(participant.id.printed) \(line.material)" }
          }
        }
      } else {
        Markup.tag("p") { "No chain-of-identity identifier is issued." }
      }
    }
  }

  private var acts: Markup {
    .tag("section") {
      Markup.tag("h2") { "What was done" }
      Markup.tag("table", ["class": "acts"]) {
        Markup.tag("thead") {
          Markup.tag("tr") {
            for title in [
              "date, time, zone", "act", "label and wristband as read", "temperature, container, seal", "by",
            ] {
              Markup.tag("th") { title }
            }
          }
        }
        Markup.tag("tbody") {
          for _ in 0..<8 {
            Markup.tag("tr") {
              for _ in 0..<5 { Markup.tag("td", ["class": "blank"]) { "" } }
            }
          }
        }
      }
    }
  }

  private var signatures: Markup {
    .tag("section", ["class": "signatures"]) {
      for person in ["First person", "Second person"] {
        Markup.tag("div") {
          Markup.tag("p") { "\(person): name, role, signature, date and time" }
          Markup.tag("p", ["class": "line"]) { "" }
        }
      }
    }
  }

  private static let css = """
    @page { size: A4; margin: 14mm 12mm; }
    * { box-sizing: border-box; }
    body { font: 9.5pt/1.35 "Liberation Sans", Arial, sans-serif; color: #000; max-width: 186mm; margin: 0 auto; }
    h1 { font-size: 14pt; margin: 0 0 2mm; } h2 { font-size: 11pt; margin: 5mm 0 1mm; break-after: avoid; }
    p { margin: 1mm 0; } .mark { border: .6mm solid #000; padding: 1mm 2mm; font-weight: 700; }
    pre { font: 8.5pt/1.3 "Liberation Mono", monospace; white-space: pre-wrap; margin: 1mm 0; }
    table { border-collapse: collapse; width: 100%; } th, td { border: .2mm solid #555; padding: .8mm 1.2mm; text-align: left;
      vertical-align: top; } thead { display: table-header-group; } tr { break-inside: avoid; }
    .true { font-weight: 400; } .false, .unknown { font-weight: 700; } .blank { min-width: 24mm; height: 9mm; }
    .code { font-family: "Liberation Mono", monospace; } .signatures { display: flex; gap: 8mm; break-inside: avoid;
      margin-top: 8mm; } .signatures div { flex: 1; } .line { border-bottom: .4mm solid #000; height: 14mm; }
    """
}
