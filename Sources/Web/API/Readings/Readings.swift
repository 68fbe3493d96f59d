import ClinicalValues
import Trial

/// How values of the study are told to programs. A member is never renamed and never left out; the list of members grows.
enum Readings {
  /// A part of a long list.
  struct Rows<Row: Sendable>: Sendable {
    /// How many there are in all.
    let total: Int
    let rows: [Row]
  }

  /// The rows of a page of a list.
  static func rows<Row>(_ name: String, _ about: String, of shape: Shape<Row>) -> Shape<Rows<Row>> {
    .object(
      name, about, [.number("total", "How many there are in all.") { $0.total }, .list("rows", shape) { $0.rows }])
  }

  /// A line of a gate.
  static let gateLine = Shape<GateLine>.object(
    "GateLine", "Something that must be true before a gate is open; where it is not known, the gate is closed.",
    [
      .text("id") { $0.id }, .text("title") { $0.title }, .truthOrNull("value") { $0.value },
      .texts("evidence", "What it rests on.") { $0.evidence }, .textOrNull("remedy", "What to do.") { $0.remedy },
      .instant("until", "Until when it holds.") { $0.until },
    ])

  /// A role in which somebody acts.
  static let acting = Shape<Acting>.object(
    "Acting", "A role, with the site that it is for.",
    [
      .text("account") { $0.account.description },
      .choice("role", of: Role.allCases.map(\.rawValue)) { $0.role.rawValue },
      .textOrNull("site") { $0.site?.description },
    ])
}

extension Readings.Rows {
  /// The page of rows that a query asks for.
  init(_ all: [Row], _ query: Fields) {
    let part = PagedRows(all, query)
    self.init(total: part.total, rows: part.rows)
  }
}

extension Operation.Parameter {
  /// The page of a long list.
  static let page = Operation.Parameter(
    name: "page", schema: .integer(from: 1), about: "Which page of 50 rows; the first if left out.")
  /// A version of the protocol.
  static let version = Operation.Parameter(
    name: "version", schema: .text(), about: "The protocol version; the one in force if left out.")
  /// A cohort of the study.
  static let cohort = Operation.Parameter(name: "cohort", schema: .text(), about: "Only this cohort.")
  /// A participant of a list.
  static let participant = Operation.Parameter(
    name: "participant", schema: .text(), about: "Only this participant: 03-0007.")
}
