import CQL

/// A study's CQL libraries as one program: a root that includes every file of `library/`.
struct LibraryCompilation {
  /// The program, if nothing is wrong with it.
  let program: Program?
  /// What is wrong.
  let problems: [Problem]
  /// The texts, by file.
  let texts: [String: String]
  /// The libraries, by name.
  let sources: [String: LibrarySource]

  /// The names of the libraries, in the order of their files.
  var names: [String] { sources.keys.sorted() }

  private static let root = "library"

  /// Reads the folder's libraries; where none is needed, none is a program without definitions.
  init(_ folder: StudyFolder, models: [any Model], isNeeded: Bool = true) {
    let files = folder.files(in: "library", ending: ".cql")
    var problems: [Problem] = []
    var texts: [String: String] = [:]
    var sources: [String: LibrarySource] = [:]
    for file in files {
      do throws(Problem) {
        let text = try folder.text(file)
        texts[file] = text
        sources[LibraryCompilation.name(of: file)] = LibrarySource(file: file, text: text)
      } catch {
        problems.append(error)
      }
    }
    guard !files.isEmpty || !isNeeded else {
      self.init(
        program: nil,
        problems: [
          Problem(
            "missing-file", at: SourceLocation(file: "library", line: 1, column: 1),
            "There is no CQL library.", remedy: "Write the criteria's definitions in library/*.cql.")
        ], texts: [:], sources: [:])
      return
    }
    let names = files.map { LibraryCompilation.name(of: $0) }
    let includes = names.map { "include \($0)\n" }.joined()
    var missing: Set<String> = []
    let compiler = Compiler(models: models) { name, _ in
      if sources[name] == nil { missing.insert(name) }
      return sources[name]
    }
    let (program, diagnostics) = compiler.compile(LibrarySource(file: LibraryCompilation.root, text: includes))
    problems += LibraryCompilation.causes(of: diagnostics, missing: missing).map {
      LibraryCompilation.problem($0, files: files)
    }
    self.init(program: program, problems: problems, texts: texts, sources: sources)
  }

  private init(program: Program?, problems: [Problem], texts: [String: String], sources: [String: LibrarySource]) {
    self.program = program
    self.problems = problems
    self.texts = texts
    self.sources = sources
  }

  /// `Inclusion` of `library/Inclusion.cql`.
  private static func name(of file: String) -> String {
    String((file.split(separator: "/").last ?? "").dropLast(".cql".count))
  }

  /// What is to be mended first: where a library is missing, whatever rests on it looks broken too.
  private static func causes(of diagnostics: [Diagnostic], missing: Set<String>) -> [Diagnostic] {
    let causes = diagnostics.filter { diagnostic in
      missing.contains { diagnostic.message.hasPrefix("The library '\($0)'") }
    }
    return causes.isEmpty ? diagnostics : causes
  }

  /// A diagnostic of the language; one of the root, whose line n includes the nth file, is told of that file.
  private static func problem(_ diagnostic: Diagnostic, files: [String]) -> Problem {
    var location = diagnostic.location
    if location.file == root, files.indices.contains(location.line - 1) {
      location = SourceLocation(file: files[location.line - 1], line: 1, column: 1)
    }
    return Problem("cql", at: location, "\(diagnostic.message).", remedy: diagnostic.remedy ?? "")
  }

  /// Where a text stands in a library.
  func place(of text: String, in file: String) -> SourceLocation {
    let lines = (texts[file] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      guard let found = line.firstRange(of: text) else { continue }
      let column = line.distance(from: line.startIndex, to: found.lowerBound) + 1
      return SourceLocation(file: file, line: number + 1, column: column)
    }
    return SourceLocation(file: file, line: 1, column: 1)
  }
}
