import ClinicalValues
import Conduct
import StudyDesign
import Trial

/// What is said of a collection, a lot or a bag, in clauses.
struct MaterialWords {
  let plan: ProductPlan?
  /// That of the site that looks after whose cells it is: until when something keeps is read beside the clocks there.
  let zone: String
  let words: Words

  /// The title of a custody step.
  func step(_ id: String) -> String {
    plan?.steps.first { $0.id == id }.map { words.study($0.title) } ?? id
  }

  func clauses(_ collection: CollectionState) -> [String] {
    var clauses = [collection.isAccepted ? words["accepted"] : words["not accepted"]]
    if collection.ended != nil {
      clauses.append(words("yield {yield}", ["yield": amount(collection.yield)]))
    }
    if let id = collection.step { clauses.append(words("last step: {step}", ["step": step(id)])) }
    if collection.isFrozen { clauses.append(words["stored frozen"]) }
    if let keeps = collection.keepsUntil { clauses.append(words("keeps until {time}", ["time": clock(keeps)])) }
    if collection.isUnusable { clauses.append(words["not to be used"]) }
    if collection.hasGap { clauses.append(words["a gap in its custody"]) }
    return clauses
  }

  func clauses(_ lot: LotState) -> [String] {
    if let outcome = lot.outcome { return [outcome == .rejected ? words["rejected"] : words["lost"]] }
    if let release = lot.release { return [words.title(release)] }
    guard lot.from != nil else { return [words["its number is issued"]] }
    return [words["being made"]] + (lot.step.map { [words("last step: {step}", ["step": step($0)])] } ?? [])
  }

  func clauses(_ bag: BagState) -> [String] {
    guard let volume = bag.volumeML else { return [words["not filled"]] }
    var clauses = ["\(volume.trimmed) mL"]
    if let cells = bag.cells {
      clauses.append(words("{cells} CAR-positive viable cells", ["cells": words.number(cells)]))
    }
    if let id = bag.step { clauses.append(words("last step: {step}", ["step": step(id)])) }
    if let day = bag.lastDay.flatMap({ CalendarDate(daysSinceEpoch: $0) }) {
      clauses.append(words("to be used by {date}", ["date": words.date(day)]))
    }
    if let keeps = bag.keepsUntil { clauses.append(words("keeps until {time}", ["time": clock(keeps)])) }
    if let thaw = bag.thaw {
      clauses.append(words("thawed; start by {time}", ["time": clock(thaw.startBy)]))
    }
    if let end = bag.end { clauses.append(words.title(end)) }
    if bag.isUnusable { clauses.append(words["not to be used"]) }
    if bag.hasGap { clauses.append(words["a gap in its custody"]) }
    return clauses
  }

  /// How much was collected, and of what: `4,830 × 10⁶ CD3-positive cells`.
  private func amount(_ value: Decimal) -> String {
    guard let plan else { return words.number(value) }
    let unit = words.unit(plan.yieldUnit)
    return "\(words.number(value))\(unit.hasPrefix("10") ? " × " : " ")\(unit) \(words.study(plan.yieldOf))"
  }

  private func clock(_ instant: Instant) -> String { words.placed(ZoneClock.moment(instant, zone: zone)) }

  /// A result of a release test as it is read.
  func result(_ result: TestResult, unit: String?) -> String {
    switch result {
    case .quantity(let value): words.quantity(words.number(value), unit)
    case .negative: words["negative"]
    case .positive: words["positive"]
    case .conforms: words["conforms"]
    case .doesNotConform: words["does not conform"]
    }
  }

  /// The limits of a release test.
  func limits(_ test: ReleaseTestPlan) -> String {
    let unit = test.unit.map { " " + words.unit($0) } ?? ""
    return switch test.kind {
    case .quantity:
      switch (test.low, test.high) {
      case (let low?, let high?): "\(words.number(low)) – \(words.number(high))\(unit)"
      case (let low?, nil): "≥ \(words.number(low))\(unit)"
      case (nil, let high?): "≤ \(words.number(high))\(unit)"
      case (nil, nil): "–"
      }
    case .negative: words["negative"]
    case .conforms: words["conforms"]
    }
  }
}
