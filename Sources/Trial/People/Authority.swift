public import ClinicalValues

extension Situation {
  /// Refuses unless whoever acts may do it: the account works, its role has the permission, training and delegation
  /// cover the moment when it happened and now, and a role of a site acts within its site.
  func authorize(
    _ permission: Permission, sites: Set<SiteID>, participants: Set<ParticipantID>,
    doing done: (any DoneToMaterial)? = nil, onlyCloses: Bool = false
  ) throws(Refusal) {
    try authorize(
      actor, for: permission, sites: sites, participants: participants, doing: done, onlyCloses: onlyCloses)
  }

  /// The same for somebody who acts together with the actor.
  ///
  /// - Parameter done: what is done to a material: what lies at a site is in the hands of that site, wherever its participant has gone.
  func authorize(
    _ acting: Acting, for permission: Permission, sites: Set<SiteID> = [], participants: Set<ParticipantID> = [],
    doing done: (any DoneToMaterial)? = nil, onlyCloses: Bool = false
  ) throws(Refusal) {
    // An account that was locked out, disabled or taken off the log since then records nothing any more.
    for moment in happened.instant == now ? [happened] : [happened, asOfNow.happened] {
      if let refusal = state.objection(
        to: acting, for: permission, at: moment, under: protocolVersion.version, onlyCloses: onlyCloses)
      {
        throw refusal
      }
    }
    guard acting.role.isOfSite, let own = acting.site else { return }
    if let done, try state.isInHands(of: own, for: done) { return }
    let elsewhere = sites.union(participants.map { state.participants[$0]?.way.site ?? $0.site }).subtracting([own])
    if let site = elsewhere.min() {
      throw Refusal(
        "other-site", because: "This belongs to site \(site); you act for site \(own).",
        remedy: "Ask a colleague of site \(site) to do it.")
    }
  }

  /// Refuses unless somebody else, named in a command and not here to act, was allowed to do something when it happened.
  func requireAllowed(_ acting: Acting, to permission: Permission) throws(Refusal) {
    if let refusal = state.people.objection(
      to: acting, for: permission, at: happened, under: protocolVersion.version, ignoringStanding: true)
    {
      throw refusal
    }
  }
}

extension TrialState {
  /// Why somebody may not do something at a moment under a protocol version; nil if nothing stands against it.
  ///
  /// - Parameter onlyCloses: whether it does no more than close something. Then training in any version that somebody in the
  ///   study is under is enough: an amendment for those not yet enrolled takes from nobody what stops harm, while somebody is
  ///   under the former.
  public func objection(
    to acting: Acting, for permission: Permission, at moment: Moment, under version: String, onlyCloses: Bool
  ) -> Refusal? {
    guard let refusal = people.objection(to: acting, for: permission, at: moment, under: version) else { return nil }
    guard onlyCloses else { return refusal }
    let inStudy = participants.values.filter { $0.way.left == nil && $0.way.completed == nil }
    let versions = Set(inStudy.compactMap { study.version(for: $0.id, at: moment)?.version })
    let isFree = versions.contains {
      people.objection(to: acting, for: permission, at: moment, under: $0) == nil
    }
    return isFree ? nil : refusal
  }
}

extension PeopleState {
  /// Why somebody may not do something at a moment under a protocol version; nil if nothing stands against it.
  ///
  /// The four questions in order: does the account work, has it the role there, has the role the permission, do
  /// training and delegation cover the moment. Where the role's site lies is the caller's question.
  ///
  /// - Parameter ignoringStanding: for somebody who acted in the past and may have left since.
  public func objection(
    to acting: Acting, for permission: Permission, at moment: Moment, under version: String,
    ignoringStanding: Bool = false
  ) -> Refusal? {
    guard let account = accounts[acting.account] else {
      return Refusal(
        "unknown-account", because: "There is no account \(acting.account).", remedy: "Check how it is spelled.")
    }
    guard account.standing == .enabled || ignoringStanding else {
      return Refusal(
        "account-not-enabled", because: "The account \(account.id) is \(account.standing.rawValue).",
        remedy: "An administrator can say why.")
    }
    guard acting.role.extent(of: permission) != nil else {
      return Refusal(
        "role-may-not",
        because: "As \(acting.role.title), \(account.name) may not do this. It takes: \(permission.title).",
        remedy: "It can be done by: \(PeopleState.roles(that: permission)).")
    }
    guard (acting.site != nil) == acting.role.isOfSite else {
      return Refusal(
        acting.role.isOfSite ? "site-missing" : "site-not-asked",
        because: acting.role.isOfSite
          ? "A \(acting.role.title) acts for a site, and none is named."
          : "A \(acting.role.title) acts for no single site.",
        remedy: acting.role.isOfSite ? "Say for which site." : "Leave the site out.")
    }
    guard account.holds(acting.role, at: acting.site, on: moment.instant) else {
      return Refusal(
        "role-not-held",
        because: "\(account.name) \(account.holdsEver(acting.role) ? "was not" : "is not") \(acting.role.title)"
          + "\(acting.site.map { " at site \($0)" } ?? "") on \(moment.date).",
        remedy: "An administrator can grant the role.")
    }
    if permission == .ownAccount || founders[account.id] == acting.role { return nil }
    return trainingObjection(account, acting.role, moment, version) ?? delegationObjection(acting, permission, moment)
  }

