public import Markup

/// A report as it is printed: a head, then sections of facts, sentences, tables and figures. Text and HTML are two ways to
/// print it; both show the same words and numbers.
public struct ReportDocument: Sendable, Equatable {
  /// A label with what it says.
  public struct Fact: Sendable, Hashable {
    /// Its label.
    public let label: String
    /// What it says.
    public let text: String

    /// A labeled text.
    public init(_ label: String, _ text: String) {
      self.label = label
      self.text = text
    }
  }

  /// Rows under a header. What stands in a first column names its row.
  public struct Table: Sendable, Hashable {
    /// The headings of the columns.
    public let header: [String]
    /// The rows, each with as many cells as there are headings.
    public let rows: [[String]]
    /// What is said in its place where it has no rows.
    public let nothing: String
    /// Indexes of rows that stand out: in HTML bold, in text marked by their own words.
    public let marked: Set<Int>

    /// A table.
    public init(_ header: [String], _ rows: [[String]], nothing: String, marked: Set<Int> = []) {
      self.header = header
      self.rows = rows
      self.nothing = nothing
      self.marked = marked
    }
  }

  /// A piece of a section.
  public enum Block: Sendable, Equatable {
    /// What must be read first: a verdict, a warning.
    case finding(String)
    /// A sentence beside it.
    case note(String)
    /// Labeled texts.
    case facts([Fact])
    /// A table with its caption, which names whom it counts.
    case table(String, Table)
    /// A drawing with its data, for HTML only: what it shows stands in a table of the same section too.
    case figure(Markup, Table)
  }

  /// A part of the report under a heading.
  public struct Section: Sendable, Equatable {
    /// Its name in links.
    public let id: String
    /// Its heading.
    public let title: String
    /// What stands there.
    public let blocks: [Block]

    /// A section.
    public init(_ id: String, _ title: String, _ blocks: [Block]) {
      self.id = id
      self.title = title
      self.blocks = blocks
    }
  }

  /// What it is a report of.
  public let title: String
  /// What every page is marked with; nil where nothing is.
  public let mark: String?
  /// What names it: study, version, cut-off.
  public let head: [Fact]
  /// Its parts, in order.
  public let sections: [Section]
  /// What ends it, and stands at the foot of each printed page.
  public let foot: String

  /// A report.
  public init(title: String, mark: String?, head: [Fact], sections: [Section], foot: String) {
    self.title = title
    self.mark = mark
    self.head = head
    self.sections = sections
    self.foot = foot
  }
}
