import ClinicalValues
import Glibc

extension Instrument {
  /// CAR-T cells in the blood: highest and last quantifiable value, area under the curve, persistence.
  ///
  /// All values and the limit of quantification are in one unit (copies per microgram of DNA, or cells per microliter); days
  /// are after infusion, areas in that unit times days. The time course is non-compartmental, linear up and logarithmic down.
  static let cellularKinetics = Instrument(
    id: "cellularKinetics", title: "Cellular kinetics of CAR-T cells",
    source:
      "Stein AM et al. CPT Pharmacometrics Syst Pharmacol 2019;8:285-295; Mueller KT et al. Blood 2017;130:2317-2325",
    unverified:
      "The handling of values below the limit of quantification is a convention; the sponsor must confirm it.",
    items: [
      .amount("lloq", "Lower limit of quantification"),
      Item(
        "samples", "Samples",
        .records([
          .number("day", "Day after infusion", -100_000...100_000), .amount("value", "Value"),
          .yesNo("blq", "Below the limit of quantification"),
        ])),
    ],
    score: { KineticCurve($0).result })
}

/// The time course after the rules for what is below the limit of quantification (BLQ).
private struct KineticCurve {
  struct Point {
    let day: Decimal
    let value: Decimal
  }
  /// Samples that are usable, by day; nil for BLQ.
  private let samples: [(day: Decimal, value: Decimal?)]
  private let firstQuantifiable: Int?
  private let lastQuantifiable: Int?

  init(_ answers: Answers) {
    let limit = answers[number: "lloq"]
    samples = answers[records: "samples"].compactMap { sample -> (day: Decimal, value: Decimal?)? in
      guard let day = sample[number: "day"], day >= 0 else { return nil }
      if sample[yesNo: "blq"] == true { return (day, nil) }
      // Without a limit the mark alone says what is below it.
      return sample[number: "value"].map { (day, $0 < (limit ?? 0) ? nil : $0) }
    }
    .enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }.map(\.element)
    firstQuantifiable = samples.firstIndex { $0.value != nil }
    lastQuantifiable = samples.lastIndex { $0.value != nil }
  }

  var result: Result {
    let quantifiable = samples.compactMap { sample in sample.value.map { Point(day: sample.day, value: $0) } }
    // Of equal values the first one is the peak.
    let peak = quantifiable.reduce(Point?.none) { best, point in
      best.map { $0.value >= point.value ? $0 : point } ?? point
    }
    let last = quantifiable.last
    return [
      "cmax": .rounded(peak?.value), "tmax": .rounded(peak?.day), "tlast": .rounded(last?.day),
      "clast": .rounded(last?.value), "aucLast": last.map { .rounded(area(to: $0.day)) } ?? .null,
      "auc0To28": areaTo28, "persistenceOngoing": .bool(last != nil && lastQuantifiable == samples.count - 1),
    ]
  }

  /// BLQ is 0 before the first and after the last quantifiable sample and left out between them; the curve begins at day 0.
  private var points: [Point] {
    guard let firstQuantifiable, let lastQuantifiable else { return [] }
    let usable = samples.enumerated().compactMap { index, sample -> Point? in
      if let value = sample.value { return Point(day: sample.day, value: value) }
      return index < firstQuantifiable || index > lastQuantifiable ? Point(day: sample.day, value: 0) : nil
    }
    return usable.first?.day == 0 ? usable : [Point(day: 0, value: 0)] + usable
  }

  /// Null if the last sample is before day 28 and quantifiable: nothing is extrapolated.
  private var areaTo28: Datum {
    guard let last = samples.last else { return .null }
    if lastQuantifiable == nil { return last.day >= 28 ? .whole(0) : .null }
    return last.day < 28 && last.value != nil ? .null : .rounded(area(to: 28))
  }

  /// The area from day 0 to a day; beyond the last point it does not grow.
  private func area(to end: Decimal) -> Double {
    let points = points
    return zip(points, points.dropFirst()).reduce(0) { area, interval in
      let (start, stop) = interval
      if start.day >= end { return area }
      return area + Self.area(from: start, to: stop, until: Swift.min(stop.day, end))
    }
  }

  /// The area of one interval, or of its beginning: the value at the end is interpolated, and how the area up to it is
  /// reckoned follows from that value, as for a sample. Logarithms need binary floating point here: its error is below
  /// 1e-12 of the area, and no rule compares an area with a limit.
  private static func area(from start: Point, to stop: Point, until end: Decimal) -> Double {
    let (c1, c2) = (Double(start.value), Double(stop.value))
    let length = Double(stop.day) - Double(start.day)
    let part = Double(end) - Double(start.day)
    guard length > 0, part > 0 else { return 0 }
    let isLogarithmic = stop.value < start.value && !stop.value.isZero
    let reached =
      if end == stop.day {
        c2
      } else if isLogarithmic {
        // ln(c1/c2), without loss where the two are close; the decline has one rate over the whole interval.
        c1 * exp(-log1p((c1 - c2) / c2) * part / length)
      } else {
        c1 + (c2 - c1) * part / length
      }
    // A decline towards what is below the limit has not reached it yet: the value inside it is positive.
    guard reached > 0, reached < c1 else { return (c1 + reached) / 2 * part }
    return (c1 - reached) * part / log1p((c1 - reached) / reached)
  }
}
