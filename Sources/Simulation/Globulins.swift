// Immunoglobulin G of each participant after the infusion, by key of the story: cells against CD19 and BCMA take plasma
// cells too, in some further and for longer than in others.

/// A participant's own immunoglobulin G, and when it is replaced.
struct Globulin: Sendable {
  /// In g/L, without replacement.
  let own: Series
  /// The days on which immunoglobulin is given every four weeks; nil for never.
  let replaced: ClosedRange<Int>?

  /// What is measured on a day, in thousandths of g/L: while it is replaced, more than one's own.
  func measured(onDay day: Int) -> Int { own.value(onDay: day) + (isReplaced(onDay: day) ? 1_200 : 0) }

  /// Whether some was given in the four weeks before.
  func isReplaced(onDay day: Int) -> Bool {
    replaced.map { ($0.lowerBound + 1...$0.upperBound + 28).contains(day) } ?? false
  }
}

extension Story {
  /// The participant's immunoglobulin G; that of all others where the table has none.
  var globulin: Globulin {
    let row = Self.globulins[key]
    return Globulin(
      own: Series(row?.own ?? "-6:11.2 0:10.4 28:6.2 60:4.6 90:4.2 180:4.6 270:5.6 365:6.9 730:8.8", places: 1),
      replaced: row?.replaced)
  }

  private static let globulins: [String: (own: String, replaced: ClosedRange<Int>?)] = [
    "A1": ("-6:9.4 0:8.9 28:5.6 60:4.1 90:3.7 180:3.9 270:4.8 365:5.9 545:7.9 637:9.2 730:9.9", 45...240),
    "A2": ("-6:14.3 0:13.2 28:6.4 60:4.4 90:3.6 180:3.8 270:4.9 365:6.0 545:7.5 730:8.6", 70...330),
    "A3": ("-6:10.4 0:9.9 28:6.6 60:4.6 70:4.6 90:4.4 180:4.9 270:6.0 365:7.2 545:9.3 730:10.1", nil),
    "A4": ("-6:14.5 0:13.6 28:7.7 60:5.2 90:4.1 180:3.8 270:4.6 365:5.4 545:6.3 730:6.9", 190...560),
    "A5": ("-6:13.6 0:13.0 28:9.4 60:6.9 90:5.5 180:5.9 270:7.3 365:9.2 730:11.0", nil),
    "A6": ("-6:9.8 0:9.4 24:6.4 34:5.7 60:4.4 90:3.8 180:4.2 270:5.5 365:6.4 455:7.6 730:8.8", 45...240),
    "A7": ("-6:9.4 0:9.3 28:9.1 60:6.6 90:5.6 150:5.9 180:6.1 270:6.9 365:7.6 730:8.2", nil),
    "A8": ("-6:10.0 0:9.7 28:7.7 60:5.2 90:4.4 180:4.9 730:8.0", nil),
    "A9": ("-6:13.6 0:12.4 28:7.6 60:5.1 90:4.2 104:4.1 180:4.6 270:5.8 365:6.9 730:9.1", 112...300),
    "A10": ("-6:9.8 0:9.3 28:6.0 60:4.3 90:3.7 180:4.0 270:5.1 365:6.4 730:8.5", 60...250),
  ]

  /// The lower limit of normal of the site's laboratory for immunoglobulin G, in thousandths of g/L (the normal ranges of the
  /// study's examples).
  private var lowestGlobulin: Int { site == "01" ? 8_600 : 7_000 }

  /// Visits with a sample for immunoglobulins, and their days after the infusion.
  private var globulinDays: [Int] {
    [course.lateD28]
      + Self.visits.filter {
        ["M2", "M3", "M4", "M5", "M6", "M9", "M12", "M15", "M18", "M21", "M24"].contains($0.name)
      }
      .filter { course.missed[$0.name] == nil }.map(\.day)
  }

  /// Low immunoglobulin G: from the first sample below the lower limit of normal to the first without replacement that is not.
  /// What lies so near to the limit that a measurement may fall on either side of it is not counted.
  var hypogammaglobulinemia: Toxicity? {
    let globulin = globulin
    let limit = lowestGlobulin
    // Later visits are held a day or two beside the planned one.
    func seen(_ day: Int) -> Int { day > 40 ? day + 2 : day }
    guard let first = globulinDays.first(where: { globulin.own.value(onDay: $0) < limit * 96 / 100 }) else {
      return nil
    }
    let over = globulinDays.first { day in
      day > first && !globulin.isReplaced(onDay: day) && day > globulin.replaced?.lowerBound ?? 0
        && globulin.own.value(onDay: day) >= limit * 104 / 100
    }
    return Toxicity(
      name: "hypogammaglobulinemia", words: "Low immunoglobulin G", term: "Immune system disorders - Other, specify",
      specified: "Hypogammaglobulinemia", interest: "HYPOGAMMAGLOBULINEMIA", onset: seen(first),
      grades: [(seen(first), 2)], end: over.map(seen), causes: [.product],
      narrative: "Immunoglobulin G below the laboratory's lower limit of normal.")
  }
}
