import Figures
import Markup

/// Which days courses show: the four weeks from Day 0, in which most of them happens, or the whole study.
struct ShownDays: Sendable, Equatable {
  /// The days; nil: all that there are.
  let range: ClosedRange<Int>?

  /// The four weeks that courses show where nobody asks for more: Day 0 to the end of the dose-limiting window.
  static let fourWeeks = ShownDays(range: 0...28)
  /// All days.
  static let all = ShownDays(range: nil)

  private init(range: ClosedRange<Int>?) { self.range = range }

  /// The days that a query asks for.
  init(_ query: Fields) { self = query.text("days") == "all" ? .all : .fourWeeks }

  /// Whether a day is shown.
  func holds(_ day: Int) -> Bool { range?.contains(day) ?? true }

  /// The axis of days, which has all of the four weeks where they are shown.
  func axis(_ words: Words) -> Axis {
    Axis(
      words["Days from Day 0"], kind: .days, atLeast: range.map { Double($0.lowerBound)...Double($0.upperBound) })
  }

  /// Links to the one and the other; what else was asked for stays.
  func links(_ request: PageRequest) -> Markup {
    let rest = request.query.without(["days"]).pairs
    func path(_ days: String?) -> String {
      let fields = Fields(rest + (days.map { [(name: "days", value: $0)] } ?? []))
      return request.path + (fields.pairs.isEmpty ? "" : "?" + fields.encoded)
    }
    return TabRow.markup(
      [(path(nil), request.words["Day 0 to 28"]), (path("all"), request.words["The whole study"])],
      current: path(self == .all ? "all" : nil), label: request.words["Days that are shown"])
  }

  /// Keeps the choice where a form asks for something else.
  func field(_ parts: FormParts) -> Markup { self == .all ? parts.hidden("days", "all") : .fragment([]) }
}
