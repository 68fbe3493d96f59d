import ClinicalValues
import StudyDesign
import Trial

/// Whether somebody was free of drugs at a visit: what was said there, held against the medicines on record.
struct DrugFreeReading {
  let reading: CasebookReading
  let medicines: Medicines
  let visit: String
  let day: CalendarDate?

  private var plan: DrugFreePlan { reading.study.endpoints.drugFree }

  /// How remission without drugs stands, given the state of the disease.
  func standing(state: Bool?, lacking: [MissingAnswer]) -> RemissionStanding {
    guard let day, let key = reading.form(plan.said.item.form, at: visit) else {
      let label = reading.plan(plan.said.item)?.label ?? ""
      return RemissionStanding(
        state: state, drugFree: nil, drugFreeSince: nil, against: [], apart: [],
        missing: lacking + [MissingAnswer(plan.said.item.description, label, "not recorded at \(visit)")])
    }
    let said = reading.flag(plan.said.item.item, in: key)
    let since = reading.date(plan.said.day, in: key)
    var missing = lacking
    func lack(_ item: String, _ reason: String) {
      let label = reading.study.casebook.form(key.form)?.item(item)?.label ?? ""
      missing.append(MissingAnswer("\(key.form).\(item)", label, reason))
    }
    if said == nil { lack(plan.said.item.item, "not recorded at \(visit)") }
    if said == true, since == nil { lack(plan.said.day, "not recorded at \(visit)") }
    let first = since?.latest ?? day
    let held = hold(from: first, through: day)
    if said == true { missing += held.open.map { MissingAnswer("\($0.key)", $0.text, Self.openReason($0)) } }
    let drugFree: Bool? =
      if said == false || (said == true && !held.against.isEmpty) {
        false
      } else {
        said == true && since != nil && held.open.isEmpty ? true : nil
      }
    return RemissionStanding(
      state: state, drugFree: drugFree, drugFreeSince: since, against: held.against.map(\.words),
      apart: held.apart.map(\.words), missing: missing.unique)
  }

  private static func openReason(_ row: MedicineRow) -> String {
    row.concepts == nil ? "not coded: it may be one that counts" : "its days leave open whether it was taken"
  }

  /// The medicines of a time: those that speak against being free of drugs, those that may, those shown apart.
  private func hold(
    from first: CalendarDate, through last: CalendarDate
  ) -> (against: [MedicineRow], open: [MedicineRow], apart: [MedicineRow]) {
    var against: [MedicineRow] = []
    var open: [MedicineRow] = []
    var apart: [MedicineRow] = []
    for row in medicines.rows {
      let isTaken = row.isTaken(from: first, through: last)
      guard isTaken != false else { continue }
      switch medicines.counts(row, plan) {
      case .apart: apart.append(row)
      case .no: break
      case .open: open.append(row)
      case .yes: if isTaken == true { against.append(row) } else { open.append(row) }
      }
    }
    return (against, open, apart)
  }
}

/// Whether a medicine ends being free of drugs.
enum CountsAsDrug {
  case yes, no, apart
  /// It is not coded, and given for what it may count for.
  case open
}

extension Medicines {
  /// Whether a medicine ends being free of drugs: an excluded one that is not given for toxicity or replacement.
  func counts(_ row: MedicineRow, _ plan: DrugFreePlan) -> CountsAsDrug {
    let isExempt = row.reason.map { plan.exempt.contains($0) } ?? false
    if isOf(plan.apart, row) == true { return .apart }
    switch isOf(plan.excluded, row) {
    case true?: return isExempt ? .apart : .yes
    case false?: return .no
    case nil: return isExempt ? .no : .open
    }
  }
}

/// The course of remission without drugs over the times at which it was looked at.
struct RemissionCourse {
  private let reading: CasebookReading
  private let medicines: Medicines
  private let times: [(id: String, day: CalendarDate?, standing: RemissionStanding)]

