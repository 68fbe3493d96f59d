public import ClinicalValues

extension CTCAE {
  /// A laboratory value or vital sign that has grades by number.
  public struct Analyte: Sendable {
    /// Its key, as `ctcaeLab` names it: `hemoglobin`.
    public let key: String
    /// The UCUM unit of its values and limits; where all grades are multiples of a limit, any unit would do.
    public let unit: String
    /// What is done to a value before it is compared.
    let adjustment: Adjustment
    /// Its terms, at most one a direction.
    public let ladders: [Ladder]

    init(_ key: String, _ unit: String, adjustment: Adjustment = .none, _ ladders: Ladder...) {
      self.key = key
      self.unit = unit
      self.adjustment = adjustment
      self.ladders = ladders
    }
  }

  /// On which side of normal a value lies.
  public enum Direction: String, Sendable, Hashable, Codable, CaseIterable { case low, high }

  /// What is done to a value before it is compared.
  enum Adjustment: Sendable {
    case none
    /// Total calcium, mmol/L: + 0.02 x (40 - albumin in g/L).
    case correctedForAlbumin
    /// To a whole number, half up.
    case roundedToWhole
  }

  /// The grades of one term.
  public struct Ladder: Sendable {
    /// The term's key: `alanineAminotransferaseIncreased`.
    public let term: String
    /// The term as CTCAE's list has it: `Alanine aminotransferase increased`.
    public let name: String
    /// Conditions, the lightest grade first; the first of them tells what is normal.
    let rungs: [Rung]
    /// Whether what it grades is too low or too high.
    public var direction: Direction { rungs.contains { $0.clause.isBelow } ? .low : .high }
    /// Conditions that stand in for them, and when.
    let instead: (when: Clause, rungs: [Rung])?

    /// A term with the conditions of grades 1 to 4 as in CTCAE, semicolons meaning "or"; empty where a grade does not exist.
    init(
      _ term: String, _ name: String, _ one: String, _ two: String, _ three: String, _ four: String,
      instead: (when: String, one: String, two: String, three: String, four: String)? = nil
    ) {
      self.term = term
      self.name = name
      self.rungs = Ladder.rungs([one, two, three, four])
      self.instead = instead.map { (Clause($0.when), Ladder.rungs([$0.one, $0.two, $0.three, $0.four])) }
    }

    private static func rungs(_ columns: [String]) -> [Rung] {
      zip(1..., columns).flatMap { grade, column in
        column.split(separator: ";").map { Rung(grade: grade, clause: Clause(String($0))) }
      }
    }
  }

  /// A condition and the grade that it gives.
  struct Rung: Sendable {
    let grade: Int
    let clause: Clause
  }
}

extension CTCAE.Analyte {
  /// The grade of a measurement: of the worse direction; 0 only if every direction is known to be normal.
  public func grade(_ measurement: CTCAE.Measurement) -> CTCAE.Grade {
    let reading: CTCAE.Reading
    switch self.reading(measurement) {
    case .failure(let missing): return CTCAE.Grade(ungraded: missing.reason)
    case .success(let usable): reading = usable
    }
    let steps = ladders.map { ($0, $0.step(for: reading)) }
    let worst = steps.filter { ($0.1.grade ?? 0) > 0 }.max { ($0.1.grade ?? 0) < ($1.1.grade ?? 0) }
    let shown = worst ?? steps.first { $0.1.grade == nil } ?? steps.first
    guard let (ladder, step) = shown else { return CTCAE.Grade(ungraded: "No grades.") }
    return CTCAE.Grade(
      term: worst == nil ? nil : ladder.term, name: worst == nil ? nil : ladder.name, grade: step.grade,
      rule: step.rule(reading, unit: unit), correctedCalcium: reading.correctedCalcium)
  }

  /// The grade of a measurement in each direction, in the order of the ladders; the term stands there whatever the grade.
  public func grades(_ measurement: CTCAE.Measurement) -> [(direction: CTCAE.Direction, grade: CTCAE.Grade)] {
    let reading = reading(measurement)
    return ladders.map { ladder in
      switch reading {
      case .failure(let missing):
        return (
          ladder.direction,
          CTCAE.Grade(
            term: ladder.term, name: ladder.name, grade: nil, rule: "Not gradable. \(missing.reason)",
            correctedCalcium: nil)
        )
      case .success(let reading):
        let step = ladder.step(for: reading)
        return (
          ladder.direction,
          CTCAE.Grade(
            term: ladder.term, name: ladder.name, grade: step.grade, rule: step.rule(reading, unit: unit),
            correctedCalcium: reading.correctedCalcium)
        )
      }
    }
  }

  private struct Missing: Error { let reason: String }

  private func reading(_ measurement: CTCAE.Measurement) -> Swift.Result<CTCAE.Reading, Missing> {
    guard let value = measurement.value else { return .failure(Missing(reason: "No value.")) }
    if adjustment == .correctedForAlbumin, measurement.albuminGPerL == nil {
      return .failure(Missing(reason: "No albumin, for which total calcium is corrected."))
    }
    return .success(CTCAE.Reading(measurement, value: value, adjustment: adjustment))
  }
}

