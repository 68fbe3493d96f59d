public import ClinicalValues
import Conduct
public import Ledger
import Markup
public import StudyDesign
public import Trial

/// The page of one participant that stands in for the system while it is down: last state, gates, label texts, empty lines
/// for what is done, two signatures. The site shows it for printing, the command line writes it as a file of its own.
public struct DowntimePage: Sendable {
  private let participant: ParticipantState
  private let state: TrialState
  private let now: Moment
  private let printedBy: String
  private let gates: [(gate: Gate, lines: [GateLine])]
  private let position: Position
  private let plan: ProductPlan
  private let words: Words

  /// A page in English.
  ///
  /// - Parameters:
  ///   - position: the last event that the page knows of.
  ///   - plan: the plan that names steps of custody.
  public init(
    participant: ParticipantState, state: TrialState, now: Moment, printedBy: String,
    gates: [(gate: Gate, lines: [GateLine])], position: Position, plan: ProductPlan
  ) {
    self.init(
      participant: participant, state: state, now: now, printedBy: printedBy, gates: gates, position: position,
      plan: plan, words: Words(.english, messages: [:]))
  }

  init(
    participant: ParticipantState, state: TrialState, now: Moment, printedBy: String,
    gates: [(gate: Gate, lines: [GateLine])], position: Position, plan: ProductPlan, words: Words
  ) {
    self.participant = participant
    self.state = state
    self.now = now
    self.printedBy = printedBy
    self.gates = gates
    self.position = position
    self.plan = plan
    self.words = words
  }

  /// The page as a file of its own, with its rules inside.
  public var html: String { document(rules: .tag("style") { DowntimePage.stylesheet }).htmlDocument }

  /// The page with its rules in a file of the site.
  func document(stylesheet path: String) -> Markup {
    document(rules: .tag("link", ["rel": "stylesheet", "href": path]))
  }

  /// The name of its style sheet on the site.
  static let stylesheetName = "downtime.css"

  private func document(rules: Markup) -> Markup {
    .tag("html", ["lang": words.language.tag]) {
      Markup.tag("head") {
        Markup.tag("meta", ["charset": "utf-8"])
        Markup.tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        Markup.tag("title") { words("Downtime sheet {participant}", ["participant": participant.id.description]) }
        rules
      }
      Markup.tag("body") {
        Markup.tag("main") {
          head
          standing
          for gate in gates { section(gate.gate, gate.lines) }
          labels
          acts
          signatures
        }
      }
    }
  }

  private var head: Markup {
    .tag("header") {
      if state.study.isSynthetic {
        Markup.tag("p", ["class": "mark"]) { words["SYNTHETIC: this person is invented"] }
      }
      Markup.tag("h1") {
        words("Participant {participant}: sheet for when the system is down", ["participant": participant.id.printed])
      }
      Markup.tag("p") {
        words(
          "Study {study}, as of {moment} {zone}, event {position} of the ledger.",
          [
            "study": state.study.study ?? "", "moment": words.moment(now), "zone": now.zone,
            "position": String(position),
          ])
        " " + words("Printed by {person}.", ["person": printedBy])
      }
      Markup.tag("p") { words["It is out of date as soon as anything is recorded: use the newest."] }
      Markup.tag("p") { words["A gate line that is not true here bars the act."] }
      Markup.tag("p") {
        words["Two people enter afterwards what was done, as late entry, with the time at which it happened."]
      }
      Markup.tag("p") { words["What was done though a line was not true is entered as outside the gate."] }
    }
  }

  private var standing: Markup {
    let materials = MaterialWords(plan: plan, zone: state.zone(of: participant), words: words)
    return .tag("section") {
      Markup.tag("h2") { words["Last state"] }
      table([], standings(materials, participant.product))
    }
  }

  /// Status, identity, and where everything stands.
  private func standings(_ materials: MaterialWords, _ product: ProductState) -> [[Markup]] {
    var rows = [
      [words["Status"], StatusBadge.title(participant, at: now, words)],
      [words["Chain of identity"], product.identity?.description ?? "–"],
      [words["Consent"], participant.way.consents.last?.version ?? words["none"]],
    ]
    for collection in product.collections {
      rows.append([collection.number.description, materials.clauses(collection).joined(separator: "; ")])
    }
    for lot in product.lots {
      rows.append([lot.number.description, materials.clauses(lot).joined(separator: "; ")])
      for bag in lot.bags { rows.append([bag.number.description, materials.clauses(bag).joined(separator: "; ")]) }
    }
    for (number, quarantine) in product.quarantines.sorted(by: { $0.key < $1.key }) {
      let what = quarantine.material?.description ?? words["Everything of this participant"]
      rows.append([
        words("quarantine {number}", ["number": String(number)]), "\(what), \(words.title(quarantine.cause))",
      ])
    }
    return rows.map { $0.map { .text($0) } }
  }

