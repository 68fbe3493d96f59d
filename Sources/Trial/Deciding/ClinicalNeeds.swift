public import StudyDesign

/// What of a participant's clinical picture a decision looks at. Nothing else is asked of CQL for it.
public struct ClinicalNeeds: Sendable, Hashable {
  /// The verdict of screening.
  public var eligibility = false
  /// The verdict of the day of the eligibility decision, on the data as they are known now.
  public var reviewed = false
  /// The same, but only where it is no longer eligible: whoever enters data needs no reasons for a decision that stands.
  public var questioned = false
  /// The re-checks.
  public var rechecks: Set<RecheckKind> = []
  /// The criteria of too long a wait.
  public var longWait = false
  /// The clinical facts that lines of gates ask for.
  public var findings = false
  /// Whether somebody is of age, by what the identity store alone may know: asked before there are data, and before a cohort is
  /// meant.
  public var age = false

  /// Nothing of it but what is named.
  public init(
    eligibility: Bool = false, reviewed: Bool = false, questioned: Bool = false, rechecks: Set<RecheckKind> = [],
    longWait: Bool = false, findings: Bool = false, age: Bool = false
  ) {
    self.eligibility = eligibility
    self.reviewed = reviewed
    self.questioned = questioned
    self.rechecks = rechecks
    self.longWait = longWait
    self.findings = findings
    self.age = age
  }

  /// All of it: what a person sees.
  public static let everything = ClinicalNeeds(
    eligibility: true, reviewed: true, rechecks: Set(RecheckKind.allCases), longWait: true, findings: true)
}

/// A command that looks at a part of the clinical picture only.
public protocol NeedsClinicalData: TrialCommand {
  /// The part.
  var clinicalNeeds: ClinicalNeeds { get }
}

extension TrialCommand {
  /// What it looks at: the part that it names, else everything.
  public var neededOfPicture: ClinicalNeeds { (self as? any NeedsClinicalData)?.clinicalNeeds ?? .everything }
}

extension ImportData: NeedsClinicalData {
  /// Whether the data speak against the decision.
  public var clinicalNeeds: ClinicalNeeds { ClinicalNeeds(questioned: true) }
}

extension QuestionEligibility: NeedsClinicalData {
  /// What the decision would be now.
  public var clinicalNeeds: ClinicalNeeds { ClinicalNeeds(reviewed: true) }
}

extension GiveConsent: NeedsClinicalData {
  /// Whether the participant is of age.
  public var clinicalNeeds: ClinicalNeeds { ClinicalNeeds(age: true) }
}

extension DecideEligible: NeedsClinicalData {
  /// Today's verdict; that of the first decision for who is enrolled.
  public var clinicalNeeds: ClinicalNeeds { ClinicalNeeds(eligibility: true, reviewed: true) }
}

extension FailScreening: NeedsClinicalData {
  /// Which criteria fail.
  public var clinicalNeeds: ClinicalNeeds { ClinicalNeeds(eligibility: true) }
}

extension SignRecheck: NeedsClinicalData {
  /// The re-check that is signed, with its findings and the criteria of too long a wait.
  public var clinicalNeeds: ClinicalNeeds { ClinicalNeeds(rechecks: [kind], longWait: true, findings: true) }
}

extension OrderLymphodepletion: NeedsClinicalData {
  /// Height, weight and renal function.
  public var clinicalNeeds: ClinicalNeeds { ClinicalNeeds(findings: true) }
}

extension OrderInfusion: NeedsClinicalData {
  /// The weight.
  public var clinicalNeeds: ClinicalNeeds { ClinicalNeeds(findings: true) }
}

extension Gate {
  /// What its lines ask of the clinical picture: the findings, and the re-check before the act that it bars.
  public var clinicalNeeds: ClinicalNeeds {
    switch self {
    case .enrollment: ClinicalNeeds(findings: true)
    case .leukapheresis: ClinicalNeeds(rechecks: [.leukapheresis], findings: true)
    case .lymphodepletion: ClinicalNeeds(rechecks: [.lymphodepletion], findings: true)
    case .infusion, .thawing: ClinicalNeeds(rechecks: [.infusion], findings: true)
    }
  }
}

extension ClinicalNeeds {
  /// What either of two needs.
  public func union(_ other: ClinicalNeeds) -> ClinicalNeeds {
    ClinicalNeeds(
      eligibility: eligibility || other.eligibility, reviewed: reviewed || other.reviewed,
      questioned: questioned || other.questioned, rechecks: rechecks.union(other.rechecks),
      longWait: longWait || other.longWait, findings: findings || other.findings, age: age || other.age)
  }
}

extension BeginCollection: NeedsClinicalData {
  /// What the gate asks that bars it.
  public var clinicalNeeds: ClinicalNeeds { Gate.leukapheresis.clinicalNeeds }
}

extension StartLymphodepletion: NeedsClinicalData {
  /// What the gate asks that bars it.
  public var clinicalNeeds: ClinicalNeeds { Gate.lymphodepletion.clinicalNeeds }
}

extension ThawBag: NeedsClinicalData {
  /// What the gate asks that bars it.
  public var clinicalNeeds: ClinicalNeeds { Gate.thawing.clinicalNeeds }
}

extension StartInfusion: NeedsClinicalData {
  /// What the gate asks that bars it.
  public var clinicalNeeds: ClinicalNeeds { Gate.infusion.clinicalNeeds }
}
