import ClinicalValues

/// People are not clocks: who is expected at 10:20 comes a little earlier or later, and a visit months ahead is booked for
/// a day or two beside the planned one. All of it follows from the seed.
struct Rhythm: Sendable {
  let seed: UInt64

  /// Minutes by which a participant's day runs ahead of or behind the plan: one number a day, so that the order stays.
  func minutes(_ key: String, _ day: Int) -> Int {
    var numbers = SplitMix64(seed: seed, for: "\(key) minutes \(day)")
    return Int.random(in: -23...37, using: &numbers)
  }

  /// A later visit, and its laboratory, on the working day for which they were booked.
  func drifted(_ planned: PlannedDeed, of story: Story) -> PlannedDeed {
    guard let infusion = story.infusion, planned.day - infusion > Self.firstDrifting else { return planned }
    let days = days(story.key, planned.day)
    switch planned.deed {
    case .visit, .results: return PlannedDeed(planned.day + days, planned.time, planned.deed)
    default: return planned
    }
  }

  /// Visits up to here keep their day: their windows are narrow.
  private static let firstDrifting = 40

  /// At most two days to either side, on a working day; day 0 is a Monday.
  private func days(_ key: String, _ day: Int) -> Int {
    var numbers = SplitMix64(seed: seed, for: "\(key) visit \(day)")
    return (-2...2).filter { (day + $0) % 7 < 5 }.randomElement(using: &numbers) ?? 0
  }

  /// Which of several people has duty for a participant on a day.
  func duty(_ key: String, _ day: Int, of people: Int) -> Int {
    var numbers = SplitMix64(seed: seed, for: "\(key) duty \(day)")
    return Int.random(in: 0..<max(people, 1), using: &numbers)
  }

  /// The courier of a participant's cells: those of each site have drivers of their own.
  func courier(_ key: String, site: String) -> String {
    let drivers = site == "01" ? ["Sun Ke", "He Rui", "Gu Anqi"] : ["T. Albrecht", "M. Kaya", "S. Wirth"]
    return drivers[duty(key, 0, of: drivers.count)] + ", Coldway Couriers"
  }
}

extension Moment {
  /// So many minutes later, by the same clocks.
  func adding(minutes: Int) -> Moment {
    Moment(instant.adding(minutes: minutes), offsetMinutes: offsetMinutes, zone: zone)
  }
}
