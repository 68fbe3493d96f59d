import ClinicalValues

extension CTCAE {
  /// A measurement with its value as it is compared.
  struct Reading {
    let measurement: Measurement
    /// As measured.
    let measured: Decimal
    /// Corrected or rounded where the analyte asks for that.
    let compared: Operand
    /// Total calcium corrected for albumin.
    let correctedCalcium: Decimal?

    init(_ measurement: Measurement, value: Decimal, adjustment: Adjustment) {
      self.measurement = measurement
      self.measured = value
      switch adjustment {
      case .none:
        compared = .decimal(value)
        correctedCalcium = nil
      case .roundedToWhole:
        compared = .decimal(value.rounded() ?? value)
        correctedCalcium = nil
      case .correctedForAlbumin:
        let exact = (ExactNumber(40) - (measurement.albuminGPerL ?? 40)) * Reading.calciumPerAlbumin + value
        compared = Operand(exact)
        correctedCalcium = exact.neighbors.flatMap { $0.below.rounded(to: 6)?.trimmed }
      }
    }

    /// 0.02 mmol of calcium per g of albumin.
    private static let calciumPerAlbumin = Decimal(units: 2_000_000, scale: 2) ?? .zero

    func limit(_ limit: Clause.Limit) -> Decimal? {
      switch limit {
      case .lln: measurement.lln
      case .uln: measurement.uln
      case .baseline: measurement.baseline
      }
    }

    /// A limit as it was when the subject was measured.
    private func limit(_ limit: Clause.Limit, of subject: Clause.Subject) -> Decimal? {
      switch (subject, limit) {
      case (.baseline, .lln): measurement.baselineLln ?? measurement.lln
      case (.baseline, .uln): measurement.baselineUln ?? measurement.uln
      default: self.limit(limit)
      }
    }

    private func subject(_ subject: Clause.Subject) -> Operand? {
      switch subject {
      case .value: compared
      case .baseline: measurement.baseline.map { .decimal($0) }
      // Changes are of the value as measured.
      case .fall: measurement.baseline.map { Operand(ExactNumber($0) - measured) }
      case .rise: measurement.baseline.map { Operand(ExactNumber(measured) - $0) }
      case .durationHours: measurement.durationHours.map { .decimal($0) }
      }
    }

    /// Whether a part of a condition holds; nil if what it compares is not recorded.
    func satisfies(_ part: Clause.Part) -> Bool? {
      switch part {
      case .unreadable: return nil
      case .circumstance(let circumstance):
        return measurement.circumstances[circumstance] ?? circumstance.isAssumedWhereUnknown
      case .comparison(let name, let relation, let factor, let limit):
        guard let subject = subject(name) else { return nil }
        let bound: Operand
        if let limit {
          guard let limit = self.limit(limit, of: name) else { return nil }
          bound = Operand(limit, times: factor)
        } else {
          bound = .decimal(factor)
        }
        switch relation {
        case .below: return subject < bound
        case .atMost: return subject <= bound
        case .above: return subject > bound
        case .atLeast: return subject >= bound
        }
      }
    }
  }
}

extension CTCAE.Reading {
  /// The numbers that a rule was applied to: `Value 121 U/L, ULN 40 U/L, baseline not recorded.`
  func words(limits: [CTCAE.Clause.Limit], unit: String) -> String {
    var facts = ["Value \(measurement.valueText ?? "\(measured)") \(unit)"]
    if let correctedCalcium { facts.append("corrected for albumin \(correctedCalcium) \(unit)") }
    var told: [CTCAE.Clause.Limit] = []
    for limit in limits where !told.contains(limit) {
      told.append(limit)
      facts.append("\(limit.rawValue) \(text(of: limit).map { "\($0) \(unit)" } ?? "not recorded")")
    }
    if let hours = measurement.durationHours, hours > 0 {
      facts.append("lasting \((hours.rounded(to: 1) ?? hours).trimmed) h")
    }
    return facts.joined(separator: ", ") + "."
  }

  private func text(of limit: CTCAE.Clause.Limit) -> String? {
    let text = limit == .baseline ? measurement.baselineText : nil
    return text ?? self.limit(limit).map { "\($0)" }
  }

  /// Which circumstances of a condition were taken as the worst case, not being recorded.
  func assumptions(of clause: CTCAE.Clause?) -> [String] {
    (clause?.circumstances ?? []).filter { $0.isAssumedWhereUnknown && measurement.circumstances[$0] == nil }
      .map { "Whether \($0.rawValue) is not recorded: the worst case is taken." }
  }
}
