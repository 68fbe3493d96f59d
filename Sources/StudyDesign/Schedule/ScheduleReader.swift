import CQL

/// What `schedule.yaml` says, with the places of its words, before it is checked against other files.
struct ScheduleFile {
  static let name = "schedule.yaml"

  /// The schedule.
  var plan = SchedulePlan(visits: [], activities: [])
  /// The keys of each visit, in the order of `plan.visits`.
  var visits: [Fields] = []
  /// The keys of each visit's planned activities, where they have any.
  var planned: [[SourceLocation]] = []
  /// The keys of each activity, in the order of `plan.activities`.
  var activities: [Fields] = []
  /// What it names that must exist elsewhere.
  var references = PlanReferences()
}

/// Reads `schedule.yaml`: visits with their anchors and windows, activities with their forms.
///
/// What is wrong or missing is reported and read as the least that is allowed, as in `PlanReader`, which it leans on.
struct ScheduleReader {
  private var reader = PlanReader()
  private(set) var schedule = ScheduleFile()

  /// Everything that is wrong.
  var problems: [Problem] { reader.problems }

  init(_ text: String) {
    let origin = ["source", "provisional"]
    guard let root = reader.file(text, ScheduleFile.name, keys: ["visits", "activities", "graceDays"] + origin) else {
      return
    }
    // What the whole file rests on holds for each part that names nothing of its own.
    let (source, provisional) = self.origin(root)
    schedule.plan.graceDays = reader.wholeIfThere(root, "graceDays", 0...90) ?? 0
    let visitKeys =
      ["id", "title", "lay", "epoch", "anchor", "day", "window", "mode", "activities", "applies"] + origin
    for (id, fields) in reader.items(root, "visits", "visit", keys: visitKeys) { readVisit(id.value, fields) }
    let activityKeys = ["id", "title", "forms", "applies"] + origin
    for (id, fields) in reader.items(root, "activities", "activity", keys: activityKeys) {
      readActivity(id.value, fields)
    }
    var without: [String] = []
    for index in schedule.plan.visits.indices
    where !hasOrigin(schedule.plan.visits[index].source, schedule.plan.visits[index].provisional) {
      schedule.plan.visits[index].source = source
      schedule.plan.visits[index].provisional = provisional
      without.append(schedule.plan.visits[index].id)
    }
    for index in schedule.plan.activities.indices
    where !hasOrigin(schedule.plan.activities[index].source, schedule.plan.activities[index].provisional) {
      schedule.plan.activities[index].source = source
      schedule.plan.activities[index].provisional = provisional
      without.append(schedule.plan.activities[index].id)
    }
    if !without.isEmpty, !hasOrigin(source, provisional) {
      reader.problems.append(
        Problem(
          "no-origin", at: root.location, "Nothing says where these come from: \(without.joined(separator: ", ")).",
          remedy:
            "Quote the source (‘source:’) or name the provisional item that they rest on (‘provisional:’), at each "
            + "or at the top of the file."))
    }
    schedule.references = reader.references
  }

  // MARK: origin

  private mutating func origin(_ fields: Fields) -> (source: String?, provisional: String?) {
    let source = fields.text("source", problems: &reader.problems)
    let provisional = fields.text("provisional", problems: &reader.problems)
    if let source { reader.references.quotes.append(source) }
    if let provisional { reader.references.provisional.append(provisional) }
    return (source?.value, provisional?.value)
  }

  private func hasOrigin(_ source: String?, _ provisional: String?) -> Bool { source != nil || provisional != nil }

  // MARK: visits

  private mutating func readVisit(_ id: String, _ fields: Fields) {
    let anchor = reader.word(fields, "anchor", VisitAnchor.consent)
    let (source, provisional) = origin(fields)
    if anchor == .unscheduled {
      for key in ["day", "window"] where fields.node(key) != nil {
        reader.problems.append(
          Problem(
            "no-effect", at: fields.place(key), "An unscheduled visit has no ‘\(key)’.",
            remedy: "Remove it, or name the anchor that it counts from."))
      }
    } else if fields.node("day") == nil {
      _ = fields.requiredText("day", problems: &reader.problems)
    }
    var places: [SourceLocation] = []
    let planned = activities(fields, &places)
    schedule.plan.visits.append(
      VisitPlan(
        id: id, title: reader.text(fields, "title"), lay: fields.text("lay", problems: &reader.problems)?.value,
        epoch: reader.text(fields, "epoch"), anchor: anchor,
        day: days(fields, "day") ?? 0...0, window: days(fields, "window") ?? 0...0,
        mode: reader.word(fields, "mode", or: .site, VisitMode.site), activities: planned,
        applies: applies(fields, "the visit ‘\(id)’"), source: source, provisional: provisional))
    schedule.visits.append(fields)
    schedule.planned.append(places)
  }

