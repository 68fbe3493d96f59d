import ClinicalValues
import Trial

// Commands that touch who a participant is. What names somebody goes to the identity store, or is compared with it, and
// goes nowhere else.

extension Given {
  /// Who somebody is, of the fields that ask for it.
  ///
  /// - Throws: `FieldFaults` where the name or a whole birth date is missing.
  public func person() throws(FieldFaults) -> Person {
    Person(
      name: try text("name"), birthDate: try date("birthDate"), sexAtBirth: self["sexAtBirth"],
      contact: self["contact"], document: self["document"])
  }

  /// A name and a birth date as they were read or said.
  fileprivate func reading(_ name: String, _ birthDate: String) throws(FieldFaults) -> PersonReading {
    PersonReading(name: try text(name), birthDate: try date(birthDate))
  }

  /// The participant who is meant.
  fileprivate func participant() throws(FieldFaults) -> ParticipantID {
    try value("participant") { try ParticipantID($0) }
  }
}

extension Supplement {
  static let register = Supplement(
    added: [
      secret("name", "family and given names as in the identity document"),
      secret("birthDate", "the day of birth, such as 1984-03-17", .date),
      secret("sexAtBirth", "sex at birth as the document says", optional: true),
      secret("contact", "telephone or address", optional: true),
      secret("document", "kind and number of the identity document, such as passport X1234567", optional: true),
      text(
        "despiteMatch", "how you know that it is another person than one who looks the same and is known already",
        optional: true),
    ],
    neededLast: ["name", "birthDate"],
    carryOut: { live, given, request, _ in
      let performed = try await live.register(
        request, person: try given.person(), despiteMatch: given["despiteMatch"])
      return CarriedOut(performed, "Name, birth date and contact are kept apart, encrypted; no event holds them.")
    })

  static let checkPerson = Supplement(
    found: ["documentName", "documentBirthDate", "wristbandName", "wristbandBirthDate"],
    added: [
      secret("nameOnDocument", "the name as read from the identity document"),
      secret("birthDateOnDocument", "the date of birth as read from the identity document", .date),
      secret("nameOnWristband", "the name as read from the wristband"),
      secret("birthDateOnWristband", "the date of birth as read from the wristband", .date),
    ],
    find: { live, given in
      // What is asked of the identity store hangs neither on the place nor on the wristband's number.
      let command = try await live.checkOfPerson(
        try given.participant(), at: .admission, wristbandNumber: "",
        document: try given.reading("nameOnDocument", "birthDateOnDocument"),
        wristband: try given.reading("nameOnWristband", "birthDateOnWristband"))
      var given = given
      given.texts["documentName"] = ["\(command.documentName)"]
      given.texts["documentBirthDate"] = ["\(command.documentBirthDate)"]
      given.texts["wristbandName"] = ["\(command.wristbandName)"]
      given.texts["wristbandBirthDate"] = ["\(command.wristbandBirthDate)"]
      return given
    })

  static let verify = Supplement(
    found: ["birthDateMatches", "said"],
    added: [
      secret("birthDateOnWristband", "the date of birth as read from the wristband", .date),
      secret("saidName", "the name as the participant says it; left out if unable to", optional: true),
      secret(
        "saidBirthDate", "the date of birth as the participant says it; left out if unable to", .date, optional: true),
    ],
    find: { live, given in
      let participant = try given.participant()
      let onWristband = try given.date("birthDateOnWristband")
      let isSaid = given["saidName"] != nil || given["saidBirthDate"] != nil
      let said = isSaid ? PersonSaid.said(try given.reading("saidName", "saidBirthDate")) : .unable
      var given = given
      given.texts["birthDateMatches"] = ["\(try await live.agrees(birthDate: onWristband, with: participant))"]
      given.texts["said"] = [try await live.agreement(of: said, with: participant).rawValue]
      return given
    })

  static let enroll = Supplement(
    found: ["identity"],
    find: { live, given in
      var given = given
      given.texts["identity"] = [await live.newChainOfIdentity().description]
      return given
    })

  static let erase = Supplement(
    carryOut: { live, _, request, sign in
      CarriedOut(
        try await live.eraseIdentity(request, sign: sign),
        "The key is destroyed: nothing that names this participant can be read again.")
    })

  static let resetPassword = Supplement(
    carryOut: { live, _, request, _ in
      let (performed, password) = try await live.resetPassword(request)
      return CarriedOut(
        performed, handOver: HandOver(what: "Password to hand over, to be changed at once", secret: password))
    })

  static let lostFactor = Supplement(
    carryOut: { live, _, request, _ in CarriedOut(try await live.loseSecondFactor(request)) })
}
