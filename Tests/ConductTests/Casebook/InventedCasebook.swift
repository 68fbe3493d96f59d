import ClinicalValues
import Ledger
import Rules
import StudyDesign
import Trial

@testable import Conduct

/// A casebook of invented answers: forms of all visits, filled at random and without sense, so that checks have
/// something to find. One seed always gives the same.
struct InventedCasebook {
  let edition: ProtocolShelf.Edition
  let cohort: Cohort
  let days: InventedDays
  private(set) var person = Demographics()
  private(set) var desk: CasebookDesk
  private var numbers: Drawn
  /// The forms that are filled more often than others.
  private let often: Set<String>

  init(_ seed: UInt64, of edition: ProtocolShelf.Edition, often: Set<String> = []) throws {
    self.edition = edition
    self.often = often
    numbers = Drawn(seed: seed)
    cohort = edition.study.cohorts[Int(seed) % edition.study.cohorts.count]
    days = InventedDays(&numbers)
    guard let today = CalendarDate(daysSinceEpoch: days.today) else { throw CasebookStage.NoMoment() }
    desk = CasebookDesk(try CasebookStage.moment("\(today)"))
    person.sex = numbers.chance(50) ? .male : .female
    person.birthDate = CalendarDate(["1915-02-28", "1962-06-01", "2012-05-05", "2031-01-01"][numbers.below(4)])
    for key in try keys() {
      guard let plan = edition.book.forms[key.form] else { continue }
      desk.save(entries(of: plan), of: key)
    }
  }

  /// What the criteria and forms reckon from.
  var anchors: Anchors {
    Anchors(leukapheresis: days.day(.leukapheresis), firstDose: days.day(.firstDose), dayZero: days.day(.infusion))
  }

  /// The answers of a form as its rules take them.
  func answers(_ key: FormKey, _ plan: FormPlan) -> [String: FormAnswer] {
    var answers: [String: FormAnswer] = [:]
    for item in plan.items where item.calculated == nil {
      if item.concept.map(edition.book.keptApart.contains) == true {
        if let birthDate = person.birthDate { answers[item.id] = .date(birthDate) }
      } else if let answer = desk.state.casebook.forms[key]?.entry(item.id)?.answer, let text = answer.text {
        answers[item.id] = FormAnswer(text, unit: item.type == .quantity ? answer.unit ?? "1" : nil, as: item.type)
      }
    }
    return answers
  }

  // MARK: - Which forms

  /// Forms of some visits, forms of no visit, and rows of logs.
  private mutating func keys() throws -> [FormKey] {
    var keys: [FormKey] = []
    for form in edition.study.forms {
      switch form.occurs {
      case .once: if numbers.chance(60) { keys.append(try FormKey(visit: FormKey.once, form: form.id)) }
      case .log:
        for row in 1...(often.contains(form.id) ? 12 : 3) {
          keys.append(try FormKey(visit: FormKey.log, form: form.id, row: row))
        }
      case .visit, .repeated: break
      }
    }
    let share = 10 + numbers.below(25)
    for visit in edition.study.schedule.visits {
      let forms = visit.activities.flatMap { edition.study.schedule.activity($0.activity)?.forms ?? [] }
      for form in forms where numbers.chance(often.contains(form) ? 100 : share) {
        guard let occurs = edition.book.forms[form]?.occurs, occurs == .visit || occurs == .repeated else { continue }
        let key = try FormKey(visit: visit.id, form: form)
        if !keys.contains(key) { keys.append(key) }
      }
    }
    return keys
  }

  // MARK: - Which answers

  /// How one form is filled: whoever leaves nearly all of it out finds other things than whoever answers no to all.
  private struct Manner {
    let share: Int
    let isMostlyZero: Bool
  }

  private mutating func entries(of plan: FormPlan) -> [Entry] {
    let manner = Manner(share: [4, 50, 92, 100][numbers.below(4)], isMostlyZero: numbers.chance(35))
    return plan.items.compactMap { item in
      guard item.calculated == nil, item.concept.map(edition.book.keptApart.contains) != true,
        numbers.chance(item.id == plan.dated ? 90 : manner.share)
      else { return nil }
      guard let answer = answer(item, of: plan, manner) else { return nil }
      return item.objection(to: Entry(item.id, answer)) == nil ? Entry(item.id, answer) : nil
    }
  }

