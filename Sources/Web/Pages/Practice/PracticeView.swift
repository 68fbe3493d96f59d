import ClinicalValues
import Labels
import Markup
import StudyDesign
import Trial

/// A practice as it is shown: what lies there to be read, what can be done now, the gate, what came of it.
struct PracticeView {
  let room: PracticeRoom
  let study: Study
  let request: PageRequest
  /// Whether the gate stands in a refusal already.
  let hidesGate: Bool
  private var words: Words { request.words }

  @MarkupBuilder var markup: Markup {
    if let ending = room.ending { result(ending) }
    Markup.tag("div", ["class": "bedside practice stack"]) {
      order
      scene
      if room.ending == nil { acts }
      if !hidesGate {
        Part.section(words["The gate of infusion"]) {
          GateTable.markup(room.gate, zone: room.trial.now.zone, words)
        }
      }
      log
    }
  }

  private func result(_ ending: PracticeEnding) -> Markup {
    switch ending {
    case .infused:
      Notice.markup(.done, .text(words["The infusion is started: person, order and bag belong together."]))
    case .found:
      Notice.markup(
        .done, .text(words["You found what did not fit. Both products are stopped, and quality assurance clears it."]))
    case .mistyped:
      Notice.markup(
        .stop,
        .text(words["Something else was typed than what stands there. In life both products would be stopped now."]))
    case .infusedWrongly:
      Notice.markup(
        .stop, .tag("strong") { words["These were the cells of somebody else, or this was somebody else."] },
        .text(words["You typed what should stand there. Read what does stand there, each for yourself."]))
    }
  }

  private var order: Markup {
    Part.section(words["The order"]) {
      Part.facts([
        (words["Person"], .text("\(room.cast.meant.name), \(room.cast.meant.birthDate)")),
        (words["Number"], code(room.cast.meant.id.printed)), (words["Bag"], code(room.cast.meant.bag.description)),
        (words["Chain of identity"], code(room.cast.meant.identity.description)),
      ])
    }
  }

  /// What is there to be read and heard.
  private var scene: Markup {
    Part.section(words["What is before you"], note: words["Read it, and type what you read; do not copy the order."]) {
      Markup.tag("div", ["class": "cards"]) {
        card(words["Identity document"]) {
          Part.facts([
            (words["Name"], .text(room.present.name)), (words["Date of birth"], .text(room.present.birthDate)),
          ])
        }
        card(words["Wristband"]) {
          Part.facts([
            (words["Name"], .text(room.present.name)), (words["Date of birth"], .text(room.present.birthDate)),
            (words["Number"], code(room.present.id.printed)),
          ])
        }
        card(words["The person says"]) {
          Markup.tag("p") { "“\(room.present.name), \(room.present.birthDate)”" }
        }
        card(words["Label of the bag"]) { label }
      }
    }
  }

  @MarkupBuilder private var label: Markup {
    let read = room.label
    Markup.tag("div", ["class": "figure-box"]) {
      (try? CellLabel(
        identity: read.identity, participant: read.participant, number: read.bag, caption: "PRACTICE"
      ).svg()) ?? .text(read.bag)
    }
    Part.facts([
      (words["Chain of identity"], code(read.identity)), (words["Number"], code(read.participant)),
      (words["Bag"], code(read.bag)),
    ])
  }

  private func card(_ title: String, @MarkupBuilder _ content: () -> Markup) -> Markup {
    .tag("div", ["class": "card stack"]) {
      Markup.tag("h3") { title }
      content()
    }
  }

  private func code(_ text: String) -> Markup { .tag("code") { text } }

  // MARK: acts

  private var acts: Markup {
    Part.section(
      words["What is done now"],
      note: words["An act has its form only while it can be done. No password is asked here."]
    ) {
      Markup.tag("ol", ["class": "ladder"]) {
        for act in PracticeAct.allCases {
          Markup.tag("li", ["class": standing(act) == .done ? "past" : ""]) {
            Markup.tag("div", ["class": "line"]) {
              switch standing(act) {
              case .done: Part.badge("✓ " + words["done"], .done)
              case .atHand: Part.badge(words["at hand"], .progress)
              case .waits, .notNeeded: Part.badge(words["waits"])
              }
              Markup.tag("strong") { words.title(act) }
            }
            if standing(act) == .atHand { form(act) }
          }
        }
      }
    }
  }

  private func standing(_ act: PracticeAct) -> BedsideActs.Standing {
    let acts = room.acts
    switch act {
    case .checkPerson: return acts.standing(.checkPerson)
    case .thaw: return acts.standing(.thaw)
    case .verify, .verifyAsColleague:
      let who = act == .verify ? room.cast.you : room.cast.colleague
      return acts.bedside?.by.contains(who.account) == true ? .done : acts.standing(.verify)
    case .start: return acts.standing(.start)
    }
  }

  private func form(_ act: PracticeAct) -> Markup {
    let parts = FormParts(request)
    let isRefused = request.form["act"] == act.rawValue
    return Part.disclosure(.text(words["Enter it"]), isOpen: isRefused || act == firstAtHand) {
      parts.form("/practice/act") {
        parts.hidden("act", act.rawValue)
        for (name, title) in fields(act) {
          parts.input(
            .init(name: name, label: title, value: isRefused ? request.form[name] ?? "" : "", scope: "-\(act.rawValue)")
          )
        }
        parts.button(words.title(act))
      }
    }
  }

  private var firstAtHand: PracticeAct? { PracticeAct.allCases.first { standing($0) == .atHand } }

  private func fields(_ act: PracticeAct) -> [(String, String)] {
    let wristband = [
      ("wristband", words["Number on the wristband"]), ("wristbandBirthDate", words["Date of birth on the wristband"]),
    ]
    switch act {
    case .checkPerson:
      return [
        ("documentName", words["Name on the document"]), ("documentBirthDate", words["Date of birth on the document"]),
        ("wristbandName", words["Name on the wristband"]),
      ] + wristband
    case .thaw, .start: return [("label", words["Bag number on the label"])]
    case .verify, .verifyAsColleague:
      return [
        ("labelIdentity", words["Chain of identity on the label"]),
        ("labelParticipant", words["Number on the label"]), ("labelBag", words["Bag number on the label"]),
      ] + wristband + [
        ("said", words["Name as the person says it"]), ("saidBirthDate", words["Date of birth as the person says it"]),
      ]
    }
  }

  @MarkupBuilder private var log: Markup {
    if !room.events.isEmpty {
      let telling = EventTelling(Vocabulary(study, in: room.trial.state))
      Part.section(words["What would have been recorded"]) {
        Markup.tag("ul") {
          for event in room.events { Markup.tag("li") { words.told(event, by: telling) } }
        }
      }
    }
  }
}

extension PracticeAct: Titled {
  var title: String {
    switch self {
    case .checkPerson: "Check the person, by two people"
    case .thaw: "Thaw the bag"
    case .verify: "Verify the bag yourself"
    case .verifyAsColleague: "Verify the bag as your colleague"
    case .start: "Start the infusion"
    }
  }
}
