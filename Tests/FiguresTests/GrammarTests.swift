import Foundation
import Testing

@testable import Figures

@Suite struct `The ticks of an axis` {
  /// Kind, range, at most how many, and their labels.
  static let table: [(Axis.Kind, ClosedRange<Double>, Int, String)] = [
    (.linear, 0...1, 5, "0 0.2 0.4 0.6 0.8 1.0"), (.linear, 0...10, 5, "0 2 4 6 8 10"), (.linear, -3...7, 4, "0 5"),
    (.linear, -0.03...0.03, 3, "−0.02 0 0.02"), (.linear, 0.1...0.3, 2, "0.1 0.2 0.3"),
    (.linear, 0...25_000, 5, "0 5000 10,000 15,000 20,000 25,000"), (.linear, 0...4e7, 4, "0 10⁷ 2×10⁷ 3×10⁷ 4×10⁷"),
    (.linear, 0...2e-5, 2, "0 10⁻⁵ 2×10⁻⁵"), (.linear, 0...0, 5, ""),
    (.logarithmic, 0.01...1000, 6, "0.01 0.1 1 10 100 1000"), (.logarithmic, 1...50, 6, "1 2 5 10 20 50"),
    (.logarithmic, 1e-6...1e6, 5, "10⁻⁶ 10⁻³ 1 10³ 10⁶"),
    (.logarithmic, 1e-300...1e300, 7, "10⁻³⁰⁰ 10⁻²⁰⁰ 10⁻¹⁰⁰ 1 10¹⁰⁰ 10²⁰⁰ 10³⁰⁰"),
    (.days, 0...14, 15, "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14"), (.days, -7...30, 8, "−7 0 7 14 21 28"),
    (.days, 0...90, 8, "0 14 28 42 56 70 84"), (.days, 0...730, 10, "0 90 180 270 360 450 540 630 720"),
    (.days, 0...5475, 10, "0 730 1460 2190 2920 3650 4380 5110"),
    (.months, 0...730.5, 8, "0 3 6 9 12 15 18 21 24"), (.months, 0...3653, 11, "0 12 24 36 48 60 72 84 96 108 120"),
    (.dates, 20_453...20_463, 6, "2026-01-01 2026-01-03 2026-01-05 2026-01-07 2026-01-09"),
    (.dates, 20_454...20_560, 5, "2026-01 2026-02 2026-03 2026-04"),
    (.dates, 20_454...23_000, 8, "2026 2027 2028 2029 2030 2031 2032"),
  ]

  @Test(arguments: table.indices)
  func `stand where people count`(_ index: Int) {
    let (kind, range, count, labels) = Self.table[index]
    let ticks = Ticks.of(kind, in: range, count: count)
    #expect(ticks.map(\.label).joined(separator: " ") == labels)
    #expect(ticks.map(\.value) == ticks.map(\.value).sorted())
  }

  @Test func `are few, apart and in the range, whatever it is`() {
    for seed in 0..<400 {
      let size = pow(10, Gallery.noise(1, seed) * 400 - 200)
      let low = (Gallery.noise(2, seed) - 0.5) * size
      let range = low...low + size * Gallery.noise(3, seed) + size * 1e-6
      for kind in [Axis.Kind.linear, .days, .months, .dates] {
        let ticks = Ticks.of(kind, in: range, count: 8)
        #expect(ticks.count <= 12, "\(kind) \(range)")
        #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0.value < $1.value })
        let slack = (range.upperBound - range.lowerBound) * 1e-6
        #expect(ticks.allSatisfy { $0.value >= range.lowerBound - slack && $0.value <= range.upperBound + slack })
      }
    }
  }
}

@Suite struct `An axis` {
  @Test(
    arguments: [
      (Axis("", kind: .linear), [], 0.0...1.0), (Axis("", kind: .linear), [0, 9.5], 0...10),
      (Axis("", kind: .linear), [5, 5], 2...8), (Axis("", kind: .linear), [0], 0...1),
      (Axis("", kind: .linear), [-3], -4.5 ... -1.5),
      (Axis("", kind: .linear), [.nan, .infinity, 3, 4], 3...4), (Axis("", kind: .logarithmic), [], 1...10),
      (Axis("", kind: .logarithmic), [0, -3], 1...10), (Axis("", kind: .logarithmic), [0.03, 400], 0.01...1000),
      (Axis("", kind: .logarithmic), [3, 30], 2...50), (Axis("", kind: .linear, atLeast: 0...100), [50], 0...100),
    ] as [(Axis, [Double], ClosedRange<Double>)])
  func `holds what its data need`(_ axis: Axis, _ values: [Double], _ domain: ClosedRange<Double>) {
    let found = axis.domain(of: values, ends: .atTicks)
    #expect(
      abs(found.lowerBound - domain.lowerBound) < 1e-9 && abs(found.upperBound - domain.upperBound) < 1e-9, "\(found)")
  }

  @Test func `knows the calendar`() {
    #expect(CalendarDay(daysSince1970: 0).iso == "1970-01-01")
    #expect(CalendarDay(daysSince1970: -1).iso == "1969-12-31")
    #expect(CalendarDay(daysSince1970: 19_782).iso == "2024-02-29")
    #expect(CalendarDay(daysSince1970: -1e9).iso == "0001-01-01")
    #expect(CalendarDay(daysSince1970: 1e300).iso == "9999-12-31")
    for month in stride(from: 12, to: 9999 * 12, by: 7) {
      let days = CalendarDay.daysSince1970(year: month / 12, month: month % 12 + 1)
      let day = CalendarDay(daysSince1970: Double(days))
      #expect(day.year == month / 12 && day.month == month % 12 + 1 && day.day == 1)
    }
  }
}

