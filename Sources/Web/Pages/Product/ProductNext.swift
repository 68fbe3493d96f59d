import ClinicalValues
import Conduct
import Markup
import StudyDesign
import Trial

/// What comes next with a participant's cells: who can do it, until when, what it waits for, and the button that does it.
struct ProductNext {
  let participant: ParticipantState
  let plan: ProductPlan
  /// What waits for somebody, the most urgent first.
  let tasks: [StudyTask]
  /// Numbers of which the first labels are still to be printed.
  let numbers: [Material]
  /// Whether every line of the gate of leukapheresis is true.
  let isGateOpen: Bool
  let links: TaskLinks
  let acts: ActLinks
  /// Who reads.
  let acting: Acting

  private var words: Words { acts.words }
  private var product: ProductState { participant.product }
  private var whom: [(String, String)] { [("participant", participant.id.description)] }

  var markup: Markup {
    Part.section(words["What comes next"], id: "next") {
      if tasks.isEmpty {
        rest
      } else {
        Markup.tag("ol", ["class": "tasks"]) { for task in tasks { item(task) } }
      }
    }
  }

  /// Where no step waits: what is still at hand is to come to its end.
  @MarkupBuilder private var rest: Markup {
    let left = product.atHand.filter { key(of: $0) != "lot" }
    let isOver = product.infusion != nil || participant.way.left != nil || participant.way.completed != nil
    if isOver, !left.isEmpty {
      Markup.tag("p") {
        words["No step is left on the way to the infusion. What is still at hand is destroyed, kept or returned:"]
      }
      Markup.tag("ul") {
        for material in left {
          Markup.tag("li") {
            Markup.tag("code") { material.description }
            " "
            acts.link(
              RecordStep.self, words["Record what becomes of it"], whom + [("material", material.description)],
              class: "act")
          }
        }
      }
    } else {
      Notice.markup(
        .done, .text(isOver ? words["Nothing is left to do with these cells."] : words["No step of custody waits."]))
    }
  }

  private func item(_ task: StudyTask) -> Markup {
    let isMine =
      task.roles.contains(acting.role) && (!acting.role.isOfSite || task.site == nil || task.site == acting.site)
    return .tag("li", ["class": task.waits != nil ? "waits" : isMine ? "soon" : ""]) {
      Markup.tag("div") {
        task.waits != nil
          ? Part.badge(words["waits"]) : isMine ? Part.badge(words["yours"], .due) : Part.badge(words["due"])
      }
      Markup.tag("div", ["class": "stack"]) {
        CustodyTaskList(tasks: [task], zone: links.zone(of: participant.id), words: words).markup
        Markup.tag("div", ["class": "quiet"]) {
          words(
            "Done by: {roles}", ["roles": task.roles.map { words.title($0) }.joined(separator: ", ")])
        }
        if isMine { button(task) }
      }
    }
  }

  /// The act that settles a task, with what is known of it filled in.
  @MarkupBuilder private func button(_ task: StudyTask) -> Markup {
    if task.kind != .takeCustodyStep {
      if task.about == .gate(.leukapheresis) { collecting }
      links.markup(task)
    } else if let (material, step) = step(of: task) {
      link(for: step, material)
    } else if let lot = product.lots.last(where: { $0.isUnderWay }) {
      Markup.tag("div", ["class": "actions"]) { release(lot, task) }
    }
  }

  /// What leads to a collection: its labels, the person checked, the gate.
  private var collecting: Markup {
    .tag("div", ["class": "actions"]) {
      for number in numbers {
        acts.link(
          PrintLabels.self, words("Print the first labels of {number}", ["number": number.description]),
          whom + [("material", number.description)], class: "button")
      }
      if numbers.isEmpty {
        acts.link(
          CheckPerson.self, words["Check the person, by two people"],
          whom + [("at", PersonCheckPlace.collection.rawValue)], class: "button")
        if isGateOpen {
          acts.link(BeginCollection.self, words["Begin collecting"], whom, class: "button", needsConnection: true)
        } else {
          Markup.tag("span", ["class": "quiet"]) { words["The gate is closed."] }
        }
      }
    }
  }

  /// The material and the step that a task of custody names.
  private func step(of task: StudyTask) -> (Material, CustodyStepPlan)? {
    guard let colon = task.title.firstRange(of: ": "), let material = try? Material(task.title[..<colon.lowerBound]),
      let step = plan.steps.first(where: { $0.title == task.title[colon.upperBound...].dropLast() })
    else { return nil }
    return (material, step)
  }

  private func link(for step: CustodyStepPlan, _ material: Material) -> Markup {
    let command: any TrialCommand.Type =
      RecordStep.recordedOtherwise[step.id].flatMap(CommandForm.named)?.type ?? RecordStep.self
    let fields = Set(CommandForm.of(command).fields.map(\.key))
    let known = [
      ("step", step.id), ("material", material.description), (key(of: material), material.description),
      ("lot", lot(of: material)),
    ]
    var seen: Set<String> = []
    let given = known.filter { fields.contains($0.0) && !$0.1.isEmpty && seen.insert($0.0).inserted }
    return .tag("div", ["class": "actions"]) {
      acts.link(command, words["Record this step"], whom + given, class: "button")
    }
  }

  private func key(of material: Material) -> String {
    switch material {
    case .collection: "collection"
    case .lot: "lot"
    case .bag: "bag"
    }
  }

  /// The lot that a bag is of, or that waits to be made of a collection.
  private func lot(of material: Material) -> String {
    switch material {
    case .collection: product.lots.last { $0.from == nil }?.number.description ?? ""
    case .lot(let number): number.description
    case .bag(let number): number.lot.description
    }
  }

  /// What a harvested lot waits for: its bags, its results, its release.
  @MarkupBuilder private func release(_ lot: LotState, _ task: StudyTask) -> Markup {
    let given = whom + [("lot", lot.number.description)]
    if !lot.bags.contains(where: \.isFilled) {
      acts.link(FillBag.self, words["Fill a bag"], whom, class: "button")
    } else if task.roles.contains(.qualityAssurance) {
      acts.link(ReleaseLot.self, words["Release the lot"], given, class: "button")
      acts.link(RejectLot.self, words["Reject the lot"], given)
    } else {
      acts.link(EnterTest.self, words["Enter a result"], given, class: "button")
    }
  }
}

extension StudyTask {
  /// Whether it is about a participant's cells.
  func isOfCells(of participant: ParticipantID) -> Bool {
    guard self.participant == participant else { return false }
    return switch kind {
    case .takeCustodyStep, .resolveQuarantine, .signOutsideGate, .enterFinalResult, .passGate: true
    default: false
    }
  }
}
