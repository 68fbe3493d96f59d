import CQL
import ClinicalValues

/// What the conduct files name that must exist elsewhere, with its place.
struct PlanReferences {
  /// Criteria by id.
  var criteria: [Located<String>] = []
  /// Concepts by id.
  var concepts: [Located<String>] = []
  /// Concepts or named sets of concepts.
  var conceptsOrSets: [Located<String>] = []
  /// Findings by id.
  var findings: [Located<String>] = []
  /// Provisional items by id.
  var provisional: [Located<String>] = []
  /// Units, in UCUM.
  var units: [Located<String>] = []
  /// Sentences of the source.
  var quotes: [Located<String>] = []
  /// CQL definitions that must be there, and of which type.
  var definitions: [PlannedDefinition] = []
  /// What is declared, by its sort (`finding`), to be found twice.
  var declared: [(sort: String, name: Located<String>)] = []
  /// Custody steps with the places of their names.
  var steps: [(id: Located<String>, after: [Located<String>])] = []
  /// Forms that safety follows from, with the items that it names of each.
  var boundForms: [(form: Located<String>, items: [(meaning: String, id: Located<String>)])] = []
  /// Codes of events of special interest: those that rules name, and the one for none.
  var interestKinds: [Located<String>] = []
  var noInterest: Located<String>?
  /// Terms of CTCAE that are an event of special interest by themselves, with its code.
  var interestTerms: [(term: Located<String>, code: Located<String>)] = []
  /// Release tests that others need.
  var neededTests: [Located<String>] = []
  /// Analytes with their concepts and conversions.
  var analytes: [(analyte: Located<String>, concept: Located<String>?, conversion: Located<String>?)] = []
  /// Keys of instruments.
  var instrumentKeys: [PlannedKey] = []
  /// Items of forms, `form.item`.
  var formItems: [Located<String>] = []
}

/// A key of an instrument with what fills it.
struct PlannedKey {
  let instrument: Located<String>
  let key: Located<String>
  let concept: Located<String>?
  /// The instrument's word for each code.
  let words: [(code: String, word: Located<String>)]
}

/// A CQL definition that a file of the plan names.
struct PlannedDefinition {
  let library: Located<String>
  let name: Located<String>
  let type: CQLType
  /// What it decides or gives, for messages.
  let of: String
}

/// Reads the files of the conduct plan: values as they stand, problems with their places, and what is named elsewhere.
///
/// What is wrong or missing is reported and read as the least that is allowed: a plan with problems is never used.
struct PlanReader {
  var problems: [Problem] = []
  var references = PlanReferences()

  /// The mapping that a whole file is; nil (and a problem) if it is none.
  mutating func file(_ text: String, _ name: String, keys: [String]) -> Fields? {
    do throws(Problem) {
      return Fields(try YAMLNode.read(text, file: name), "this file", keys: keys, problems: &problems)
    } catch {
      problems.append(error)
      return nil
    }
  }

  /// A mapping under a key, which must be there; `source` and `provisional` may stand in any.
  mutating func section(_ fields: Fields?, _ key: String, keys: [String]) -> Fields? {
    guard let fields else { return nil }
    guard let node = fields.node(key) else {
      _ = fields.requiredText(key, problems: &problems)
      return nil
    }
    return Fields(node, "‘\(key)’", keys: keys, problems: &problems)
  }

  /// The items of a list of mappings, each with an id that is its own.
  mutating func items(_ fields: Fields?, _ key: String, _ sort: String, keys: [String]) -> [(Located<String>, Fields)] {
    guard let fields else { return [] }
    if fields.node(key) == nil { _ = fields.requiredText(key, problems: &problems) }
    var items: [(Located<String>, Fields)] = []
    for node in fields.list(key, problems: &problems) {
      guard let item = Fields(node, article(sort), keys: keys, problems: &problems),
        let id = item.requiredText("id", problems: &problems)
      else { continue }
      references.declared.append((sort, id))
      items.append((id, item))
    }
    return items
  }

  private func article(_ sort: String) -> String { "aeiou".contains(sort.first ?? "x") ? "an \(sort)" : "a \(sort)" }

  /// Where a section comes from: it quotes the source, or names provisional items, or both.
  @discardableResult
  mutating func origin(_ fields: Fields?) -> [String] {
    guard let fields else { return [] }
    let quote = fields.text("source", problems: &problems)
    let items = fields.texts("provisional", problems: &problems)
    if let quote { references.quotes.append(quote) }
    references.provisional += items
    if quote == nil, items.isEmpty {
      problems.append(
        Problem(
          "no-origin", at: fields.location, "Nothing says where these limits come from.",
          remedy: "Quote the source (‘source:’), or name the provisional items that they rest on (‘provisional:’)."))
    }
    return items.map(\.value)
  }

  // MARK: values

  /// A whole number in a range.
  mutating func whole(_ fields: Fields?, _ key: String, _ range: ClosedRange<Int> = 1...100_000) -> Int {
    guard let fields, let text = fields.requiredText(key, problems: &problems) else { return range.lowerBound }
    return wholeValue(text, key, range, fields) ?? range.lowerBound
  }

  /// A whole number that may be missing.
  mutating func wholeIfThere(_ fields: Fields?, _ key: String, _ range: ClosedRange<Int> = 1...100_000) -> Int? {
    guard let fields, let text = fields.text(key, problems: &problems) else { return nil }
    return wholeValue(text, key, range, fields)
  }