  /// A table; a cell without content is wide enough to be written in.
  private func table(_ columns: [String], _ rows: [[Markup]]) -> Markup {
    .tag("table") {
      if !columns.isEmpty {
        Markup.tag("thead") {
          Markup.tag("tr") { for column in columns { Markup.tag("th", ["scope": "col"]) { column } } }
        }
      }
      Markup.tag("tbody") {
        for row in rows {
          Markup.tag("tr") {
            for cell in row { Markup.tag("td", ["class": cell == Self.blank ? "blank" : "filled"]) { cell } }
          }
        }
      }
    }
  }

  private static let blank = Markup.fragment([])

  private func section(_ gate: Gate, _ lines: [GateLine]) -> Markup {
    .tag("section") {
      Markup.tag("h2") { words("Gate: {gate}", ["gate": words.title(gate)]) }
      table(
        [
          words["line"], words["as of print"], words["rests on"], words["true until"], words["checked now by hand"],
        ],
        lines.map { line in
          [
            words.sentence(line.title), .text(truth(line.value)),
            line.evidence.isEmpty
              ? .text("–")
              : .fragment(
                line.evidence.enumerated().map { .fragment([.text($0 > 0 ? "; " : ""), words.evidence($1)]) }),
            .text(line.until.map { words.placed(ZoneClock.moment($0, zone: now.zone)) } ?? "–"),
            Self.blank,
          ]
        })
    }
  }

  private func truth(_ value: Bool?) -> String {
    switch value {
    case true: "✓ " + words["true"]
    case false: "✕ " + words["not true"]
    case nil: "? " + words["unknown"]
    }
  }

  private var labels: Markup {
    .tag("section") {
      Markup.tag("h2") { words["Label texts"] }
      if let identity = participant.product.identity {
        Markup.tag("ul") {
          for line in participant.product.labelReconciliation {
            Markup.tag("li", ["class": "code"]) { "\(identity) \(participant.id.printed) \(line.material)" }
          }
        }
      } else {
        Markup.tag("p") { words["No chain-of-identity identifier is issued."] }
      }
    }
  }

  private var acts: Markup {
    .tag("section") {
      Markup.tag("h2") { words["What was done"] }
      table(
        [
          words["date, time, zone"], words["act"], words["label and wristband as read"],
          words["temperature, container, seal"], words["by"],
        ], Array(repeating: Array(repeating: Self.blank, count: 5), count: 8))
    }
  }

  private var signatures: Markup {
    .tag("section", ["class": "signatures"]) {
      for person in [words["First person"], words["Second person"]] {
        Markup.tag("div") {
          Markup.tag("p") { words("{person}: name, role, signature, date and time", ["person": person]) }
          Markup.tag("p", ["class": "line"]) {}
        }
      }
    }
  }

  /// Its rules: A4, black on white.
  static let stylesheet = """
    @page { size: A4; margin: 14mm 12mm; }
    * { box-sizing: border-box; }
    body { font: 9.5pt/1.35 "Liberation Sans", Arial, "Noto Sans CJK SC", sans-serif; color: #000; background: #fff;
      max-width: 186mm; margin: 0 auto; }
    h1 { font-size: 14pt; margin: 0 0 2mm; } h2 { font-size: 11pt; margin: 5mm 0 1mm; break-after: avoid; }
    p { margin: 1mm 0; } .mark { border: .6mm solid #000; padding: 1mm 2mm; font-weight: 700; }
    table { border-collapse: collapse; width: 100%; } th, td { border: .2mm solid #555; padding: .8mm 1.2mm; text-align: left;
      vertical-align: top; } thead { display: table-header-group; } tr { break-inside: avoid; }
    .blank { min-width: 24mm; height: 9mm; }
    .code { font-family: "Liberation Mono", monospace; } .signatures { display: flex; gap: 8mm; break-inside: avoid;
      margin-top: 8mm; } .signatures div { flex: 1; } .line { border-bottom: .4mm solid #000; height: 14mm; }
    @media screen and (max-width: 46rem) {
      body { padding: 0 2mm; overflow-wrap: anywhere; hyphens: auto; } th, td { font-size: 8pt; }
      .blank { min-width: 7mm; }
      .signatures { flex-direction: column; gap: 2mm; }
    }
    """
}
