import ClinicalValues
import Conduct
import StudyDesign
import Trial

/// Where a participant stands, in a line.
struct ParticipantText: Sendable {
  let id: String
  let site: String
  let cohort: String
  let status: String
  let version: String
  /// What keeps somebody busy: a question, quarantines, deviations, clocks that run, consents.
  let open: [String]

  init(_ participant: ParticipantState, in state: TrialState, at now: Moment) {
    id = participant.id.description
    site = participant.way.site?.description ?? "-"
    cohort = participant.way.cohort ?? "any"
    status = participant.status(at: now).rawValue
    version = state.study.version(for: participant.id, at: now)?.version ?? "none in force"
    var open: [String] = []
    if participant.way.isEligibilityQuestioned { open.append("eligibility is questioned") }
    if participant.way.lacksCapacity { open.append("lacks the capacity to consent") }
    for number in participant.product.quarantines.keys.sorted() { open.append("quarantine \(number)") }
    for act in participant.product.outsideGate where !act.isSigned {
      open.append("act \(act.number) outside the gate is not signed by the investigator")
    }
    let deviations = participant.record.deviations.filter { !$0.isClosed }.map { "\($0.number)" }
    if !deviations.isEmpty { open.append("deviations \(deviations.joined(separator: ", "))") }
    for clock in participant.record.runningClocks {
      let late = clock.isLate(at: now.instant) ? ", late" : ""
      open.append("report clock \(clock.number) (\(clock.clock)) due \(EventText.clock(clock.due))\(late)")
    }
    if let site = participant.way.site, let forms = state.sites[site]?.reconsentDue(participant, before: nil, at: now) {
      for form in forms { open.append("consent version \(form) to be signed") }
    }
    open += participant.owedByWithdrawal
    self.open = open
  }

  var text: String {
    var page = Page()
    page.line("Participant \(id)")
    for (label, value) in [("status", status), ("site", site), ("cohort", cohort), ("version", version)] {
      page.entry("  \(label)", value, labelWidth: 18)
    }
    for item in open { page.entry("  open", item, labelWidth: 18) }
    return page.text
  }

  var members: [(String, JSON)] {
    [
      ("participant", .string(id)), ("site", .string(site)), ("cohort", .string(cohort)), ("status", .string(status)),
      ("version", .string(version)), ("open", .strings(open)),
    ]
  }

  var json: JSON { .object(members) }
}

/// What is known of a participant's way, beside the status.
struct ParticipantDetails: Sendable {
  /// Labels with their values, in the order of the way.
  private let entries: [(key: String, label: String, value: String)]

  init(_ participant: ParticipantState) {
    let way = participant.way
    let product = participant.product
    var entries: [(String, String, String?)] = []
    for consent in way.consents {
      entries.append(
        ("consent", "consent", "version \(consent.version), site \(consent.site), \(EventText.clock(consent.signed))"))
    }
    switch way.eligibility {
    case .eligible(let signed, let through, let version):
      let last = CalendarDate(daysSinceEpoch: through)?.description ?? "?"
      entries.append(
        (
          "eligibility", "eligible",
          "signed \(EventText.clock(signed)) under version \(version.version), enrolls through \(last)"
        ))
    case .failed(let decided): entries.append(("eligibility", "screening failed", EventText.clock(decided)))
    case nil: break
    }
    entries.append(("enrolled", "enrolled", way.enrolled.map { EventText.clock($0) }))
    entries.append(("identity", "chain of identity", product.identity?.description))
    entries.append(("dayZero", "Day 0 booked", way.bookedDayZero?.description))
    for (kind, recheck) in way.rechecks.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      entries.append(
        ("recheck", "re-check", "\(kind.rawValue): \(recheck.outcome.rawValue), \(EventText.clock(recheck.signed))"))
    }
    for (number, dose) in way.lymphodepletionDoses.enumerated() {
      entries.append(("lymphodepletion", "lymphodepletion", "dose \(number + 1), \(EventText.clock(dose))"))
    }
    if let infusion = product.infusion {
      let dose = infusion.dosePerKg.map { ", \($0) cells/kg" } ?? ""
      let outside = infusion.outsideGate ? ", outside the gate" : ""
      entries.append(("infusion", "infusion", "begun \(EventText.clock(infusion.begun))\(dose)\(outside)"))
    }
    entries.append(("left", "left", way.left.map { EventText.clock($0) + Self.words(way.departure) }))
    if let withdrawal = way.departure?.withdrawal {
      let said = "samples are to be \(withdrawal.samples.rawValue), cells to be \(withdrawal.cells.rawValue)"
      entries.append(("withdrawal", "withdrawn", "of \(withdrawal.scope.rawValue): \(said)"))
    }
    entries.append(("died", "died", way.died.map { EventText.clock($0) }))
    entries.append(("completed", "completed", way.completed.map { EventText.clock($0) }))
    for deviation in participant.record.deviations {
      let standing = deviation.isLapsed ? "not one after all" : deviation.isClosed ? "closed" : "open"
      entries.append(
        (
          "deviation", "deviation \(deviation.number)",
          "\(EventText.words(ofName: deviation.kind.rawValue)), \(deviation.severity?.rawValue ?? "not classified"), "
            + standing
        ))
    }
    self.entries = entries.compactMap { entry in entry.2.map { (key: entry.0, label: entry.1, value: $0) } }
  }

  private static func words(_ departure: Departure?) -> String {
    guard let departure else { return "" }
    return ", \(EventText.words(ofName: departure.reason.rawValue)): \(departure.detail)"
  }

  var text: String {
    var page = Page()
    for entry in entries { page.entry("  \(entry.label)", entry.value, labelWidth: 18) }
    return page.text
  }

  var members: [(String, JSON)] {
    [
      (
        "way",
        .array(entries.map { .object([("what", .string($0.key)), ("text", .string($0.value))]) })
      )
    ]
  }
}

/// Who somebody is, for who may see it.
struct IdentityText: Sendable {
  private let person: Person?

  init(_ person: Person?) { self.person = person }

  private var entries: [(String, String?)] {
    [
      ("name", person?.name), ("birthDate", person?.birthDate.description), ("sexAtBirth", person?.sexAtBirth),
      ("contact", person?.contact), ("document", person?.document),
    ]
  }

  var text: String {
    guard person != nil else { return "  No identity is kept, or it was erased.\n" }
    var page = Page()
    for (key, value) in entries {
      if let value { page.entry("  \(EventText.words(ofName: key))", value, labelWidth: 18) }
    }
    return page.text
  }

  var json: JSON { person == nil ? .null : .object(entries.map { ($0.0, JSON($0.1)) }) }
}
