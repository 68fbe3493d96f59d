public import ClinicalValues
public import StudyDesign

/// The names that sentences use: people, sites, and what the study's files call a cohort, a step, a test, a criterion.
///
/// What has no name here is told by its id in words, so that a sentence never fails for want of one.
public struct Vocabulary: Sendable {
  private let plan: ConductPlan?
  private let people: [AccountID: String]
  private let sites: [SiteID: String]
  /// Cohorts by id: short name and disease.
  private let cohorts: [String: (name: String, disease: String)]
  private let criteria: [String: String]
  /// Displays of the data dictionary's concepts, by id.
  private let concepts: [String: String]
  /// Forms of the casebook, by id.
  let forms: [String: FormPlan]
  /// An instant by the clocks of the site that looks after a participant.
  let clock: @Sendable (Instant, ParticipantID) -> Moment

  /// Words of a protocol version, with the names of the people and sites that the ledger knows.
  ///
  /// - Parameters:
  ///   - study: the version; nil where none is at hand.
  ///   - state: the folded ledger.
  ///   - clock: an instant by the clocks of the site that looks after a participant; in UTC where none is given.
  public init(
    _ study: Study?, in state: TrialState,
    clock: @escaping @Sendable (Instant, ParticipantID) -> Moment = { instant, _ in Moment(instant) }
  ) {
    self.init(
      plan: study?.conduct, people: state.people.accounts.mapValues(\.name), sites: state.sites.mapValues(\.name),
      cohorts: Dictionary(
        (study?.cohorts ?? []).map { ($0.id, ($0.name, $0.title)) }, uniquingKeysWith: { first, _ in first }),
      criteria: Dictionary((study?.criteria ?? []).map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first }),
      concepts: Dictionary(
        (study?.dictionary.concepts ?? []).map { ($0.id, $0.display) }, uniquingKeysWith: { first, _ in first }),
      forms: Dictionary((study?.forms ?? []).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
      clock: clock)
  }

  init(
    plan: ConductPlan?, people: [AccountID: String] = [:], sites: [SiteID: String] = [:],
    cohorts: [String: (name: String, disease: String)] = [:], criteria: [String: String] = [:],
    concepts: [String: String] = [:], forms: [String: FormPlan] = [:],
    clock: @escaping @Sendable (Instant, ParticipantID) -> Moment = { instant, _ in Moment(instant) }
  ) {
    self.plan = plan
    self.people = people
    self.sites = sites
    self.cohorts = cohorts
    self.criteria = criteria
    self.concepts = concepts
    self.forms = forms
    self.clock = clock
  }

  /// A person's name.
  public func person(_ account: AccountID) -> String { people[account] ?? account.description }

  func persons(_ accounts: [AccountID]) -> String { Say.listed(accounts.map(person)) }

  func site(_ site: SiteID) -> String {
    sites[site].flatMap { $0.isEmpty ? nil : "site \(site), \($0)" } ?? "site \(site)"
  }

  /// A cohort's short name; `disease` adds what it stands for.
  func cohort(_ id: String, disease: Bool = false) -> String {
    guard let cohort = cohorts[id] else { return Say.inWords(id) }
    return disease ? "\(cohort.name) (\(cohort.disease))" : cohort.name
  }

  /// The plan of the way; nil where no version is at hand.
  var way: WayPlan? { plan?.way }

  func criterion(_ id: String) -> String { criteria[id].map { "\(id) \($0)" } ?? id }

  /// A custody step's title, as it stands within a sentence.
  func step(_ id: String) -> String {
    plan?.product.steps.first { $0.id == id }.map { Say.lowercasedFirst($0.title) } ?? Say.inWords(id)
  }

  func test(_ id: String) -> String { plan?.product.tests.first { $0.id == id }?.title ?? Say.inWords(id) }

  /// A test's result with the unit that the plan gives.
  func result(_ result: TestResult, of test: String) -> String {
    guard case .quantity(let value) = result else { return result.description }
    return Say.number(value) + Say.unit(plan?.product.tests.first { $0.id == test }?.unit)
  }

  /// A yield in the plan's unit, and of what it is.
  func yield(_ value: Decimal) -> String {
    guard let product = plan?.product else { return Say.number(value) }
    return Say.number(value) + Say.unit(product.yieldUnit) + " " + product.yieldOf
  }

  /// An agent of lymphodepletion or another treatment, without the property that its display names.
  func treatment(_ concept: String) -> String { concepts[concept].map(Self.shortened) ?? Say.inWords(concept) }

  func clock(_ id: String) -> String { plan?.safety.clocks.first { $0.id == id }?.title ?? Say.inWords(id) }

  /// The unit of an agent's dose.
  func doseUnit(_ agent: String) -> String {
    Say.unit(plan?.way.lymphodepletionAgents.first { $0.concept == agent }?.unit ?? "mg/m2")
  }

  /// A sentence that the software wrote into an event: steps and treatments by their titles.
  func written(_ text: String) -> String {
    text.split(separator: " ").map { word in
      let (opening, core, closing) = bare(word)
      let titled = plan?.product.steps.first { $0.id == core && core.contains(where: \.isUppercase) }?.title
      return opening
        + (titled.map(Say.lowercasedFirst) ?? concepts[core].map(Self.shortened) ?? identifierInWords(core))
        + closing
    }.joined(separator: " ").trimmed(of: ".")
  }

  /// Evidence of a gate's line as a person reads it: concepts by their displays, moments as clocks showed them, no
  /// addresses of single entries.
  func evidence(_ text: String) -> String {
    let words = text.split(separator: " ").compactMap { word -> String? in
      let (opening, core, closing) = bare(word)
      if core.hasPrefix("urn:") || core.hasPrefix("casebook:") { return nil }
      if core.count > 10, let moment = Moment(core) { return opening + Say.clockTime(moment) + closing }
      if core.contains("T"), core.count > 10, let date = CalendarDate(core.prefix(10)), date.precision == .day {
        return opening + "\(core.prefix(10)) \(core.dropFirst(11).prefix(5))" + closing
      }
      return opening + (concepts[core].map(Self.shortened) ?? identifierInWords(core)) + closing
    }
    return words.joined(separator: " ").trimmed(of: ",")
  }

  /// A name of the program in words. Short ones with a capital inside are units: `mL`, `mmHg`.
  private func identifierInWords(_ word: String) -> String { word.count < 5 ? word : Say.inWords(word) }

  private func bare(_ word: Substring) -> (String, String, String) {
    let opening = word.prefix { $0 == "(" }
    let rest = word.dropFirst(opening.count)
    let core = rest.trimmed(of: ",;:.)")
    return (String(opening), core, String(rest.dropFirst(core.count)))
  }

  /// A display without what it is measured in or on: `Fludarabine`, `Platelets`.
  public static func shortened(_ display: String) -> String {
    var text = display[...]
    for mark in [" [", " in ", " ("] {
      if let range = text.firstRange(of: mark) { text = text[..<range.lowerBound] }
    }
    return String(text)
  }
}