@Suite struct `Numbers as text` {
  @Test(
    arguments: [
      (0, "0", "0"), (-0.0, "0", "0"), (3, "3", "3"), (-1.25, "−1.25", "-1.25"), (0.1 + 0.2, "0.3", "0.3"),
      (1234, "1230", "1234"), (12_345.678, "12,300", "12345.678"), (0.000_123_4, "0.000123", "0.0001234"),
      (0.000_001_234, "1.23×10⁻⁶", "1.234e-6"),
      (6.02e23, "6.02×10²³", "6.02e23"), (1e7, "10⁷", "10000000"),
      (.leastNonzeroMagnitude, "4.94×10⁻³²⁴", "4.94065646e-324"),
      (999.9999, "1000", "999.9999"), (.nan, "not a number", "NaN"), (-.infinity, "−∞", "-INF"),
    ] as [(Double, String, String)])
  func `are written with bounded decimals`(_ value: Double, _ shown: String, _ data: String) {
    #expect(Numerals.shown(value) == shown)
    #expect(Numerals.data(value) == data)
  }

  @Test(
    arguments: [(0, "0"), (1.25, "1.3"), (-0.04, "0"), (-0.05, "-0.1"), (719.999, "720"), (1e300, "1000000")]
      as [(Double, String)])
  func `are short as coordinates`(_ value: Double, _ text: String) {
    #expect(Numerals.coordinate(value) == text)
  }
}

@Suite struct `Widths of texts` {
  @Test func `are as wide as their letters`() {
    #expect(TextWidth.of("Day 28", size: 10) == 7.22 + 5.56 + 5 + 2.78 + 5.56 + 5.56)
    #expect(TextWidth.of("血清") == 24)
    #expect(TextWidth.of("e\u{301}") == TextWidth.of("e"))
  }

  @Test func `are shortened and wrapped to their room`() {
    #expect(TextWidth.fitted("neurotoxicity", to: 40) == "neur…")
    #expect(TextWidth.fitted("short", to: 40) == "short")
    #expect(TextWidth.wrapped("Cytokine release syndrome", to: 100, lines: 2) == ["Cytokine release", "syndrome"])
    #expect(TextWidth.wrapped("血清フェリチン", to: 50, lines: 2) == ["血清フェ", "リチン"])
    #expect(TextWidth.wrapped("", to: 50, lines: 2).isEmpty)
    for seed in 0..<200 {
      let words = (0..<Int(Gallery.noise(4, seed) * 12)).map {
        String(repeating: "ab-", count: 1 + Int(Gallery.noise($0, seed) * 9))
      }
      let room = 24 + Gallery.noise(5, seed) * 200
      let lines = TextWidth.wrapped(words.joined(separator: " "), to: room, lines: 3)
      #expect(lines.count <= 3 && lines.allSatisfy { TextWidth.of($0) <= room + 0.01 }, "\(lines)")
    }
  }
}

@Suite struct `Labels of a column` {
  @Test func `stay where they want to be if they can`() {
    #expect(Placement.spread([10, 50, 90], heights: [15, 15, 15], in: 0...100) == [10, 50, 90])
    #expect(Placement.spread([50, 50], heights: [15, 15], in: 0...100) == [42.5, 57.5])
    #expect(Placement.spread([99, 0], heights: [10, 10], in: 0...100) == [95, 5])
    #expect(Placement.spread([1, 2], heights: [60, 60], in: 0...100) == nil)
  }

  @Test func `never overlap, keep their order and their range`() throws {
    for seed in 0..<300 {
      let count = 1 + Int(Gallery.noise(6, seed) * 12)
      let wanted = (0..<count).map { Gallery.noise(7 + $0, seed) * 300 - 50 }
      let heights = (0..<count).map { 5 + Gallery.noise(50 + $0, seed) * 10 }
      let placed = try #require(Placement.spread(wanted, heights: heights, in: 0...200))
      let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
      for (one, next) in zip(order, order.dropFirst()) {
        #expect(placed[next] - heights[next] / 2 >= placed[one] + heights[one] / 2 - 1e-9)
      }
      for (middle, height) in zip(placed, heights) {
        #expect(middle - height / 2 >= -1e-9 && middle + height / 2 <= 200 + 1e-9)
      }
    }
  }
}
