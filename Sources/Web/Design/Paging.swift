import Markup

/// A long list in parts of 50 rows: a page of a casebook stays light, and prints whole part by part.
struct Paging<Row> {
  /// The rows of this part.
  let rows: [Row]
  /// Which part it is, from 1.
  let number: Int
  /// How many parts there are; at least 1.
  let count: Int
  /// How many rows there are in all.
  let total: Int
  private let name: String

  /// The most rows of a part.
  static var length: Int { 50 }

  /// The part that a query asks for; the nearest one where it asks for none that there is.
  init(_ all: [Row], _ query: Fields, name: String = "part") {
    self.name = name
    total = all.count
    count = max(1, (all.count + Self.length - 1) / Self.length)
    number = min(max(query.text(name).flatMap { Int($0) } ?? 1, 1), count)
    rows = Array(all.dropFirst((number - 1) * Self.length).prefix(Self.length))
  }

  /// The ways to the parts before and after; nothing where there is one part.
  func links(_ request: PageRequest) -> Markup {
    guard count > 1 else { return .fragment([]) }
    let words = request.words
    return .tag("nav", ["class": "actions", "aria-label": words["Parts of the list"]]) {
      if number > 1 { Part.link(path(request, number - 1), words["Previous"], class: "button second") }
      Markup.tag("span", ["class": "quiet"]) {
        words("Part {part} of {parts}", ["part": String(number), "parts": String(count)])
      }
      if number < count { Part.link(path(request, number + 1), words["Next"], class: "button second") }
    }
  }

  private func path(_ request: PageRequest, _ number: Int) -> String {
    let kept = request.query.without([name]).pairs
    return request.path + "?" + Fields(kept + [(name: name, value: String(number))]).encoded
  }
}
