import Conduct
import FHIR
import HTTPTypes
import Ledger
import Trial

// Why a request is not answered as it was meant, each with what is told of it.

// MARK: who asks

/// Somebody must sign in, or choose a role, before this.
struct SignInNeeded: ToldError {
  func failure(in words: Words) -> Failure {
    var failure = Failure(
      .unauthorized, "sign-in-needed", words["Please sign in"], words["Nobody is signed in here."],
      words["Sign in, then try again."])
    failure.fields = [.wwwAuthenticate: "Bearer"]
    return failure
  }
}

/// A role is to be chosen: of several, or since the one that was acted in is no longer held.
struct RoleNeeded: ToldError {
  func failure(in words: Words) -> Failure {
    Failure(
      .forbidden, "role-needed", words["Choose your role"], words["You act in no role that you have now."],
      words["Choose the one in which you act."])
  }
}

/// The password was given by somebody else, or is too old.
struct OwnPasswordNeeded: ToldError {
  func failure(in words: Words) -> Failure {
    Failure(
      .forbidden, "password-must-change", words["Choose your own password"],
      words["Your password was given to you, or is too old."], words["Choose a new one first."])
  }
}

/// Who has no second factor, where everybody has to have one, sets it first.
struct SecondFactorNeeded: ToldError {
  func failure(in words: Words) -> Failure {
    Failure(
      .forbidden, "second-factor-needed", words["Set a second factor"],
      words["Here nobody works without a second factor."], words["Set yours under My account first."])
  }
}

/// A form that came from another site, or whose page is older than its session.
struct ForeignForm: ToldError {
  func failure(in words: Words) -> Failure {
    Failure(
      .forbidden, "foreign-form", words["This form is not from here"],
      words["The form came from another site, or from a page that is older than your sign-in."],
      words["Nothing was recorded. Go back, load the page again, and repeat it."])
  }
}

/// Too often in too short a time.
struct TooManyRequests: ToldError {
  let seconds: Int

  func failure(in words: Words) -> Failure {
    var failure = Failure(
      .tooManyRequests, "too-often", words["Too often"], words["This was tried too often in a short time."],
      words("Wait {seconds} seconds, then try again.", ["seconds": String(seconds)]))
    failure.fields = [.retryAfter: String(seconds)]
    return failure
  }
}

// MARK: what is asked

/// There is nothing at this address.
struct NotFound: ToldError {
  func failure(in words: Words) -> Failure {
    Failure(
      .notFound, "not-found", words["There is nothing here"], words["This address leads to nothing."],
      words["Check the link, or go to Today."])
  }
}

/// Nothing is served at this address by this method, only by others.
struct MethodNotAllowed: ToldError {
  let allowed: String

  func failure(in words: Words) -> Failure {
    var failure = Failure(
      .methodNotAllowed, "method-not-allowed", words["There is nothing here"],
      words["This address leads to nothing in this way."], words("Use {methods}.", ["methods": allowed]))
    failure.fields = [.allow: allowed]
    return failure
  }
}

/// What came cannot be read: what is wrong, in words, and where.
struct BadRequest: ToldError {
  let because: String
  var faults: [ValueFault] = []

  func failure(in words: Words) -> Failure {
    var failure = Failure(
      .badRequest, "bad-request", words["This cannot be read"], because, words["Nothing was recorded."])
    failure.faults = faults
    return failure
  }
}

/// What was sent reads well, and fields of it do not fit: each with its place.
struct UnfitFields: ToldError {
  let faults: [ValueFault]

  func failure(in words: Words) -> Failure {
    var failure = Failure(
      .unprocessableContent, "unfit-fields", words["This cannot be done"],
      words["Some fields are missing or cannot be understood."], words["Nothing was recorded."])
    failure.faults = faults
    return failure
  }
}

/// Fields with U+0000 in them: no text has it, and stores and programs end texts at it.
struct NoText: ToldError {
  /// The names of the fields, in the order in which they came.
  let fields: [String]

  func failure(in words: Words) -> Failure {
    var failure = Failure(
      .badRequest, "no-text", words["This cannot be read"],
      words("{fields}: U+0000 is a character that no text has.", ["fields": fields.joined(separator: ", ")]),
      words["Nothing was recorded."])
    failure.faults = fields.map { ValueFault(place: $0, words: Schema.noText) }
    return failure
  }
}

/// A body of another type than those that are read here.
struct UnknownContentType: ToldError {
  let expected: [String]

  func failure(in words: Words) -> Failure {
    Failure(
      .unsupportedMediaType, "unknown-content-type", words["This cannot be read"],
      words("Send it as {types}.", ["types": expected.joined(separator: ", ")]), words["Nothing was recorded."])
  }
}

/// A body above its bound.
struct TooLarge: ToldError {
  let limit: Int

  func failure(in words: Words) -> Failure {
    Failure(
      .contentTooLarge, "too-large", words["Too large"],
      words("At most {kilobytes} KB can be sent here.", ["kilobytes": String(limit / 1024)]),
      words["Nothing was recorded."])
  }
}

// MARK: what the study, the record and the provider say

extension Refusal: ToldError {
  /// Of who asks, not of what is asked.
  private static let denials: Set<String> = ["role-may-not", "other-site"]

  func failure(in words: Words) -> Failure {
    let status: HTTPResponse.Status =
      id.hasPrefix("unknown-") ? .notFound : Refusal.denials.contains(id) ? .forbidden : .unprocessableContent
    var failure = Failure(status, id, words["This cannot be done"], because, remedy)
    failure.lines = lines
    return failure
  }
}

extension ChangedMeanwhile: ToldError {
  func failure(in words: Words) -> Failure {
    Failure(
      .conflict, "changed-meanwhile", words["Somebody else came first"], description,
      words["Look at it again, then repeat it."])
  }
}

extension RecordError: ToldError {
  func failure(in words: Words) -> Failure {
    Failure(
      .unprocessableContent, "record-unreadable", words["This cannot be read"], description,
      words["Correct the file. Nothing was taken."])
  }
}

extension StoreFailure: ToldError {
  func failure(in words: Words) -> Failure {
    guard reason != .clockBehind else {
      return Failure(
        .serviceUnavailable, "store-failure", words["The clock of the server was set back"], description,
        words["Nothing was recorded. Have whoever runs the machine set its clock right, then repeat it."])
    }
    return Failure(
      .serviceUnavailable, "store-failure", words["The record cannot be reached"], description,
      words["Look whether it was recorded before you repeat it. Tell whoever runs the machine, with the time."])
  }
}

extension UnfitProvider: ToldError {
  func failure(in words: Words) -> Failure {
    Failure(
      .badGateway, "provider-unfit", words["The provider cannot be used"], description,
      words["Sign in with your account and its password, and tell whoever runs the machine."])
  }
}