extension CTCAE.Grade {
  init(ungraded reason: String) {
    self.init(term: nil, name: nil, grade: nil, rule: "Not gradable. \(reason)", correctedCalcium: nil)
  }
}

extension CTCAE.Ladder {
  /// The worst condition that holds; without one, whether the lightest is known not to.
  func step(for reading: CTCAE.Reading) -> CTCAE.Step {
    let replaced = instead.flatMap { $0.when.holds(for: reading) == true ? $0 : nil }
    let rungs = replaced?.rungs ?? rungs
    if let rung = rungs.last(where: { $0.clause.holds(for: reading) == true }) {
      let open = rungs.last { $0.grade > rung.grade && $0.clause.hours != nil && $0.clause.holds(for: reading) == nil }
      return CTCAE.Step(grade: rung.grade, clause: rung.clause, when: replaced?.when, open: open)
    }
    // An unknown baseline counts as normal, so only the condition that parts normal from grade 1 must be known.
    let entry = rungs.first?.clause
    return CTCAE.Step(
      grade: entry?.holds(for: reading) == false ? 0 : nil, clause: entry, when: replaced?.when, open: nil)
  }
}

extension CTCAE.Ladder {
  /// Where the values of a grade lie, in the analyte's unit; an end that is nil is open.
  public struct Band: Sendable, Hashable {
    /// The grade.
    public let grade: Int
    /// The lower end.
    public let low: Decimal?
    /// The upper end.
    public let high: Decimal?
  }

  /// The bands of grades from one on, the lightest first, where CTCAE has them as numbers alone: none of a grade that is a
  /// multiple of a limit of normal or of the baseline, or that asks for a circumstance. What begins below normal has its band where
  /// the lower limit is given and the next grade is a number.
  public func bands(from least: Int, lowerLimit: Decimal? = nil) -> [Band] {
    CTCAE.gradesByNumber.filter { $0 >= least }.compactMap { grade -> Band? in
      let next = bound(of: grade + 1)
      guard let limit = bound(of: grade) ?? (next != nil && isBelowNormal(grade) ? lowerLimit : nil) else { return nil }
      return direction == .low ? Band(grade: grade, low: next, high: limit) : Band(grade: grade, low: limit, high: next)
    }
  }

  /// The level above which a value must last longer than so many hours to be of a worse grade; nil where none must.
  public var lasting: (above: Decimal, hours: Decimal)? {
    rungs.lazy.compactMap { rung -> (above: Decimal, hours: Decimal)? in
      guard let hours = rung.clause.hours else { return nil }
      return rung.clause.parts.lazy.compactMap { part -> (above: Decimal, hours: Decimal)? in
        guard case .comparison(.value, .above, let level, of: nil) = part else { return nil }
        return (level, hours)
      }.first
    }.first
  }

  /// Whether a grade is all that is below normal and not yet of a worse grade.
  private func isBelowNormal(_ grade: Int) -> Bool {
    rungs.first { $0.grade == grade }?.clause.parts == [.comparison(.value, .below, 1, of: .lln)]
  }

  /// The number alone that a grade begins at.
  private func bound(of grade: Int) -> Decimal? {
    rungs.lazy.filter { $0.grade == grade }.compactMap { rung -> Decimal? in
      guard rung.clause.parts.count == 1, case .comparison(.value, _, let number, of: nil)? = rung.clause.parts.first
      else { return nil }
      return number
    }.first
  }
}

extension CTCAE {
  /// How a ladder came to its grade.
  struct Step {
    /// nil where the lightest condition cannot be decided.
    let grade: Int?
    /// The condition that holds, or the lightest one.
    let clause: Clause?
    /// Why the ladder's other conditions were taken.
    let when: Clause?
    /// A worse grade that hangs on how long it has lasted, which is not known.
    let open: Rung?

    /// The rule in words: `Grade 2: value > 3 ULN. Value 121 U/L, ULN 40 U/L.`
    func rule(_ reading: Reading, unit: String) -> String {
      let text = clause.map(\.text) ?? ""
      let because = when.map { " (as \($0.text))" } ?? ""
      let verdict =
        switch grade {
        case nil: "Not gradable: whether \(text)\(because) is not known."
        case 0?: "Grade 0: not \(text)\(because)."
        case let grade?: "Grade \(grade): \(text)\(because)."
        }
      let limits = (clause?.limits ?? []) + (when?.limits ?? [])
      let worse = open.flatMap { rung in
        rung.clause.hours.map {
          "Lasting more than \($0) h it would be grade \(rung.grade); how long it has lasted is not known."
        }
      }
      return
        ([verdict, reading.words(limits: limits, unit: unit)] + reading.assumptions(of: clause)
        + [worse].compactMap(\.self)).joined(separator: " ")
    }
  }
}
