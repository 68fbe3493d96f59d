import Ledger

/// What stood in the way of a command, for programs: what people are told on standard error, with its code.
enum FailureText {
  /// A store that could not be opened, read or written.
  static func json(_ failure: StoreFailure) -> JSON {
    .object([
      (
        "failed",
        .object([
          ("code", .string(failure.reason.rawValue)), ("message", .string("\(failure.found) \(failure.remedy)")),
          ("position", failure.place.map { .integer($0.position) } ?? .null),
        ])
      )
    ])
  }

  /// Something else that a command cannot work with.
  static func json(_ unusable: Unusable) -> JSON {
    .object([
      (
        "failed",
        .object([("code", .string("unusable")), ("message", .string(unusable.description)), ("position", .null)])
      )
    ])
  }
}
