import CQL

/// The definitions and functions of a version's libraries, each with its text without comments and layout.
struct DefinitionTexts {
  let entries: [StudyDiff.Entry]

  init(_ folder: String) {
    let folder = StudyFolder(path: folder)
    var entries: [StudyDiff.Entry] = []
    for file in folder.files(in: "library", ending: ".cql") {
      guard let text = try? folder.text(file) else { continue }
      let library = String((file.split(separator: "/").last ?? "").dropLast(".cql".count))
      entries += DefinitionTexts.entries(of: library, text)
    }
    self.entries = entries
  }

  /// What stands before the first definition (declarations) is named after the library alone.
  private static func entries(of library: String, _ text: String) -> [StudyDiff.Entry] {
    var names = ["\(library).declarations"]
    var bodies: [[Substring]] = [[]]
    // Tags stand before the definition that they belong to, and are part of what it says to people.
    var tags: [Substring] = []
    for line in text.split(separator: "\n") {
      let words = line.drop { $0 == " " }
      if words.hasPrefix("//") {
        if words.hasPrefix("// @") { tags.append(words) }
        continue
      }
      if line.hasPrefix("define ") {
        names.append("\(library).\(name(of: line))")
        bodies.append(tags)
        tags = []
      }
      bodies[bodies.count - 1].append(words)
    }
    var count: [String: Int] = [:]
    return zip(names, bodies).map { name, body in
      count[name, default: 0] += 1
      let overload = count[name, default: 1]
      return StudyDiff.Entry(name: overload == 1 ? name : "\(name) (\(overload))", text: body.joined(separator: " "))
    }
  }

  /// `INC-5.1` of `define "INC-5.1":`, `AtLeast` of `define function AtLeast(...)`.
  private static func name(of line: Substring) -> String {
    let rest = line.dropFirst("define ".count)
    let named = rest.hasPrefix("function ") ? rest.dropFirst("function ".count) : rest
    guard named.hasPrefix("\"") else { return String(named.prefix { $0 != "(" && $0 != ":" && $0 != " " }) }
    return String(named.dropFirst().prefix { $0 != "\"" })
  }
}

/// Which definitions and functions criteria and findings rest on.
struct DefinitionUsers {
  private let used: [String: Set<String>]

  init(_ study: Study) {
    var used: [String: Set<String>] = [:]
    for criterion in study.criteria {
      used[criterion.id] = DefinitionUsers.reached(
        [criterion.definition.value], in: criterion.library.value, of: study.program)
    }
    for finding in study.conduct.findings {
      used[finding.id] = DefinitionUsers.reached(
        [finding.definition] + [finding.number, finding.until].compactMap(\.self), in: finding.library,
        of: study.program)
    }
    self.used = used
  }

  /// Whether a criterion or finding rests on a definition, named as `DefinitionTexts` names it.
  func uses(_ name: String, by id: String) -> Bool {
    used[id]?.contains(name.split(separator: " (").first.map(String.init) ?? name) ?? false
  }

  private static func reached(_ names: [String], in library: String, of program: Program) -> Set<String> {
    guard let owner = program.libraries.lastIndex(where: { $0.name == library }) else { return [] }
    var reached: Set<String> = []
    var waiting: [Node] = []
    for definition in program.libraries[owner].definitions where names.contains(definition.name) {
      reached.insert("\(library).\(definition.name)")
      waiting.append(definition.body)
    }
    while let node = waiting.popLast() {
      switch node.kind {
      case .definition(let library, let index):
        let definition = program.libraries[library].definitions[index]
        if reached.insert("\(program.libraries[library].name).\(definition.name)").inserted {
          waiting.append(definition.body)
        }
      case .call(let library, let index, _):
        let function = program.libraries[library].functions[index]
        // Overloads share a name; each is followed, and they are few.
        let key = "\(program.libraries[library].name).\(function.name)"
        reached.insert(key)
        if reached.insert("\(key) at \(function.location)").inserted, let body = function.body { waiting.append(body) }
      default: break
      }
      waiting += node.children
    }
    return reached
  }
}