  /// A day, or the days from low to high; days may lie before the anchor.
  private mutating func days(_ fields: Fields, _ key: String) -> ClosedRange<Int>? {
    guard let node = fields.node(key) else { return nil }
    let allowed = -10_000...10_000
    if case .text = node.content {
      let day = reader.whole(fields, key, allowed)
      return day...day
    }
    let limits = reader.section(fields, key, keys: ["low", "high"])
    let (low, high) = (reader.whole(limits, "low", allowed), reader.whole(limits, "high", allowed))
    return reader.order(low, high, at: limits) ? low...high : low...low
  }

  private mutating func activities(_ fields: Fields, _ places: inout [SourceLocation]) -> [PlannedActivity] {
    if fields.node("activities") == nil { _ = fields.requiredText("activities", problems: &reader.problems) }
    var planned: [PlannedActivity] = []
    for node in fields.list("activities", problems: &reader.problems) {
      if case .text(let id) = node.content {
        planned.append(PlannedActivity(activity: id, minutes: [], fromInfusion: false))
        places.append(node.location)
        continue
      }
      let keys = ["id", "minutes", "fromInfusion"]
      guard let entry = Fields(node, "a planned activity", keys: keys, problems: &reader.problems),
        let id = entry.requiredText("id", problems: &reader.problems)
      else { continue }
      if entry.node("minutes") == nil { _ = entry.requiredText("minutes", problems: &reader.problems) }
      planned.append(
        PlannedActivity(
          activity: id.value, minutes: minutes(entry), fromInfusion: reader.flag(entry, "fromInfusion")))
      places.append(id.location)
    }
    return planned
  }

  /// Planned minutes, each later than the one before; before the infusion they are negative.
  private mutating func minutes(_ fields: Fields) -> [Int] {
    var minutes: [Int] = []
    for text in fields.texts("minutes", problems: &reader.problems) {
      guard let number = Int(text.value), (-10_080...10_080).contains(number) else {
        reader.problems.append(
          Problem(
            "expected-number", at: text.location,
            "Expected minutes of at most a week before or after, found ‘\(text.value)’.", remedy: "Write digits only."))
        continue
      }
      if let last = minutes.last, last >= number {
        reader.problems.append(
          Problem(
            "steps-crossed", at: text.location, "Minute \(number) comes after minute \(last) in this list.",
            remedy: "Write the minutes from the first to the last, each once."))
      }
      minutes.append(number)
    }
    return minutes
  }

  // MARK: activities

  private mutating func readActivity(_ id: String, _ fields: Fields) {
    let (source, provisional) = origin(fields)
    if fields.node("forms") == nil { _ = fields.requiredText("forms", problems: &reader.problems) }
    schedule.plan.activities.append(
      ActivityPlan(
        id: id, title: reader.text(fields, "title"),
        forms: fields.texts("forms", problems: &reader.problems).map(\.value),
        applies: applies(fields, "the activity ‘\(id)’"), source: source, provisional: provisional))
    schedule.activities.append(fields)
  }

  /// A definition by its library and its name: `Schedule.is SSc`.
  private mutating func applies(_ fields: Fields, _ whom: String) -> String? {
    guard let text = fields.text("applies", problems: &reader.problems) else { return nil }
    guard let point = text.value.firstIndex(of: ".") else {
      reader.problems.append(
        Problem(
          "unknown-reference", at: text.location, "‘\(text.value)’ names no definition of a library.",
          remedy: "Write Library.definition, such as Schedule.is SSc."))
      return nil
    }
    reader.references.definitions.append(
      PlannedDefinition(
        library: Located(String(text.value[..<point]), at: text.location),
        name: Located(String(text.value[text.value.index(after: point)...]), at: text.location), type: .boolean,
        of: "to whom \(whom) applies"))
    return text.value
  }
}