  private mutating func answer(_ item: ItemPlan, of plan: FormPlan, _ manner: Manner) -> Answer? {
    switch item.type {
    case .boolean: .value(numbers.chance(manner.isMostlyZero ? 8 : 50) ? "true" : "false")
    case .integer: .value("\(integer(item, manner))")
    case .quantity: quantity(item, manner)
    case .text: .value("Text")
    case .adverseEventTerm: .value(["Fever", "Anemia", "Death NOS", "Cytokine release syndrome"][numbers.below(4)])
    case .code: item.codes.isEmpty ? nil : .value(code(item, of: plan))
    case .medicine: .value(medicine())
    case .date: .value("\(days.drawn(plan, &numbers))")
    case .partialDate:
      .value(numbers.chance(80) ? "\(days.drawn(plan, &numbers))" : "\(days.drawn(plan, &numbers))".prefix(7) + "")
    case .dateTime:
      .value("\(days.drawn(plan, &numbers))T\(numbers.below(14) + 10):\(numbers.below(50) + 10)+08:00")
    }
  }

  /// Half of them one that a check of the form asks about: a list may be long, and what is asked about rare in it.
  private mutating func code(_ item: ItemPlan, of plan: FormPlan) -> String {
    let codes = item.codes.map(\.code)
    let checks = plan.checks.map(\.fires.text).joined()
    let asked = codes.filter { checks.contains("'\($0)'") }
    let among = asked.isEmpty || numbers.chance(50) ? codes : asked
    return among[numbers.below(among.count)]
  }

  private mutating func integer(_ item: ItemPlan, _ manner: Manner) -> Int {
    if manner.isMostlyZero, numbers.chance(97) { return 0 }
    let low = item.possible.flatMap { Double("\($0.lowerBound)") } ?? 0
    let high = item.possible.flatMap { Double("\($0.upperBound)") } ?? 12
    return Int(low) + numbers.below(min(Int(high - low), numbers.chance(50) ? 6 : 100_000) + 1)
  }

  private mutating func quantity(_ item: ItemPlan, _ manner: Manner) -> Answer {
    let range = numbers.chance(30) ? item.usual ?? item.possible : item.possible
    let low = range.flatMap { Double("\($0.lowerBound)") } ?? 0
    let high = range.flatMap { Double("\($0.upperBound)") } ?? 1000
    // Half of them near the lower end: limits that are looked for lie there more often.
    var part = numbers.part()
    if numbers.chance(50) { part = part * part * part * part }
    let value = manner.isMostlyZero && numbers.chance(50) ? max(low, 0) : low + (high - low) * part
    let thousandths = Int((value * 1000).rounded())
    let steps = [1000, 500, 100, 1][numbers.below(4)]
    let rounded = thousandths / steps * steps
    let text = "\(rounded / 1000).\("\(1000 + abs(rounded) % 1000)".dropFirst())"
    // In its first unit: another one would make most of them impossible.
    return .value(text, unit: item.units == ["1"] ? nil : item.units.first)
  }

  private mutating func medicine() -> String {
    let medicines = edition.study.dictionary.medicines
    let named = ["prednisone", "tocilizumab", "ivig"]
    return numbers.chance(40) ? named[numbers.below(named.count)] : medicines[numbers.below(medicines.count)].id
  }
}

/// The days of an invented way, and days near them.
struct InventedDays {
  enum Key: Int, CaseIterable { case consent, leukapheresis, firstDose, infusion, death, today }
  private var known: [Key: Int] = [:]

  init(_ numbers: inout Drawn) {
    let today = 20_500
    let infusion = today - [3, 20, 60, 300, 760][numbers.below(5)]
    known = [
      .consent: infusion - 60, .leukapheresis: infusion - 30, .firstDose: infusion - 5, .infusion: infusion,
      .death: numbers.chance(50) ? infusion + 10 : today - 1, .today: today,
    ]
  }

  var today: Int { known[.today] ?? 0 }

  func day(_ key: Key) -> CalendarDate? { known[key].flatMap { CalendarDate(daysSinceEpoch: $0) } }

  /// The forms on which the others reckon are dated as they should be, most of the time.
  private static let own: [String: Key] = [
    "consent": .consent, "leukapheresis": .leukapheresis, "lymphodepletion": .firstDose, "infusion": .infusion,
    "recheckInfusion": .infusion, "death": .death,
  ]

  /// A day near one of the way; seldom far from all.
  func drawn(_ plan: FormPlan, _ numbers: inout Drawn) -> CalendarDate {
    let own = numbers.chance(70) ? Self.own[plan.id] : nil
    let key = own ?? Key.allCases[numbers.below(Key.allCases.count)]
    let reach = [0, 1, 3, 40, 400][numbers.below(own == nil ? 5 : 3)]
    let day = (known[key] ?? 0) + numbers.below(2 * reach + 1) - reach
    return CalendarDate(daysSinceEpoch: day) ?? .least
  }
}

/// Numbers drawn from a seed (SplitMix64, Steele, Lea and Flood 2014).
struct Drawn: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
    // Seeds that follow each other must not give one row of numbers, each from its next place.
    state = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  mutating func part() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
}
