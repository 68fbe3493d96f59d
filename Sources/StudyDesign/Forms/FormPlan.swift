public import ClinicalValues

/// A form of the casebook (eCRF): what is asked, in which order, and what is checked. Read from `forms/<id>.yaml`.
public struct FormPlan: Sendable, Hashable, Codable, Identifiable {
  /// Its id, the name of its file: `vitalSigns`.
  public var id: String
  /// Its title, for people.
  public var title: String
  /// The CDASH domain that its items belong to: `VS`.
  public var domain: String
  /// How often it is filled in.
  public var occurs: FormOccurrence
  /// Where its source lies unless whoever fills it in says otherwise: this system, hospital record, laboratory, paper.
  public var source: SourceOfData
  /// Who signs it; nil where nobody must.
  public var signed: FormSigner?
  /// The item that says when what it holds was so; items may name another.
  public var dated: String?
  /// The FHIR resource that a filled form is, where its items together are one (a medication, a condition); nil where
  /// each item with a concept is a resource of its own.
  public var resource: String?
  /// Its items, in order.
  public var items: [ItemPlan]
  /// What is checked when it is saved, and again over the whole casebook.
  public var checks: [CheckPlan]
  /// Words of the protocol that ask for it.
  public var words: String?
  /// The provisional item that it rests on, where no words of the protocol ask for it.
  public var provisional: String?

  /// The library that its expressions are compiled to.
  public var library: String { "Form_\(id)" }
  /// The item of that id.
  public func item(_ id: String) -> ItemPlan? { items.first { $0.id == id } }
}

/// How often a form is filled in.
public enum FormOccurrence: String, Sendable, Hashable, Codable, CaseIterable {
  /// Once for a participant: demographics.
  case once
  /// Once at each visit that asks for it.
  case visit
  /// Several times at a visit, each with its planned time: vital signs after the infusion.
  case repeated
  /// A list over the whole time, a row an entry: adverse events, medication.
  case log

  /// What stands in place of a visit where a form is filled at none.
  static let inPlaceOfVisits = [once, log].map(\.rawValue)
}

/// Where data were first recorded (source, ICH E6(R3) 1.64).
public enum SourceOfData: String, Sendable, Hashable, Codable, CaseIterable {
  case thisSystem, hospitalRecord, laboratory, device, paper, participant
}

/// Whose signature a form needs.
public enum FormSigner: String, Sendable, Hashable, Codable, CaseIterable { case investigator, principalInvestigator }

/// One question of a form.
public struct ItemPlan: Sendable, Hashable, Codable, Identifiable {
  /// Its CDASH name, unique in its form: `VSORRES_SYSBP`; where CDASH has none, a name in its manner.
  public var id: String
  /// The question, for people.
  public var label: String
  /// What helps to answer it.
  public var help: String?
  /// The heading under which it stands.
  public var section: String?
  /// What an answer is.
  public var type: ItemType
  /// The concept of the data dictionary that the answer is a value of, or that it belongs to.
  public var concept: String?
  /// What of the concept's resource it gives.
  public var gives: ItemRole
  /// Units to choose from, in UCUM; the first is proposed.
  public var units: [String]
  /// Answers to choose from.
  public var codes: [CodePlan]
  /// The values that are possible at all, in the first unit; one outside is refused.
  public var possible: ClosedRange<Decimal>?
  /// The values that are usual, in the first unit; one outside raises a query.
  public var usual: ClosedRange<Decimal>?
  /// The item that says when this one was so, where it is not the form's.
  public var dated: String?
  /// When it is shown; nil: always.
  public var shown: FormExpression?
  /// When it must be answered; a value, or why there is none.
  public var required: Requirement
  /// How it is computed from other items; whoever fills in the form does not.
  public var calculated: FormExpression?
  /// Whether it is critical for safety or for the purpose of the study, and verified first.
  public var critical: Bool
}

/// What an answer is.
public enum ItemType: String, Sendable, Hashable, Codable, CaseIterable {
  case boolean, integer, quantity, text, code
  /// A whole date.
  case date
  /// A date of which the day, or day and month, may be unknown: `2024`, `2024-05`.
  case partialDate
  /// A date with the time of day and its offset.
  case dateTime
  /// A CTCAE v5.0 term.
  case adverseEventTerm
  /// A medicine: an ATC code of the dictionary, or free text that is coded later.
  case medicine
}

/// What of its concept's FHIR resource an item gives.
public enum ItemRole: String, Sendable, Hashable, Codable, CaseIterable {
  /// Nothing: it stays in the form.
  case nothing
  /// The value (Observation), or that it is so (a statement).
  case value
  /// The concept itself: the medicine, the condition, the procedure, chosen from the item's codes or by search.
  case code
  /// When it was, began and ended.
  case effective, start, end
  /// How it stands: status, clinical status, verification, why it ended, whether it was an effective dose, its indication.
  case status, verification, statusReason, effectiveDose, indication
  /// The daily dose.
  case dose
  /// How bad: criticality or severity.
  case severity
  /// An item of an instrument: a component of the Observation that is the instrument of its concept.
  case component
}

/// An answer to choose.
public struct CodePlan: Sendable, Hashable, Codable {
  /// The code that is stored: of the data dictionary, or CDISC's submission value.
  public var code: String
  /// Its words.
  public var label: String
}

/// When an item must be answered.
public enum Requirement: Sendable, Hashable {
  case never, always
  /// Where the definition is true.
  case when(FormExpression)
}

extension Requirement: Codable {
  private enum Word: String, Codable { case never, always }

  /// Reads `never`, `always` or an expression.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let word = try? container.decode(Word.self) else {
      self = .when(try container.decode(FormExpression.self))
      return
    }
    self = word == .never ? .never : .always
  }

  /// Writes `never`, `always` or an expression.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .never: try container.encode(Word.never)
    case .always: try container.encode(Word.always)
    case .when(let expression): try container.encode(expression)
    }
  }
}

/// A CQL expression of a form. Its names are the form's items, each null while it is not answered, `cohort` and `visit`, and
/// the study's libraries.
public struct FormExpression: Sendable, Hashable, Codable {
  /// The text as written.
  public var text: String
  /// The definition that it was compiled to, in the form's library (`FormPlan.library`).
  public var definition: String
}

/// A check of a form: an expression that is true where something is wrong, and what a person reads.
public struct CheckPlan: Sendable, Hashable, Codable, Identifiable {
  /// Its id, unique in the study: `AE-END-BEFORE-START`.
  public var id: String
  /// True: the query is raised. False or unknown: it is not, and one that it raised closes.
  public var fires: FormExpression
  /// What a person reads.
  public var message: String
  /// The items that it is about; the query stands at the first.
  public var items: [String]
  /// The deviation that is opened where it comes to fire; nil: none, the query alone.
  public var deviation: CheckDeviation?
}

/// What a check finds that is a deviation by itself, whatever becomes of its query.
public enum CheckDeviation: String, Sendable, Hashable, Codable, CaseIterable {
  /// A medicine that the protocol does not allow.
  case medication
}
