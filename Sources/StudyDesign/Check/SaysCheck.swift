import CQL
import ClinicalValues

/// Whether the numbers in what a part of a criterion says (`@says`) are numbers of its rule: a limit that is changed in the
/// expression and not in the words, or the other way round, would tell the physician another protocol than the one that decides.
///
/// A number of the words must stand in the expression, or in a definition or function that it follows into, as a number, in a unit, in a
/// text, or in the name of a concept that is asked for. Years and numbers that are part of a name (`T2`, `10*9/L`) are not compared. Where
/// the expression reckons with another number than the words have, `@reckons` says how the one follows from the other.
struct SaysCheck {
  let dictionary: DataDictionary
  let program: Program

  /// The problems, in the order of the libraries.
  func problems() -> [Problem] {
    program.libraries.indices.flatMap { library in
      program.libraries[library].definitions.indices.compactMap { problem(library, $0) }
    }
  }

  private func problem(_ library: Int, _ index: Int) -> Problem? {
    let definition = program.libraries[library].definitions[index]
    guard let says = definition.tags["says"] else { return nil }
    let said = Self.numbers(in: says)
    guard !said.isEmpty else { return nil }
    var reading = RuleNumbers(program, dictionary)
    reading.follow(library, index)
    let reckoned = definition.tags["reckons"].map(Self.numbers) ?? []
    let known = reckoned.contains { reading.found.contains($0) } ? reading.found.union(reckoned) : reading.found
    let strange = said.filter { !known.contains($0) }
    guard !strange.isEmpty else { return nil }
    let words = strange.map(\.trimmed.description).joined(separator: " and ")
    return Problem(
      "says-another-number", at: definition.location,
      "The words of ‘\(definition.name)’ (@says) name \(words), which its expression does not.",
      remedy:
        "Say what the expression decides, or correct the expression; if both are right, add a line ‘@reckons:’ that says how "
        + "the one number follows from the other.")
  }

  /// The numbers of a sentence that stand by themselves.
  static func numbers(in says: String) -> [Decimal] {
    says.split(whereSeparator: \.isWhitespace).compactMap { word in
      var text = word.drop { "(≥≤<>".contains($0) }
      while let last = text.last, ",;:)%.".contains(last) { text.removeLast() }
      if text.hasSuffix("th") { text.removeLast(2) }
      guard text.allSatisfy({ $0.isNumber || $0 == "." }), let number = Decimal(String(text)) else { return nil }
      return text.count == 4 && number >= 1900 && number <= 2100 ? nil : number
    }
  }
}

/// The numbers that a rule is made of.
private struct RuleNumbers {
  private let program: Program
  private let dictionary: DataDictionary
  private var seen: Set<[Int]> = []
  private(set) var found: Set<Decimal> = []

  init(_ program: Program, _ dictionary: DataDictionary) {
    self.program = program
    self.dictionary = dictionary
  }

  mutating func follow(_ library: Int, _ definition: Int) {
    guard seen.insert([0, library, definition]).inserted else { return }
    walk(program.libraries[library].definitions[definition].body)
  }

  private mutating func walk(_ node: Node) {
    switch node.kind {
    case .literal(.valueSet(let set)): name(set)
    case .literal(let value): add(value.literal)
    case .definition(let library, let index): follow(library, index)
    case .call(let library, let index, _):
      if seen.insert([1, library, index]).inserted, let body = program.libraries[library].functions[index].body {
        walk(body)
      }
    default: break
    }
    for child in node.children { walk(child) }
  }

  /// What a concept is called belongs to what is asked for: “a live vaccine within 6 weeks before lymphodepletion is stated”.
  private mutating func name(_ set: ValueSetName) {
    guard let id = set.id.suffix(after: ValueSetID.concept), let concept = dictionary[id] else { return }
    add(concept.display)
  }

  private mutating func add(_ text: String) {
    for match in text.matches(of: #/\d+(?:\.\d+)?/#) {
      if let number = Decimal(String(match.output)) { found.insert(number) }
    }
  }
}
