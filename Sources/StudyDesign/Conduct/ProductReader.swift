import CQL
import ClinicalValues

/// Reads `product.yaml`: custody, yield, expiry, dose, release tests.
extension PlanReader {
  static let productFile = "product.yaml"

  mutating func product(_ text: String) -> ProductPlan {
    let root = file(text, PlanReader.productFile, keys: ["custody", "yield", "expiry", "dose", "tests"])
    let origin = ["source", "provisional"]
    let custody = section(root, "custody", keys: ["steps"] + origin)
    let yield = section(root, "yield", keys: ["smallest", "unit", "of"] + origin)
    let expiry = section(
      root, "expiry",
      keys: ["freshMaterialHours", "freshProductHours", "frozenProductDays", "thawToStartMinutes", "thawToEndMinutes"]
        + origin)
    let dose = section(root, "dose", keys: ["smallestPerKg", "largestPerKg", "largest"] + origin)
    let tests = section(root, "tests", keys: ["list"] + origin)
    for part in [custody, yield, expiry, dose] { self.origin(part) }
    let items = self.origin(tests)
    let plan = ProductPlan(
      steps: steps(custody), tests: releaseTests(tests, items.first), smallestYield: decimal(yield, "smallest"),
      yieldUnit: self.text(yield, "unit"), yieldOf: self.text(yield, "of"),
      freshExpiryHours: whole(expiry, "freshMaterialHours"),
      freshProductHours: whole(expiry, "freshProductHours"), frozenExpiryDays: whole(expiry, "frozenProductDays"),
      thawToStartMinutes: whole(expiry, "thawToStartMinutes"), thawToEndMinutes: whole(expiry, "thawToEndMinutes"),
      smallestDosePerKg: decimal(dose, "smallestPerKg"), largestDosePerKg: decimal(dose, "largestPerKg"),
      largestDose: decimal(dose, "largest"))
    _ = unit(yield, "unit")
    _ = order(plan.smallestDosePerKg, plan.largestDosePerKg, at: dose)
    _ = order(plan.thawToStartMinutes, plan.thawToEndMinutes, at: expiry)
    return plan
  }

  private mutating func steps(_ custody: Fields?) -> [CustodyStepPlan] {
    let keys = [
      "id", "title", "subject", "place", "after", "frozenOnly", "temperature", "fresh", "handOver", "twoPeople",
      "inQuarantine", "final",
    ]
    return items(custody, "steps", "custody step", keys: keys).map { id, fields in
      let after = fields.texts("after", problems: &problems)
      references.steps.append((id, after))
      return CustodyStepPlan(
        id: id.value, title: text(fields, "title"), subject: word(fields, "subject", .collection),
        place: word(fields, "place", .site), after: after.map(\.value), frozenOnly: flag(fields, "frozenOnly"),
        temperature: decimalRange(fields, "temperature"), freshTemperature: decimalRange(fields, "fresh"),
        handOver: flag(fields, "handOver"), twoPeople: flag(fields, "twoPeople"),
        inQuarantine: word(fields, "inQuarantine", or: .allowed, .barred), final: flag(fields, "final"))
    }
  }

  private mutating func releaseTests(_ fields: Fields?, _ item: String?) -> [ReleaseTestPlan] {
    let keys = [
      "id", "title", "kind", "unit", "low", "high", "exceptional", "interim", "interimNeeds", "source",
    ]
    return items(fields, "list", "release test", keys: keys).map { id, test in
      let before = problems.count
      let needs = test.texts("interimNeeds", problems: &problems)
      references.neededTests += needs
      let plan = ReleaseTestPlan(
        id: id.value, title: text(test, "title"), kind: word(test, "kind", .quantity), unit: unit(test, "unit"),
        low: decimalIfThere(test, "low"), high: decimalIfThere(test, "high"), exceptional: flag(test, "exceptional"),
        interim: flag(test, "interim"), interimNeeds: needs.map(\.value), source: text(test, "source"),
        provisional: item)
      if let low = plan.low, let high = plan.high { _ = order(low, high, at: test) }
      if problems.count == before { limits(of: plan, at: id) }
      return plan
    }
  }

  /// A quantity has a unit and a limit; what is no quantity has none.
  private mutating func limits(of test: ReleaseTestPlan, at id: Located<String>) {
    let hasLimit = test.low != nil || test.high != nil
    if test.kind == .quantity, test.unit == nil || !hasLimit {
      problems.append(
        Problem(
          "no-limit", at: id.location, "The release test ‘\(test.id)’ is a quantity without a unit or without a limit.",
          remedy: "Add ‘unit:’, and ‘low:’ or ‘high:’."))
    }
    if test.kind != .quantity, test.unit != nil || hasLimit {
      problems.append(
        Problem(
          "no-limit", at: id.location, "The release test ‘\(test.id)’ is no quantity and has a unit or a limit.",
          remedy: "Remove them, or write ‘kind: quantity’."))
    }
  }
}