  private func trainingObjection(
    _ account: Account, _ role: Role, _ moment: Moment, _ version: String
  ) -> Refusal? {
    let day = moment.day
    if !account.training.contains(where: { $0.subject == .system && $0.covers(day) }) {
      return Refusal(
        "training-missing", because: "\(account.name) has no training in the system that covers \(moment.date).",
        remedy: "After the training, an administrator records it.")
    }
    if role.needsProtocolTraining, !account.training.contains(where: { $0.serves(version) && $0.covers(day) }) {
      return Refusal(
        "training-missing",
        because: "\(account.name) has no training in protocol \(version) that covers \(moment.date).",
        remedy: "After the training, an administrator records it.")
    }
    return nil
  }

  private func delegationObjection(_ acting: Acting, _ permission: Permission, _ moment: Moment) -> Refusal? {
    var isDelegated = false
    for line in delegations where line.account == acting.account && line.role == acting.role && line.site == acting.site
    {
      guard line.covers(moment) else { continue }
      if line.tasks.contains(permission) { return nil }
      isDelegated = true
    }
    if !isDelegated {
      let place = acting.site.map { " at site \($0)" } ?? ""
      return Refusal(
        "not-delegated",
        because: "The delegation log does not cover \(name(of: acting.account)) as \(acting.role.title)\(place) at "
          + "\(moment).",
        remedy: acting.role.isDelegatedBySite
          ? "The site's principal investigator signs the delegation, and the person accepts it."
          : "The sponsor's signatory signs the delegation, and the person accepts it.")
    }
    return Refusal(
      "task-not-delegated",
      because: "\(name(of: acting.account)) is delegated as \(acting.role.title), but not for: \(permission.title).",
      remedy: "A new delegation can name this task.")
  }

  private static func roles(that permission: Permission) -> String {
    Role.allCases.filter { $0.extent(of: permission) != nil }.map(\.title).joined(separator: ", ")
  }
}

extension Account {
  fileprivate func holdsEver(_ role: Role) -> Bool { grants.contains { $0.role == role } }
}

extension PeopleState {
  /// As whom an account acts when it says no more than this: the one role, and the one site, that fit.
  ///
  /// - Throws: `Refusal` (`role-not-held`, `role-unclear`) if there is none, or more than one.
  public func acting(_ id: AccountID, as role: Role?, at site: SiteID?, on instant: Instant) throws(Refusal) -> Acting {
    guard let account = accounts[id] else {
      throw Refusal("unknown-account", because: "There is no account \(id).", remedy: "Check how it is spelled.")
    }
    let fitting = account.grants.filter {
      $0.covers(instant) && (role == nil || $0.role == role) && (site == nil || $0.site == site)
    }
    guard let only = fitting.first else {
      throw Refusal(
        "role-not-held", because: "The account \(id) does not have that role there.",
        remedy: "An administrator can grant the role.")
    }
    guard fitting.count == 1 else {
      let names = fitting.map { $0.role.rawValue + ($0.site.map { " \($0)" } ?? "") }.joined(separator: ", ")
      throw Refusal(
        "role-unclear", because: "The account \(id) can act as: \(names).", remedy: "Say as which, and for which site.")
    }
    return Acting(account: id, role: only.role, site: only.site)
  }

  /// Who may do something at a moment, for a site where the role is a site's, in the order of their accounts.
  public func holders(
    of permission: Permission, site: SiteID? = nil, at moment: Moment, under version: String
  ) -> [Acting] {
    accounts.values.sorted { $0.id < $1.id }.flatMap { account in
      account.grants.filter { $0.site == nil || site == nil || $0.site == site }
        .map { Acting(account: account.id, role: $0.role, site: $0.site) }
        .filter { objection(to: $0, for: permission, at: moment, under: version) == nil }
    }
  }
}
