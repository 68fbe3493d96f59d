import Markup

/// A long list, so many rows at a time, with links to those before and after.
struct Paging: Equatable {
  /// How many rows there are in all.
  let count: Int
  /// How many stand on a page.
  let size: Int
  /// The page that is shown, from 1.
  let page: Int
  /// By what name a query asks for a page; a page with two lists has two.
  private let name: String

  /// The page that a query asks for, or the nearest that there is.
  init(_ query: Fields, count: Int, size: Int = 50, name: String = "page") {
    self.count = count
    self.size = size
    self.name = name
    let last = max(1, (count + size - 1) / size)
    page = min(max(1, query.text(name).flatMap { Int($0) } ?? 1), last)
  }

  /// The rows of the page.
  var rows: Range<Int> { min((page - 1) * size, count)..<min(page * size, count) }

  /// The links; nothing where all rows fit.
  func markup(_ path: String, _ query: Fields, _ words: Words) -> Markup {
    guard count > size else { return .fragment([]) }
    func link(_ page: Int, _ text: String) -> Markup {
      let fields = Fields(query.without([name]).pairs + [(name, String(page))])
      return Part.link("\(path)?\(fields.encoded)", text, class: "button second")
    }
    return .tag("nav", ["class": "actions", "aria-label": words["Pages of the list"]]) {
      if page > 1 { link(page - 1, words["Previous"]) }
      Markup.tag("span", ["class": "quiet"]) {
        words(
          "{from} to {to} of {count}",
          ["from": String(rows.lowerBound + 1), "to": String(rows.upperBound), "count": String(count)])
      }
      if rows.upperBound < count { link(page + 1, words["Next"]) }
    }
  }
}

/// The rows of a long list that a page shows, with the way to the others.
struct PagedRows<Row> {
  /// The rows that are shown.
  let rows: [Row]
  /// How many rows there are in all.
  var total: Int { paging.count }
  private let paging: Paging

  /// The page of the rows that a query asks for.
  init(_ all: [Row], _ query: Fields, size: Int = 50, name: String = "page") {
    paging = Paging(query, count: all.count, size: size, name: name)
    rows = Array(all[paging.rows])
  }

  /// The links; nothing where all rows fit.
  func links(_ request: PageRequest) -> Markup { paging.markup(request.path, request.query, request.words) }
}
