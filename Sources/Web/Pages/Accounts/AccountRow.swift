import ClinicalValues
import Conduct
import Markup
import Trial

/// A person's account: standing, roles with what they may do now or why not, training, last use, what to look at.
struct AccountRow {
  let row: AccessReview.Row
  let account: Account?
  let acts: ActLinks
  /// That of the reader's site.
  let zone: String
  private var words: Words { acts.words }

  var markup: Markup {
    .tag("li", ["class": row.isLocked ? "late" : row.remarks.isEmpty ? "" : "soon"]) {
      Markup.tag("div") { Part.badge(words.title(row.standing), row.standing.tone) }
      Markup.tag("div", ["class": "stack"]) {
        Markup.tag("div") {
          Markup.tag("strong") { row.name }
          " · "
          Markup.tag("code") { row.account.description }
          if row.isLocked { Part.badge("✕ " + words["locked after failed attempts"], .stop) }
        }
        Markup.tag("ul", ["class": "formlist"]) { for role in row.roles { roleItem(role) } }
        for remark in row.remarks { Markup.tag("p", ["class": "remedy"]) { words.sentence(remark) } }
        Part.disclosure(.text(words["Training, last use, acts"])) {
          Markup.tag("div", ["class": "stack"]) {
            facts
            actions
          }
        }
      }
    }
  }

  private func roleItem(_ role: AccessReview.RoleRow) -> Markup {
    .tag("li") {
      words[role.role.title] + (role.site.map { " · " + words("site {site}", ["site": $0.description]) } ?? "") + " "
      if role.rights.isEmpty {
        Part.badge(words["may do nothing now"], .due)
        " "
        if let because = role.because { words.sentence(because) }
      } else {
        let count = role.rights.count
        Part.badge("✓ " + (count == 1 ? words["1 right"] : words("{count} rights", ["count": String(count)])), .done)
      }
    }
  }

  private var facts: Markup {
    Part.facts([
      (words["Identity"], .text(row.identityCheck.map { words.title($0) } ?? words["not checked"])),
      (words["Second factor"], .text(row.hasSecondFactor ? words["set"] : words["not set"])),
      (
        words["Last used"],
        row.lastSignIn.map { words.placedTime(ZoneClock.moment($0, zone: zone)) } ?? .text(words["never"])
      ),
      (words["Failed attempts since"], .text(String(row.failures))),
      (
        words["Training"],
        .text((account?.training ?? []).map(training).joined(separator: "; "))
      ),
    ])
  }

  private func training(_ training: Training) -> String {
    let subject =
      switch training.subject {
      case .system: words["this system"]
      case .protocolVersion(let version): words("protocol version {version}", ["version": version])
      }
    return "\(subject) (\(words.date(training.from))\(training.to.map { " – \(words.date($0))" } ?? ""))"
  }

  private var actions: Markup {
    let id = row.account.description
    return .tag("div", ["class": "actions"]) {
      acts.link(GrantRole.self, words["Grant a role"], [("account", id)])
      acts.link(WithdrawRole.self, words["Withdraw a role"], [("account", id)])
      acts.link(RecordTraining.self, words["Record training"], [("account", id)])
      acts.link(CheckAccountIdentity.self, words["Record the identity check"], [("account", id)])
      acts.link(ResetPassword.self, words["Reset the password"], [("account", id)])
      acts.link(ReportSecondFactorLost.self, words["Second factor lost"], [("account", id)])
      if account?.access.unconfirmedResets.isEmpty == false {
        acts.link(ConfirmReset.self, words["Confirm that the password reached the person"], [("account", id)])
        acts.link(ConfirmResetForSponsor.self, words["Confirm that the password reached the person"], [("account", id)])
        acts.link(ConfirmResetForSafety.self, words["Confirm that the password reached the person"], [("account", id)])
      }
      if row.isLocked { acts.link(UnlockAccount.self, words["Unlock"], [("account", id)]) }
      switch row.standing {
      case .enabled:
        acts.link(Delegate.self, words["Delegate"], [("account", id)])
        acts.link(Appoint.self, words["Appoint"], [("account", id)])
        acts.link(DisableAccount.self, words["Disable"], [("account", id)])
      case .prepared, .disabled:
        acts.link(EnableAccount.self, words["Enable"], [("account", id)])
        acts.link(RevokeAccount.self, words["Revoke for good"], [("account", id)])
      case .revoked: Markup.fragment([])
      }
    }
  }
}

extension Account.Standing: Titled {
  var title: String {
    switch self {
    case .prepared: "prepared"
    case .enabled: "enabled"
    case .disabled: "disabled"
    case .revoked: "revoked"
    }
  }

  var tone: Part.Tone {
    switch self {
    case .prepared: .progress
    case .enabled: .done
    case .disabled: .due
    case .revoked: .excluded
    }
  }
}

extension IdentityCheck: Titled {
  var title: String {
    switch self {
    case .document: "an identity document was seen"
    case .employer: "the employer confirmed it in writing"
    case .acquaintance: "known to whoever checked"
    }
  }
}
