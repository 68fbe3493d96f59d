public import StudyDesign

/// What a form says of itself once it is asked with its answers and the rest of the casebook.
public struct FormReading: Sendable, Hashable {
  /// What is said of one item.
  public struct Item: Sendable, Hashable {
    /// The item's id.
    public let id: String
    /// Whether it is shown: where that cannot be decided, it is, so that nothing is left unasked.
    public let isShown: Bool
    /// Whether it must be answered: only where that is known, and only of one that is shown.
    public let isRequired: Bool
    /// The value of a calculated item, a quantity in the first of its units; nil where it cannot be computed.
    public let calculated: FormAnswer?
  }

  /// A check that found something wrong.
  public struct Fired: Sendable, Hashable {
    /// The check's id; of a value outside the usual range `<form>.<item>.usual`.
    public let id: String
    /// What a person reads.
    public let message: String
    /// The items that it is about; the query stands at the first.
    public let items: [String]
  }

  /// One entry an item, in the form's order.
  public let items: [Item]
  /// The checks that fired; one that cannot be decided does not.
  public let fired: [Fired]

  /// What is said of an item.
  public subscript(_ item: String) -> Item? { items.first { $0.id == item } }
}
