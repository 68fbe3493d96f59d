// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

/// Two people check the person against identity document and wristband: here cells and person are tied.
///
/// The identity store compares names and birth dates; the command holds only whether they matched.
public struct CheckPerson: TrialCommand {
  public static let name = "product check-person"
  public static let abstract = "Check the person by two people against identity document and wristband."
  public static let permission = Permission.recordData
  public static let fields = [
    CommandField("participant", "who the person is meant to be, such as 03-0007"),
    CommandField("at", "before what: \(Self.listed(PersonCheckPlace.self))"),
    CommandField("wristband", "the participant's number as read from the wristband, such as 03-0007-K"),
    CommandField("documentName", "whether the name of the document is the participant's: true or false"),
    CommandField("documentBirthDate", "whether its date of birth is: true or false"),
    CommandField("wristbandName", "whether the name of the wristband is: true or false"),
    CommandField("wristbandBirthDate", "whether its date of birth is: true or false"),
  ]

  /// Who the person is meant to be.
  public var participant: ParticipantID
  /// Before what.
  public var at: PersonCheckPlace
  /// The participant's number as read from the wristband.
  public var wristband: String
  /// Whether the identity store finds the document's name to be the participant's.
  public var documentName: Bool
  /// The same of the document's date of birth.
  public var documentBirthDate: Bool
  /// The same of the wristband's name.
  public var wristbandName: Bool
  /// The same of the wristband's date of birth.
  public var wristbandBirthDate: Bool

  public init(
    participant: ParticipantID, at: PersonCheckPlace, wristband: String, documentName: Bool, documentBirthDate: Bool,
    wristbandName: Bool, wristbandBirthDate: Bool
  ) {
    self.participant = participant
    self.at = at
    self.wristband = wristband
    self.documentName = documentName
    self.documentBirthDate = documentBirthDate
    self.wristbandName = wristbandName
    self.wristbandBirthDate = wristbandBirthDate
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.participant(participant)
    guard state.product.identity != nil else {
      throw Refusal(
        "no-identity", because: "\(participant) has no chain-of-identity identifier.",
        remedy: "It is issued at enrollment.")
    }
    try situation.requireNotWithdrawnFromEverything(state)
    try situation.requireTwoPeople(.recordData, for: participant)
    let read = try situation.read(wristband: wristband)
    let matched: KeyValuePairs<PersonCheckItem, Bool> = [
      .documentName: documentName, .documentBirthDate: documentBirthDate, .wristbandNumber: read == participant,
      .wristbandName: wristbandName, .wristbandBirthDate: wristbandBirthDate,
    ]
    let wrong = matched.filter { !$0.value }.map(\.key)
    guard !wrong.isEmpty else {
      return [
        Fact(
          .product(participant, .personChecked(at: at)),
          signed: "We have checked this person against identity document and wristband: \(participant).",
          signedByAll: true)
      ]
    }
    let what =
      "The person before \(at.rawValue) does not match \(participant): "
      + wrong.map(\.words).joined(separator: ", ") + "."
    let mismatched = Fact(.product(participant, .personMismatched(at: at, items: wrong)))
    // Before any cells are there, nothing can go into quarantine; the missing check keeps the collection from starting.
    guard state.product.collections.contains(where: { $0.ended != nil }) else {
      return [mismatched, situation.deviation(.identity, what, of: participant, severity: .critical)]
    }
    return [mismatched]
      + situation.identityFacts(what, at: "\(at.rawValue)Check", of: state, others: [read], found: nil)
  }
}

extension Situation {
  /// A participant's number as read from wristband or label; without its check character it is not read.
  func read(wristband text: String) throws(Refusal) -> ParticipantID {
    guard text.split(separator: "-").count == 3 else { throw .readAgain }
    do { return try ParticipantID(text) } catch { throw .readAgain }
  }
}
