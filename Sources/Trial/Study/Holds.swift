public import ClinicalValues

/// A hold.
public struct Hold: Sendable, Hashable, Codable {
  /// What set it.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable { case safety, operational }
  /// Its number, from 1.
  public let number: Int
  /// Of what kind; that decides who lifts it.
  public let kind: Kind
  /// What it stops, in the order of the way.
  public let activities: [Activity]
  /// The site that it covers; nil for all.
  public let site: SiteID?
  /// The cohort that it covers; nil for all.
  public let cohort: String?
  /// Why.
  public let reason: String
  /// Who set it; nil where a rule did.
  public let setBy: Acting?
  /// The rule that fired, where one did.
  public let rule: StoppingRule?

  /// Whether it covers a site and a cohort.
  public func covers(site: SiteID, cohort: String) -> Bool {
    (self.site == nil || self.site == site) && (self.cohort == nil || self.cohort == cohort)
  }

  /// Whether it stops everything everywhere.
  var isTotal: Bool { site == nil && cohort == nil && activities == Activity.allCases }
}

/// A hold that has not fallen.
public struct HoldInForce: Sendable, Hashable {
  /// The hold as it was set.
  public let hold: Hold
  /// When it was set.
  public let since: Moment
  /// When the ledger took it, and where it stands there.
  let place: LedgerPlace
  /// When the board decided that it may fall; it stands until the safety officer accepts.
  public internal(set) var liftDecided: Moment?
  /// Whether the board has met since.
  public internal(set) var isReviewed = false

  /// When the ledger took it.
  public var recorded: Instant { place.recorded }
}

/// A rule that stops the study by itself (protocol/conduct.md, section 6, "Stopping").
public enum StoppingRule: String, Sendable, Hashable, Codable, CaseIterable {
  /// The posterior probability that the DLT rate is too high has reached its limit.
  case toxicityRate
  /// A death within 28 days of infusion or of LD 1, whatever its cause.
  case earlyDeath
  /// A later death related to product, LD, leukapheresis or procedure.
  case relatedDeath
  /// Grade 4 CRS or ICANS not down to grade 2 within 7 days.
  case persistentGrade4
  /// A DLT in two of the first three.
  case twoEarlyToxicities
  /// Replication-competent vector confirmed.
  case replicationCompetentVector
  /// A CAR-positive malignancy.
  case carPositiveMalignancy
  /// An infusion outside the gate.
  case infusionOutsideGate

  /// What fired, as the reason of the hold.
  public var sentence: String {
    switch self {
    case .toxicityRate: "The probability that the rate of DLTs is too high has reached the protocol's limit."
    case .earlyDeath: "A participant died within 28 days of infusion or of the first dose of lymphodepletion."
    case .relatedDeath: "A participant died, related to product, lymphodepletion, leukapheresis or a procedure."
    case .persistentGrade4: "A CRS or ICANS of grade 4 was not down to grade 2 within 7 days."
    case .twoEarlyToxicities: "Two of the first three participants had a DLT."
    case .replicationCompetentVector: "Replication-competent vector was confirmed."
    case .carPositiveMalignancy: "A CAR-positive malignancy was found."
    case .infusionOutsideGate: "An infusion was begun outside the gate."
    }
  }
}

/// On what a stopping rule has fired.
public struct FiredRule: Sendable, Hashable {
  /// The number of the hold that stands for it.
  public let hold: Int
  /// What it was met by.
  public let basis: [String]
}

extension StudyState {
  /// The holds in force on an activity that cover a site and a cohort.
  public func holds(on activity: Activity, site: SiteID, cohort: String) -> [Hold] {
    holdsInForce.map(\.hold).filter { $0.activities.contains(activity) && $0.covers(site: site, cohort: cohort) }
  }

  /// The safety hold on all four activities, everywhere, that a rule sets by itself; a fact of the decision in which it
  /// fires.
  ///
  /// - Parameters:
  ///   - reason: the rule with its numbers; nil for the rule alone.
  ///   - others: how many holds the same decision has set before it.
  public func hold(by rule: StoppingRule, because reason: String? = nil, after others: Int = 0) -> Fact {
    Fact(
      .study(
        .holdSet(
          hold: Hold(
            number: holdsSet + 1 + others, kind: .safety, activities: Activity.allCases, site: nil, cohort: nil,
            reason: reason ?? rule.sentence, setBy: nil, rule: rule))))
  }

  /// A hold in force; refuses a number that is none.
  func holdInForce(_ number: Int) throws(Refusal) -> HoldInForce {
    guard let hold = holdsInForce.first(where: { $0.hold.number == number }) else {
      let standing = holdsInForce.map { String($0.hold.number) }.joined(separator: ", ")
      throw Refusal(
        "no-such-hold", because: "No hold \(number) is in force.",
        remedy: standing.isEmpty ? "There is no hold." : "In force: \(standing).")
    }
    return hold
  }
}
