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

  /// What of somebody is otherwise than it is kept: what is left out, or blank, stays as it is.
  ///
  /// - Throws: `FieldFaults` where the birth date is no whole date.
  fileprivate func correction() throws(FieldFaults) -> PersonCorrection {
    func said(_ key: String) -> String? { self[key].flatMap { $0.contains { !$0.isWhitespace } ? $0 : nil } }
    let birthDate: CalendarDate? = if said("birthDate") == nil { nil } else { try date("birthDate") }
    return PersonCorrection(
      name: said("name"), birthDate: birthDate, sexAtBirth: said("sexAtBirth"), contact: said("contact"),
      document: said("document"))
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
      named(optional: false), born(optional: false), sexAtBirth, reached(optional: true), document, despiteMatch,
    ],
    neededLast: ["name", "birthDate"],
    carryOut: { live, given, request, _ in
      let performed = try await live.register(
        request, person: try given.person(), despiteMatch: given["despiteMatch"])
      return CarriedOut(performed, keptApart)
    })

  static let correctIdentity = correcting(
    [named(optional: true), born(optional: true), sexAtBirth, document, despiteMatch], found: ["items"])

  static let changeContact = correcting([reached(optional: false)])

  /// Corrects who somebody is, by fields of which those that are left out stay as they are kept.
  private static func correcting(_ added: [CommandForm.Field], found: Set<String> = []) -> Supplement {
    Supplement(
      found: found, added: added,
      find: { _, given in
        // What is otherwise is known once it is compared with what is kept, for those who may see it; until then it is all
        // that is said.
        var given = given
        let said = IdentityItem.allCases.map(\.rawValue).filter { given[$0] != nil }
        given.texts["items"] = said
        return given
      },
      complete: { live, given, request in
        try await live.correcting(request, by: try given.correction(), despiteMatch: given["despiteMatch"])
      },
      carryOut: { live, given, request, sign in
        let performed = try await live.correctIdentity(
          request, by: try given.correction(), despiteMatch: given["despiteMatch"], sign: sign)
        return CarriedOut(performed, keptApart)
      })
  }

  /// What is done with what names somebody.
  private static let keptApart = "Name, birth date and contact are kept apart, encrypted; no event holds them."

  private static func named(optional: Bool) -> CommandForm.Field {
    secret("name", "family and given names as in the identity document", optional: optional)
  }
  private static func born(optional: Bool) -> CommandForm.Field {
    secret("birthDate", "the day of birth, such as 1984-03-17", .date, optional: optional)
  }
  private static func reached(optional: Bool) -> CommandForm.Field {
    secret("contact", "telephone or address", optional: optional)
  }
  private static let sexAtBirth = secret("sexAtBirth", "sex at birth as the document says", optional: true)
  private static let document = secret(
    "document", "kind and number of the identity document, such as passport X1234567", optional: true)
  private static let despiteMatch = text(
    "despiteMatch", "how you know that it is another person than one who looks the same and is known already",
    optional: true)

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
    },
    carryOut: comparing)

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
    },
    carryOut: comparing)

  /// Carries out what rests on a comparison with the identity store.
  private static let comparing: @Sendable (LiveStudy, Given, Request, Sign) async throws -> CarriedOut = {
    live, given, request, sign in
    CarriedOut(try await live.perform(request, comparing: given, sign: sign))
  }

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
