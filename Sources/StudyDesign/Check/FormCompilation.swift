import CQL

/// The expressions of the forms as CQL: one library a form, whose parameters are the form's items.
struct FormCompilation {
  /// The program, if nothing is wrong with it.
  let program: Program?
  /// What is wrong, at the places in the files of the forms.
  let problems: [Problem]

  /// The names that every form's expressions have besides its items.
  static let cohort = "cohort"
  static let visit = "visit"

  /// Compiles the forms together with the study's libraries, which have no mistakes of their own.
  init(_ forms: [FormFile], libraries: LibraryCompilation, models: [any Model]) {
    let model = models.first.map { (name: $0.name, version: $0.version) }
    let outlines = forms.map { FormCompilation.outline($0, including: libraries.names, model: model) }
    let compiler = Compiler(models: models) { name, _ in libraries.sources[name] }
    let (program, diagnostics) = compiler.compile(outlines)
    self.program = program
    problems = diagnostics.map { Problem("cql", at: $0.location, "\($0.message).", remedy: $0.remedy ?? "") }
  }

  /// A calculated item is a definition, so that others can name it; every other one is a parameter.
  private static func outline(
    _ form: FormFile, including libraries: [String], model: (name: String, version: String)?
  ) -> LibraryOutline {
    let start = SourceLocation(file: form.file, line: 1, column: 1)
    var parameters = [cohort, visit].map { LibraryOutline.Parameter($0, .string, at: start) }
    for (index, item) in form.plan.items.enumerated() where item.calculated == nil {
      parameters.append(LibraryOutline.Parameter(item.id, item.type.valueType, at: form.place(ofItem: index)))
    }
    return LibraryOutline(
      name: form.plan.library, file: form.file, model: model, includes: libraries, parameters: parameters,
      definitions: form.expressions.map { LibraryOutline.Definition($0.definition, $0.text, $0.type) })
  }
}
