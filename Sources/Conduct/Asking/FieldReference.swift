import Trial

/// What of the trial a field names. `FieldChoices` finds those that there are, so that nobody types a number that stands
/// somewhere; what is read from a label or a wristband names nothing here, since it must be read.
public enum FieldReference: String, Sendable, Hashable, CaseIterable {
  case participant, collection, lot, bag, material
  case account, site, cohort, delegation, enrollmentScope
  case visit, custodyStep, releaseTest, treatment
  case protocolVersion, consentVersion, provisionalItem
  case hold, question, quarantine, outsideGate, query, deviation, clock
}

extension FieldReference {
  /// What a value of a type names.
  init?(of type: Any.Type) {
    if type == ParticipantID.self {
      self = .participant
    } else if type == CollectionNumber.self {
      self = .collection
    } else if type == LotNumber.self {
      self = .lot
    } else if type == BagNumber.self {
      self = .bag
    } else if type == Material.self {
      self = .material
    } else if type == AccountID.self {
      self = .account
    } else if type == SiteID.self {
      self = .site
    } else if type == StudyScope.self {
      self = .enrollmentScope
    } else {
      return nil
    }
  }

  /// What a member names whose type is a text or a number.
  static func named(_ member: String, of command: String) -> FieldReference? {
    byCommand["\(command).\(member)"] ?? byMember[member]
  }

  /// Members that are never chosen, by command: they give a name to something new, or name a bag whosever it is.
  static let neverChosen: Set<String> = [
    "\(AddSite.name).site", "\(CreateAccount.name).account", "\(RecordOutsideGate.name).bag",
  ]

  private static let byMember: [String: FieldReference] = [
    "cohort": .cohort, "visit": .visit, "correctVisit": .visit, "step": .custodyStep, "test": .releaseTest,
    "treatment": .treatment, "hold": .hold, "question": .question, "quarantine": .quarantine, "query": .query,
    "deviation": .deviation, "clock": .clock, "correctVersion": .consentVersion,
  ]

  /// What a word means in some commands only.
  private static let byCommand: [String: FieldReference] = [
    "\(GiveConsent.name).version": .consentVersion, "\(CorrectConsent.name).version": .consentVersion,
    "\(PutProtocolInForce.name).version": .protocolVersion, "\(AdoptProvisional.name).version": .protocolVersion,
    "\(ChangeProvisional.name).version": .protocolVersion, "\(SignConfigurationTest.name).version": .protocolVersion,
    "\(RecordTraining.name).version": .protocolVersion, "\(AdoptProvisional.name).items": .provisionalItem,
    "\(ChangeProvisional.name).item": .provisionalItem, "\(AcceptDelegation.name).number": .delegation,
    "\(EndDelegation.name).number": .delegation, "\(EndAppointment.name).number": .delegation,
    "\(SignOutsideGate.name).number": .outsideGate,
  ]
}
