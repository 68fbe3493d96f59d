import CQL
import ClinicalValues

/// Reads `conduct.yaml`: the participant's way, the re-checks, the findings.
extension PlanReader {
  static let conductFile = "conduct.yaml"

  mutating func conduct(_ text: String) -> (way: WayPlan, recheck: [RecheckKind: RecheckPlan], [FindingPlan]) {
    let root = file(text, PlanReader.conductFile, keys: ["way", "recheck", "findings"])
    let parts = [
      "slots", "eligibility", "collection", "bridging", "longWait", "lymphodepletion", "infusion", "followUp",
    ]
    let way = way(section(root, "way", keys: parts))
    let kinds = section(root, "recheck", keys: RecheckKind.allCases.map(\.rawValue))
    var rechecks: [RecheckKind: RecheckPlan] = [:]
    for kind in RecheckKind.allCases { rechecks[kind] = recheck(kinds, kind) }
    return (way, rechecks, findings(root))
  }

  private mutating func way(_ parts: Fields?) -> WayPlan {
    let origin = ["source", "provisional"]
    let slots = section(parts, "slots", keys: ["count", "freedBeforeInfusion"] + origin)
    let eligibility = section(parts, "eligibility", keys: ["validDays", "rescreenings"] + origin)
    let collection = section(
      parts, "collection", keys: ["infectionMarkersValidDays", "attemptDays", "further"] + origin)
    let bridging = section(parts, "bridging", keys: ["allowed"] + origin)
    let wait = section(parts, "longWait", keys: ["days", "criteria"] + origin)
    let depletion = section(
      parts, "lymphodepletion",
      keys: ["days", "dayZeroAfterFirstDose", "agents", "repeats", "repeatNotBeforeDays"] + origin)
    let infusion = section(
      parts, "infusion",
      keys: [
        "afterLastDose", "reasonFromDay", "readinessValidHours", "tocilizumabDoses", "bedsideValidMinutes",
      ] + origin)
    let followUp = section(
      parts, "followUp", keys: ["neverInfusedDays", "contactAttempts", "lastVisit", "lastVisitFromDay"] + origin)
    for part in [slots, eligibility, collection, bridging, wait, depletion, infusion, followUp] { self.origin(part) }
    return WayPlan(
      slots: whole(slots, "count"), slotFreedBeforeInfusion: flag(slots, "freedBeforeInfusion"),
      eligibilityValidDays: whole(eligibility, "validDays"),
      rescreenings: whole(eligibility, "rescreenings", 0...100),
      collectionAttemptDays: whole(collection, "attemptDays", 0...30),
      infectionMarkersValidDays: whole(collection, "infectionMarkersValidDays"),
      furtherCollections: whole(collection, "further", 0...100), longWaitDays: whole(wait, "days"),
      longWaitCriteria: names(wait, "criteria", \.criteria), bridging: names(bridging, "allowed", \.conceptsOrSets),
      lymphodepletionDays: whole(depletion, "days"), lymphodepletionAgents: agents(depletion),
      infusionAfterLastDose: wholeRange(infusion, "afterLastDose"),
      infusionReasonFromDay: whole(infusion, "reasonFromDay", 0...100_000),
      repeatedLymphodepletions: whole(depletion, "repeats", 0...100),
      repeatNotBeforeDays: whole(depletion, "repeatNotBeforeDays", 0...100_000),
      dayZeroAfterFirstDose: whole(depletion, "dayZeroAfterFirstDose"),
      neverInfusedFollowUpDays: whole(followUp, "neverInfusedDays"),
      contactAttempts: whole(followUp, "contactAttempts"),
      readinessValidHours: whole(infusion, "readinessValidHours"),
      bedsideValidMinutes: whole(infusion, "bedsideValidMinutes"),
      tocilizumabDoses: whole(infusion, "tocilizumabDoses", 0...100), lastVisit: text(followUp, "lastVisit"),
      lastVisitFromDay: whole(followUp, "lastVisitFromDay"))
  }

