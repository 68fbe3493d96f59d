/// How many subjects of each group had what: by class, by term within it, each subject once and at the worst grade.
///
/// A function of plain rows: it knows neither a trial nor CTCAE. Nothing is dropped in silence: what a subject had who is in no
/// group is counted in `outside`, a grade that the scale does not hold counts as unknown and is shown as such.
public struct IncidenceTable: Sendable, Hashable {
  /// A row in: one event of one subject.
  public struct Occurrence: Sendable, Hashable {
    /// Whose.
    public let subject: String
    /// The class, such as a system organ class.
    public let category: String
    /// The term within the class.
    public let term: String
    /// The grade or severity as the scale writes it; nil is unknown.
    public let grade: String?

    /// An event of a subject.
    public init(subject: String, category: String, term: String, grade: String?) {
      self.subject = subject
      self.category = category
      self.term = term
      self.grade = grade
    }
  }

  /// Those who are counted together: an analysis set or a treatment. A subject may be in several (each arm, and all).
  public struct Group: Sendable, Hashable {
    /// Its name, which says whom the denominator counts.
    public let name: String
    /// Who is in it, with those who had nothing.
    public let subjects: Set<String>

    /// A group.
    public init(_ name: String, subjects: Set<String>) {
      self.name = name
      self.subjects = subjects
    }
  }

  /// In which order classes, and terms within a class, stand.
  public enum Order: Sendable, Hashable {
    /// By name.
    case alphabetical
    /// Those that most subjects of the last group had come first, then by name.
    case mostSubjectsFirst
  }

  /// What one group had in one row.
  public struct Cell: Sendable, Hashable, Encodable {
    /// Subjects with at least one event, of the group's subjects.
    public let subjects: Share
    /// Events.
    public let events: Int
    /// Subjects by their worst grade, in the order of the scale.
    public let worst: [Int]
    /// Subjects of whose events none has a grade of the scale.
    public let ungraded: Int

    /// Subjects whose worst grade is at least the one at a place of the scale.
    public func subjects(atLeast index: Int) -> Share {
      Share(worst.dropFirst(index).reduce(0, +), of: subjects.total)
    }
  }

  /// A row out: all events, those of a class, or those of a term.
  public struct Row: Sendable, Hashable, Encodable {
    /// The class; nil for the row of all events.
    public let category: String?
    /// The term; nil for the row of a class and for that of all events.
    public let term: String?
    /// A cell for each group, in their order.
    public let cells: [Cell]
  }

  /// The groups, in the order of the cells.
  public let groups: [Group]
  /// The scale, from the mildest to the worst.
  public let grades: [String]
  /// All events first, then each class followed by its terms.
  public let rows: [Row]
  /// Subjects in no group that had an event, in order: they are counted nowhere in the rows.
  public let outside: [String]

  /// The table of these events; `grades` from the mildest to the worst.
  public init(
    _ occurrences: [Occurrence], groups: [Group], grades: [String], classes: Order = .alphabetical,
    terms: Order = .mostSubjectsFirst
  ) {
    self.groups = groups
    self.grades = grades
    let grouped = groups.reduce(into: Set<String>()) { $0.formUnion($1.subjects) }
    outside = Set(occurrences.map(\.subject)).subtracting(grouped).sorted()
    let count = Counting(groups: groups, grades: grades)
    let known = occurrences.filter { grouped.contains($0.subject) }
    var rows = [Row(category: nil, term: nil, cells: count.cells(of: known))]
    let byCategory = Dictionary(grouping: known, by: \.category).map { category, inside in
      (row: Row(category: category, term: nil, cells: count.cells(of: inside)), inside: inside)
    }
    for (row, inside) in byCategory.sorted(by: { Self.stands($0.row, before: $1.row, in: classes) }) {
      let ofTerms = Dictionary(grouping: inside, by: \.term).map { term, events in
        Row(category: row.category, term: term, cells: count.cells(of: events))
      }
      rows += [row] + ofTerms.sorted { Self.stands($0, before: $1, in: terms) }
    }
    self.rows = rows
  }

  private static func stands(_ a: Row, before b: Row, in order: Order) -> Bool {
    if order == .mostSubjectsFirst, let a = a.cells.last?.subjects.count, let b = b.cells.last?.subjects.count, a != b {
      return a > b
    }
    return (a.category ?? "", a.term ?? "") < (b.category ?? "", b.term ?? "")
  }
}

/// Counts events in the groups of a table.
private struct Counting {
  let groups: [IncidenceTable.Group]
  let grades: [String]
  let ranks: [String: Int]

  init(groups: [IncidenceTable.Group], grades: [String]) {
    self.groups = groups
    self.grades = grades
    ranks = Dictionary(grades.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func cells(of occurrences: [IncidenceTable.Occurrence]) -> [IncidenceTable.Cell] {
    let bySubject = Dictionary(grouping: occurrences, by: \.subject)
    return groups.map { group in
      var worst = Array(repeating: 0, count: grades.count)
      var (subjects, events, ungraded) = (0, 0, 0)
      for (subject, had) in bySubject where group.subjects.contains(subject) {
        subjects += 1
        events += had.count
        if let rank = had.compactMap({ $0.grade.flatMap { ranks[$0] } }).max() {
          worst[rank] += 1
        } else {
          ungraded += 1
        }
      }
      return IncidenceTable.Cell(
        subjects: Share(subjects, of: group.subjects.count), events: events, worst: worst, ungraded: ungraded)
    }
  }
}

extension IncidenceTable: Encodable {
  /// Groups with their size, the scale and the rows; who was counted stands in the listings.
  private enum CodingKeys: String, CodingKey { case groups, grades, rows }
}

extension IncidenceTable.Group: Encodable {
  private enum Key: String, CodingKey { case name, subjects }

  /// Writes the name and how many are in it.
  public func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: Key.self)
    try members.encode(name, forKey: .name)
    try members.encode(subjects.count, forKey: .subjects)
  }
}
