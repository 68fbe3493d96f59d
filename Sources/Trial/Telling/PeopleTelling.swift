import ClinicalValues

extension EventTelling {
  /// What an event of a site tells.
  func told(_ event: SiteEvent) -> Told {
    switch event {
    case .siteAdded(let name, let zone): return Told("\(name) joined the study; its clocks are those of \(zone)")
    case .consentPutInForce(let form):
      var words = "version \(form.version) of the consent form comes into force on \(Say.clockTime(form.from))"
      if let whom = form.signedAnewBy.words {
        words += "; to be signed anew by \(whom)"
        if let activity = form.beforeActivity { words += " before \(activity.rawValue)" }
        if let day = form.beforeDate { words += " before \(day)" }
      }
      return Told(words)
    }
  }

  /// What an event of accounts tells.
  func told(_ event: PeopleEvent) -> Told {
    switch event {
    case .accountsFounded(let administrator, let administratorName, let sponsor, let sponsorName):
      return Told(
        "the first accounts were made: \(administratorName) (\(administrator)) as administrator, \(sponsorName) "
          + "(\(sponsor)) as the sponsor's signatory")
    case .accountCreated(let account, let name, let namesakes):
      let others = namesakes.isEmpty ? "" : "; others of that name: \(Say.listed(namesakes.map(\.description)))"
      return Told("account \(account) was made for \(name)\(others)")
    case .identityChecked(let account, let how):
      return Told("it was made sure who \(vocabulary.person(account)) is, \(how.words)")
    case .accountEnabled(let account): return of(account, "can be used from now on")
    case .accountDisabled(let account, let reason):
      return of(account, "cannot be used until it is enabled again: \(Say.quoted(reason))")
    case .accountRevoked(let account, let reason): return of(account, "can never be used again: \(Say.quoted(reason))")
    case .roleGranted(let account, let role, let site):
      return Told("\(vocabulary.person(account)) was granted the role of \(role.title)\(at(site))")
    case .roleWithdrawn(let account, let role, let site, let reason):
      return Told("\(vocabulary.person(account)) lost the role of \(role.title)\(at(site)): \(Say.quoted(reason))")
    case .trained(let account, let training): return told(training, of: account)
    case .delegationSigned(let number, let account, let role, let site, let tasks, let from, let to):
      let end = to.map { "to \($0)" } ?? "without end"
      return Told(
        "delegation \(number) was signed for \(vocabulary.person(account)) as \(role.title)\(at(site)), from \(from) \(end)",
        detail: tasks.map(\.title))
    case .delegationAccepted(let number): return Told("delegation \(number) was signed by the person too")
    case .delegationEnded(let number, let reason): return Told("delegation \(number) was ended: \(Say.quoted(reason))")
    case .passwordSet(let account): return Told("\(vocabulary.person(account)) chose a password")
    case .passwordReset(let account, let reason):
      return Told("\(vocabulary.person(account)) was given a password, to be changed at once: \(Say.quoted(reason))")
    case .resetConfirmed(let account):
      return Told("it was confirmed that the password that was given reached \(vocabulary.person(account))")
    case .resetAcknowledged(let account):
      return Told("\(vocabulary.person(account)) said that they know of the reset of the password")
    case .secondFactorSet(let account): return Told("\(vocabulary.person(account)) set up a second factor")
    case .secondFactorLost(let account, let reason):
      return Told("the second factor of \(vocabulary.person(account)) counts no more: \(Say.quoted(reason))")
    case .recoveryCodeUsed(let account, let left):
      return Told("\(vocabulary.person(account)) used a recovery code; \(left) are left")
    case .signedIn(let account): return Told("\(vocabulary.person(account)) signed in")
    case .signedInAtProvider(let account, let issuer):
      return Told("\(vocabulary.person(account)) signed in at \(issuer)")
    case .providerLinked(let account, let issuer, _): return of(account, "was linked to their sign-in at \(issuer)")
    case .providerUnlinked(let account, let issuer): return of(account, "is linked to no sign-in at \(issuer) any more")
    case .authenticationFailed(let account, let purpose, let cause):
      let who = account.map { "\(vocabulary.person($0)) was refused" } ?? "somebody unknown was refused"
      let what: String
      switch purpose {
      case .signIn: what = "at sign-in"
      case .signature: what = "at a signature"
      }
      return Told("\(who) \(what): \(cause.words)")
    case .accountLocked(let account, let until): return of(account, "is locked until \(Say.clockTime(until))")
    case .accountUnlocked(let account, let reason): return of(account, "was unlocked: \(Say.quoted(reason))")
    case .identityErased(let participant, let reason):
      return Told("the identity data of participant \(participant) were erased for good: \(Say.quoted(reason))")
    case .identityKept(let participant):
      return Told("the identity data of participant \(participant) were kept")
    case .identityRead(let account, let participant, let part):
      let what =
        switch part {
        case .person: "who participant \(participant) is"
        case .birthDate: "the birth date of participant \(participant)"
        }
      return Told("\(vocabulary.person(account)) read \(what)")
    }
  }

  private func of(_ account: AccountID, _ words: String) -> Told {
    Told("the account of \(vocabulary.person(account)) \(words)")
  }

  private func at(_ site: SiteID?) -> String { site.map { " at site \($0)" } ?? "" }

  private func told(_ training: Training, of account: AccountID) -> Told {
    let subject: String
    switch training.subject {
    case .system: subject = "this system"
    case .protocolVersion(let version): subject = "protocol version \(version)"
    }
    return Told(
      "\(vocabulary.person(account)) was trained in \(subject) on \(training.from)"
        + (training.to.map { "; it holds through \($0)" } ?? ""))
  }
}
