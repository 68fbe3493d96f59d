import ClinicalValues
import Markup
import Trial

/// The delegation log: who may do what, from when to when, signed by whom.
struct DelegationLog {
  let rows: [DelegationLogRow]
  let acts: ActLinks
  private var words: Words { acts.words }

  var markup: Markup {
    Part.section(words["Delegation log"], id: "delegations") {
      Part.table(
        words("{count} lines", ["count": String(rows.count)]),
        [
          words["Line"], words["Name"], words["Role"], words["From"], words["To"], words["State"], words["Signed by"],
          words["What you can do"],
        ], rows.map(row), empty: words["Nothing is delegated."])
    }
  }

  private func row(_ row: DelegationLogRow) -> [Markup] {
    let line = row.delegation
    let number = String(line.number)
    return [
      .text(number), .text(row.name),
      .text(
        words[line.role.title] + (line.site.map { " · " + words("site {site}", ["site": $0.description]) } ?? "")),
      .text(words.date(line.from)), .text(line.to.map { words.date($0) } ?? "–"),
      Part.badge(words.title(row.standing), row.standing.tone),
      .text([line.delegator, line.accepted].compactMap { $0?.name }.joined(separator: ", ")),
      .tag("div", ["class": "actions"]) {
        if row.standing == .awaitsAcceptance {
          acts.link(AcceptDelegation.self, words["Accept"], [("number", number)])
        }
        if row.standing == .inForce || row.standing == .toCome {
          if line.site == nil {
            acts.link(EndAppointment.self, words["End it"], [("number", number)])
          } else {
            acts.link(EndDelegation.self, words["End it"], [("number", number)])
          }
        }
      },
    ]
  }
}

extension DelegationLogRow.Standing: Titled {
  var title: String {
    switch self {
    case .awaitsAcceptance: "awaits the person's signature"
    case .toCome: "to come"
    case .inForce: "in force"
    case .past: "past"
    case .ended: "ended"
    }
  }

  var tone: Part.Tone {
    switch self {
    case .awaitsAcceptance: .due
    case .toCome: .progress
    case .inForce: .done
    case .past, .ended: .excluded
    }
  }
}
