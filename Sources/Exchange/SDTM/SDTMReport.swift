/// What became of one dataset of an exchange: `rows` is `taken` and `refused` and `heldBack` together, and no row is none of them.
public struct SDTMReport: Sendable, Hashable {
  /// A row that could not be taken.
  public struct Refused: Sendable, Hashable, CustomStringConvertible {
    /// Its number in the dataset, from 1.
    public let row: Int
    /// Why, as a sentence.
    public let why: String

    /// `row 7: ...`
    public var description: String { "row \(row): \(why)" }
  }

  /// A variable with values that no item of the form takes: they are told here and are in no casebook.
  public struct Unplaced: Sendable, Hashable {
    /// Its name.
    public let variable: String
    /// Its label.
    public let label: String
    /// How many rows have a value of it.
    public let values: Int
  }

  /// The file.
  public let file: String
  /// The dataset's name.
  public let dataset: String
  /// The form that takes its rows; nil where none does.
  public let form: String?
  /// How many rows the file holds.
  public let rows: Int
  /// How many went into casebooks: all of them or none.
  public internal(set) var taken = 0
  /// The rows that could not be taken, in their order; one keeps the whole file out.
  public internal(set) var refused: [Refused] = []
  /// How many rows could have been taken, and were held back with the file.
  public internal(set) var heldBack = 0
  /// Variables with values that no item takes, in their order.
  public internal(set) var unplaced: [Unplaced] = []

  init(file: String, dataset: TransportDataset, form: String?) {
    self.file = file
    self.dataset = dataset.name
    self.form = form
    rows = dataset.rows.count
  }
}
