public import ClinicalValues
import Ledger
public import Trial

/// What of a person is otherwise than it is kept; what is left out stays as it is.
public struct PersonCorrection: Sendable, Hashable {
  /// Family and given names, as in the identity document.
  public var name: String?
  /// The day of birth.
  public var birthDate: CalendarDate?
  /// Sex at birth.
  public var sexAtBirth: String?
  /// How the person is reached.
  public var contact: String?
  /// The identity document.
  public var document: String?

  /// A correction; nothing of it changes unless given.
  public init(
    name: String? = nil, birthDate: CalendarDate? = nil, sexAtBirth: String? = nil, contact: String? = nil,
    document: String? = nil
  ) {
    self.name = name
    self.birthDate = birthDate
    self.sexAtBirth = sexAtBirth
    self.contact = contact
    self.document = document
  }

  /// Whether it says an item.
  func says(_ item: IdentityItem) -> Bool {
    switch item {
    case .name: name != nil
    case .birthDate: birthDate != nil
    case .sexAtBirth: sexAtBirth != nil
    case .contact: contact != nil
    case .document: document != nil
    }
  }

  /// The person as they are by it.
  func applied(to person: Person) -> Person {
    Person(
      name: name ?? person.name, birthDate: birthDate ?? person.birthDate, sexAtBirth: sexAtBirth ?? person.sexAtBirth,
      contact: contact ?? person.contact, document: document ?? person.document)
  }
}

extension Person {
  /// An item as a text; nil where it is not said.
  public subscript(item: IdentityItem) -> String? {
    switch item {
    case .name: name
    case .birthDate: birthDate.description
    case .sexAtBirth: sexAtBirth
    case .contact: contact
    case .document: document
    }
  }
}

/// A correction of who a participant is, as it was recorded.
public struct IdentityCorrection: Sendable, Hashable {
  /// The event, which holds no value.
  public let recorded: Recorded<TrialEvent>
  /// What was corrected.
  public let items: [IdentityItem]
  /// Who the participant was said to be before; nil where the correction was recorded and, since the program stopped between,
  /// not kept.
  public let former: Person?

  /// Nil for an event of another kind.
  init?(_ recorded: Recorded<TrialEvent>, former: [Position: Person]) {
    guard case .way(_, .identityCorrected(let items, _)) = recorded.event else { return nil }
    self.recorded = recorded
    self.items = items
    self.former = former[recorded.position]
  }
}

extension [IdentityCorrection] {
  /// What was corrected and not kept, and was not entered again since.
  public var notKept: Set<IdentityItem> {
    reduce(into: []) { open, correction in
      if correction.former == nil { open.formUnion(correction.items) } else { open.subtract(correction.items) }
    }
  }
}