  init(
    _ reading: CasebookReading, _ medicines: Medicines,
    _ times: [(id: String, day: CalendarDate?, standing: RemissionStanding)]
  ) {
    self.reading = reading
    self.medicines = medicines
    self.times = times
  }

  /// Every drug-free remission, and each time's standing with the one that it is in.
  var course: (remissions: [DrugFreeRemission], standings: [RemissionStanding]) {
    var ended: [DrugFreeRemission] = []
    var current: DrugFreeRemission?
    var firstInState: CalendarDate?
    // Times that told nothing since the last that did.
    var untold: [String] = []
    var standings: [RemissionStanding] = []
    func end(_ loss: RemissionLoss) {
      if var remission = current {
        remission.loss = loss
        ended.append(remission)
      }
      current = nil
    }
    for time in times {
      var standing = time.standing
      defer { standings.append(standing) }
      guard let day = time.day else {
        untold.append(time.id)
        continue
      }
      if let lost = current.flatMap({ loss(after: $0.lastSeen, through: day) }) {
        end(lost)
        firstInState = nil
      }
      if standing.state == true { firstInState = firstInState ?? day }
      if standing.state == false { firstInState = nil }
      switch standing.isRemission {
      case nil: untold.append(time.id)
      case false?:
        end(whyLost(standing, on: day))
        untold = []
      case true?:
        let start = later(firstInState ?? day, standing.drugFreeSince ?? day)
        if let held = current, start.daysSinceEpoch > held.lastSeen.daysSinceEpoch {
          end(RemissionLoss(day: start, reason: .drug, detail: "Free of drugs again only since \(start)."))
        }
        var remission =
          current ?? DrugFreeRemission(start: start, lastSeen: day, days: 0, notToldAt: [], loss: nil)
        if current != nil { remission.notToldAt += untold }
        untold = []
        remission.lastSeen = day
        remission.days = day.daysSinceEpoch - remission.start.daysSinceEpoch
        standing.start = remission.start
        standing.days = remission.days
        current = remission
      }
    }
    return (ended + [current].compactMap(\.self), standings)
  }

  private func later(_ a: CalendarDate, _ b: CalendarDate) -> CalendarDate {
    a.latest.daysSinceEpoch >= b.latest.daysSinceEpoch ? a.latest : b.latest
  }

  /// Why a remission is over at an assessment that finds none.
  private func whyLost(_ standing: RemissionStanding, on day: CalendarDate) -> RemissionLoss {
    standing.state == false
      ? RemissionLoss(day: day, reason: .state, detail: "The state of remission is not met.")
      : RemissionLoss(
        day: day, reason: .drug,
        detail: standing.against.isEmpty ? "Not free of drugs." : standing.against.joined(separator: "; "))
  }

  /// The first flare, or drug taken for the disease, after an assessment and up to another.
  private func loss(after last: CalendarDate, through day: CalendarDate) -> RemissionLoss? {
    let window = (last.daysSinceEpoch + 1)...max(day.daysSinceEpoch, last.daysSinceEpoch + 1)
    let flare = reading.study.endpoints.flare
    let flares = reading.filled(flare.item.form).filter { reading.flag(flare.item.item, in: $0) == true }
      .compactMap { key in (reading.date(flare.day, in: key)?.latest ?? reading.day(of: key)).map { ($0, key) } }
      .map { RemissionLoss(day: $0, reason: .flare, detail: "A flare is recorded in \($1).") }
    let treatments = medicines.rows.filter { row in
      row.isForDisease && !row.wasNever && medicines.counts(row, reading.study.endpoints.drugFree) == .yes
    }.compactMap { row in
      row.start.map { RemissionLoss(day: $0.latest, reason: .treatment, detail: row.words) }
    }
    return (flares + treatments).filter { window.contains($0.day.daysSinceEpoch) }
      .min { $0.day.daysSinceEpoch < $1.day.daysSinceEpoch }
  }
}
