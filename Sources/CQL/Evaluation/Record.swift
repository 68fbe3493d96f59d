import ClinicalValues

/// A record of the data source on which a result rests.
public struct Record: Sendable {
  /// The record itself, for its value and its dates.
  public let object: any DataObject
  /// The retrieve that found it.
  public let retrieve: RetrieveOutcome

  /// A record as a retrieve found it.
  public init(object: any DataObject, retrieve: RetrieveOutcome) {
    self.object = object
    self.retrieve = retrieve
  }

  /// How a person finds it.
  public var origin: Origin { object.origin }
  /// Its class.
  public var className: String { object.className }
}

/// What a retrieve of an evaluation asked for and found.
public final class RetrieveOutcome: Sendable {
  /// What was asked for.
  public let request: Retrieve
  /// What was found, in the order of the data source. Where the outcome is told as a reason for an unknown, none of it
  /// reached the result: there was nothing, or conditions passed over all of it.
  public let found: [any DataObject]

  init(request: Retrieve, found: [any DataObject]) {
    self.request = request
    self.found = found
  }

  /// Class of the records.
  public var className: String { request.className }

  /// The value set, code system or codes asked for, by the library's name for it where it has one; nil without a filter.
  public var conceptName: String? {
    switch request.codes {
    case .valueSet(let set): set.name ?? set.id
    case .codeSystem(let system): system.name ?? system.id
    case .codes(let codes): codes.first?.display ?? codes.first.map(RetrieveOutcome.text)
    case nil: nil
    }
  }

  /// One name for what was asked for: the value set's or code system's id, else the codes (`system|code`), else the class.
  public var datum: String {
    switch request.codes {
    case .valueSet(let set): set.id
    case .codeSystem(let system): system.id
    case .codes(let codes): codes.map(RetrieveOutcome.text).joined(separator: ",")
    case nil: className
    }
  }

  private static func text(_ code: Code) -> String { code.system.map { "\($0)|\(code.code)" } ?? code.code }
}
