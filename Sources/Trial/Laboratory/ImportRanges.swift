// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
public import Ledger

/// Takes over a file of normal ranges of laboratories, all of it or nothing.
public struct ImportRanges: TrialCommand {
  public static let name = "laboratory ranges"
  public static let abstract = "Take over a file of normal ranges of laboratories."
  public static let fields = [
    CommandField(
      "of", "the site whose laboratories these are; left out: a laboratory of the whole study", optional: true),
    CommandField("file", "SHA-256 of the file"),
    CommandField("ranges", "JSON: its rows"),
  ]
  public static let permission = Permission.recordData

  /// The site whose laboratories these are; nil: the whole study's.
  public let of: SiteID?
  /// SHA-256 of the file.
  public let file: Digest
  /// Its rows.
  public let ranges: [NormalRange]

  public init(of site: SiteID? = nil, file: Digest, ranges: [NormalRange]) {
    self.of = site
    self.file = file
    self.ranges = ranges
  }

  public var sites: Set<SiteID> { Set([of].compactMap(\.self)) }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    if of == nil, situation.actor.role != .principalInvestigator {
      throw Refusal(
        "role-may-not",
        because: "Ranges of a laboratory of the whole study are taken over by a principal investigator.",
        remedy: "Name the site whose laboratory it is, or ask the principal investigator.")
    }
    if let site = of, situation.state.sites[site] == nil {
      throw Refusal("unknown-site", because: "There is no site \(site).", remedy: "Check its number.")
    }
    guard !situation.state.laboratories.files.contains(file) else {
      throw Refusal(
        "nothing-changed", because: "This file of ranges was taken over before.",
        remedy: "There is nothing to be imported.")
    }
    let faults = NormalRange.faults(in: ranges)
    guard !ranges.isEmpty, faults.isEmpty else {
      throw Refusal(
        "ranges-refused",
        because: ranges.isEmpty
          ? "The file holds no range." : faults.map { "Row \($0.row): \($0.problem)" }.joined(separator: " "),
        remedy: "Correct the file. Nothing was imported.")
    }
    return [Fact(.laboratory(of, .rangesImported(file: file, ranges: ranges)))]
  }
}

extension NormalRange {
  /// What is wrong with a file's rows, each by its number from 1, in their order.
  public static func faults(in rows: [NormalRange]) -> [(row: Int, problem: String)] {
    var faults: [(row: Int, problem: String)] = []
    var earlier: [String: [Int]] = [:]
    for (index, row) in rows.enumerated() {
      if let problem = row.problem { faults.append((index + 1, problem)) }
      let test = "\(row.laboratory)|\(row.concept)"
      if let other = earlier[test]?.first(where: { rows[$0].overlaps(row) }) {
        faults.append((index + 1, "it holds for the same people and days as row \(other + 1)."))
      }
      earlier[test, default: []].append(index)
    }
    return faults
  }

  /// What is wrong with it alone.
  private var problem: String? {
    if laboratory.isEmpty || laboratory.utf8.count > 80 || concept.isEmpty {
      return "laboratory or test is missing, or the laboratory's name is longer than 80 characters."
    }
    guard low != nil || high != nil else { return "it has neither a low nor a high limit." }
    if let low, let high, low > high { return "its low limit is above its high one." }
    if let ageFrom, let ageTo, ageFrom > ageTo { return "its first age is above its last." }
    guard validFrom.precision == .day, validTo.map({ $0.precision == .day }) ?? true else {
      return "its days are not whole dates."
    }
    if let validTo, validTo.daysSinceEpoch < validFrom.daysSinceEpoch { return "it ends before it begins." }
    return UCUM.isValid(unit) ? nil : "‘\(unit)’ is no unit of UCUM."
  }
}
