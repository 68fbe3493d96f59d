/// How many rows the queries of one evaluation bind: what multiplies when sources are crossed, and what would keep an
/// evaluation busy for years.
struct RowCount {
  /// The most rows of one evaluation.
  static let limit = 5_000_000

  private var rows = 0

  /// Adds the rows of a query before it binds them: the product of the sizes of its sources.
  mutating func add(_ tables: [Int], at location: SourceLocation) throws(EvaluationError) {
    var product = 1
    for count in tables {
      let (next, overflow) = product.multipliedReportingOverflow(by: count)
      product = overflow ? .max : next
    }
    let (total, overflow) = rows.addingReportingOverflow(product)
    guard !overflow, total <= RowCount.limit else {
      let sizes = tables.map { String($0) }.joined(separator: " x ")
      throw EvaluationError(
        "The queries evaluated here go through more than \(RowCount.limit) rows; this one has \(sizes). Filter its sources before they are crossed, each in a query of its own.",
        location: location.description)
    }
    rows = total
  }
}