  private mutating func wholeValue(
    _ text: Located<String>, _ key: String, _ range: ClosedRange<Int>, _ fields: Fields
  ) -> Int? {
    guard let number = fields.number(key, problems: &problems) else { return nil }
    guard range.contains(number) else {
      outOfRange(text, key, "\(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return number
  }

  /// The whole numbers of a list, none of them negative.
  mutating func wholes(_ fields: Fields?, _ key: String) -> [Int] {
    guard let fields else { return [] }
    if fields.node(key) == nil { _ = fields.requiredText(key, problems: &problems) }
    return fields.texts(key, problems: &problems).compactMap { text in
      guard let number = Int(text.value), number >= 0 else {
        problems.append(
          Problem(
            "expected-number", at: text.location, "Expected a whole number in ‘\(key)’, found ‘\(text.value)’.",
            remedy: "Write digits only."))
        return nil
      }
      return number
    }
  }

  /// A decimal number that must be there.
  mutating func decimal(_ fields: Fields?, _ key: String, _ range: ClosedRange<Decimal>? = nil) -> Decimal {
    guard let fields, let text = fields.requiredText(key, problems: &problems) else { return Decimal(0) }
    return decimalValue(text, key, range) ?? Decimal(0)
  }

  /// A decimal number that may be missing.
  mutating func decimalIfThere(_ fields: Fields?, _ key: String) -> Decimal? {
    guard let fields, let text = fields.text(key, problems: &problems) else { return nil }
    return decimalValue(text, key, nil)
  }

  private mutating func decimalValue(
    _ text: Located<String>, _ key: String, _ range: ClosedRange<Decimal>?
  ) -> Decimal? {
    guard let number = Decimal(exactly: text.value) else {
      problems.append(
        Problem(
          "expected-number", at: text.location, "Expected a number for ‘\(key)’, found ‘\(text.value)’.",
          remedy: "Write digits, with a point where it is no whole number."))
      return nil
    }
    if let range, !range.contains(number) {
      outOfRange(text, key, "\(range.lowerBound.trimmed) to \(range.upperBound.trimmed)")
    }
    return number
  }

  private mutating func outOfRange(_ text: Located<String>, _ key: String, _ range: String) {
    problems.append(
      Problem(
        "out-of-range", at: text.location, "‘\(key)’ is \(text.value), and must be \(range).",
        remedy: "Correct the number."))
  }

  /// A `{low, high}` of whole numbers that must be there.
  mutating func wholeRange(_ fields: Fields?, _ key: String) -> ClosedRange<Int> {
    let limits = section(fields, key, keys: ["low", "high"])
    let (low, high) = (whole(limits, "low", 0...100_000), whole(limits, "high", 0...100_000))
    return order(low, high, at: limits) ? low...high : low...low
  }

  /// A `{low, high}` of decimals; nil where it is not there.
  mutating func decimalRange(_ fields: Fields?, _ key: String) -> ClosedRange<Decimal>? {
    guard let fields, fields.node(key) != nil else { return nil }
    let limits = section(fields, key, keys: ["low", "high"])
    let (low, high) = (decimal(limits, "low"), decimal(limits, "high"))
    return order(low, high, at: limits) ? low...high : low...low
  }

  /// Whether the low limit is not above the high one; a problem otherwise.
  mutating func order<Number: Comparable>(_ low: Number, _ high: Number, at fields: Fields?) -> Bool {
    guard low > high, let fields else { return low <= high }
    problems.append(
      Problem(
        "limits-crossed", at: fields.location, "The low limit (\(low)) is above the high one (\(high)).",
        remedy: "Exchange or correct them."))
    return false
  }

  /// A text that must be there.
  mutating func text(_ fields: Fields?, _ key: String) -> String {
    fields?.requiredText(key, problems: &problems)?.value ?? ""
  }

  /// `true` or `false`; false where it is missing.
  mutating func flag(_ fields: Fields?, _ key: String) -> Bool { fields?.flag(key, problems: &problems) ?? false }

  /// One of the words of an enumeration; `fallback` where it is missing and that is allowed.
  mutating func word<Word: RawRepresentable & CaseIterable>(
    _ fields: Fields?, _ key: String, or fallback: Word? = nil, _ least: Word
  ) -> Word where Word.RawValue == String {
    guard let fields else { return least }
    if let fallback, fields.node(key) == nil { return fallback }
    guard let text = fields.requiredText(key, problems: &problems) else { return least }
    if let word = Word(rawValue: text.value) { return word }
    problems.append(
      Problem(
        "unknown-word", at: text.location, "‘\(text.value)’ is no ‘\(key)’.",
        remedy: suggestion(for: text.value, among: Word.allCases.map(\.rawValue), otherwise: "")))
    return least
  }

  /// A unit, to be checked.
  mutating func unit(_ fields: Fields?, _ key: String) -> String? {
    guard let text = fields?.text(key, problems: &problems) else { return nil }
    references.units.append(text)
    return text.value
  }

  /// Names of a list that must be there, kept for checking.
  mutating func names(
    _ fields: Fields?, _ key: String, _ kind: WritableKeyPath<PlanReferences, [Located<String>]>
  ) -> [String] {
    guard let fields else { return [] }
    if fields.node(key) == nil { _ = fields.requiredText(key, problems: &problems) }
    let texts = fields.texts(key, problems: &problems)
    references[keyPath: kind] += texts
    return texts.map(\.value)
  }
}