  private mutating func agents(_ fields: Fields?) -> [LymphodepletionAgent] {
    guard let fields else { return [] }
    if fields.node("agents") == nil { _ = fields.requiredText("agents", problems: &problems) }
    var agents: [LymphodepletionAgent] = []
    for node in fields.list("agents", problems: &problems) {
      guard let agent = Fields(node, "an agent", keys: ["concept", "dose", "unit", "renal"], problems: &problems),
        let concept = agent.requiredText("concept", problems: &problems)
      else { continue }
      references.concepts.append(concept)
      if agent.node("dose") == nil { _ = agent.requiredText("dose", problems: &problems) }
      let dose = decimalRange(agent, "dose") ?? Decimal(0)...Decimal(0)
      _ = agent.requiredText("unit", problems: &problems)
      agents.append(
        LymphodepletionAgent(
          concept: concept.value, lowestDose: dose.lowerBound, highestDose: dose.upperBound,
          unit: unit(agent, "unit") ?? "", renalSteps: renalSteps(agent)))
    }
    return agents
  }

  private mutating func renalSteps(_ agent: Fields) -> [LymphodepletionAgent.RenalStep] {
    var steps: [LymphodepletionAgent.RenalStep] = []
    for node in agent.list("renal", problems: &problems) {
      guard let fields = Fields(node, "a renal step", keys: ["clearanceFrom", "percent"], problems: &problems)
      else { continue }
      let step = LymphodepletionAgent.RenalStep(
        clearanceFrom: whole(fields, "clearanceFrom", 0...1000), percent: whole(fields, "percent", 0...100))
      if let last = steps.last, last.clearanceFrom <= step.clearanceFrom {
        problems.append(
          Problem(
            "steps-crossed", at: fields.location,
            "This step begins at \(step.clearanceFrom) mL/min, the one before it at \(last.clearanceFrom).",
            remedy: "Write the steps from the best clearance down."))
      }
      steps.append(step)
    }
    return steps
  }

  private mutating func recheck(_ kinds: Fields?, _ kind: RecheckKind) -> RecheckPlan {
    let fields = section(
      kinds, kind.rawValue, keys: ["criteria", "validHours", "valuesValid", "findings", "source", "provisional"])
    origin(fields)
    let values = section(fields, "valuesValid", keys: ["days", "hours", "except"])
    let days = whole(values, "days", 0...3650)
    let hours = wholeIfThere(values, "hours")
    if let hours, let values, hours > days * 24 {
      problems.append(
        Problem(
          "limits-crossed", at: values.location,
          "‘hours: \(hours)’ reaches back further than ‘days: \(days)’, and older values never count.",
          remedy: "Write so many days that the hours lie within them."))
    }
    var exceptions: [String: Int] = [:]
    for (concept, value) in values?.entries("except", problems: &problems) ?? [] {
      references.concepts.append(concept)
      guard case .text(let text) = value.content, let days = Int(text), days >= 0 else {
        problems.append(
          Problem(
            "expected-number", at: value.location,
            "Expected a whole number of days for ‘\(concept.value)’, found \(value.description).",
            remedy: "Write digits only."))
        continue
      }
      exceptions[concept.value] = days
    }
    return RecheckPlan(
      criteria: names(fields, "criteria", \.criteria), validHours: whole(fields, "validHours"), valuesValidDays: days,
      valuesValidHours: hours, valuesValidDaysByConcept: exceptions,
      findings: fields?.node("findings") == nil ? [] : names(fields, "findings", \.findings))
  }

  private mutating func findings(_ root: Fields?) -> [FindingPlan] {
    let keys = ["id", "title", "definition", "number", "unit", "until", "concepts", "provisional"]
    var findings: [FindingPlan] = []
    for (id, fields) in items(root, "findings", "finding", keys: keys) {
      let definition = section(fields, "definition", keys: ["library", "name"])
      guard let library = definition?.requiredText("library", problems: &problems),
        let name = definition?.requiredText("name", problems: &problems)
      else { continue }
      let title = text(fields, "title")
      let number = fields.text("number", problems: &problems)
      let until = fields.text("until", problems: &problems)
      let wanted: [(Located<String>?, CQLType, String)] = [
        (name, .boolean, "the finding"), (number, .decimal, "the number of the finding"),
        (until, .dateTime, "the end of the finding"),
      ]
      for (name, type, of) in wanted {
        guard let name else { continue }
        references.definitions.append(
          PlannedDefinition(library: library, name: name, type: type, of: "\(of) ‘\(id.value)’"))
      }
      if number != nil { _ = fields.requiredText("unit", problems: &problems) }
      let item = fields.text("provisional", problems: &problems)
      if let item { references.provisional.append(item) }
      findings.append(
        FindingPlan(
          id: id.value, title: title, library: library.value, definition: name.value,
          concepts: names(fields, "concepts", \.conceptsOrSets), number: number?.value, unit: unit(fields, "unit"),
          until: until?.value, provisional: item?.value))
    }
    return findings
  }
}
