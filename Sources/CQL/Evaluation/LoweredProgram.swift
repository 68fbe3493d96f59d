/// A closure over the values of one evaluation.
typealias Run = @Sendable (Frame) throws(EvaluationError) -> Value

/// A program as closures: all definitions, functions and parameters of all its libraries in one row each.
struct LoweredProgram: Sendable {
  struct Definition: Sendable {
    let name: String
    let slotCount: Int
    let code: Compiled
  }

  struct FunctionCode: Sendable {
    let slotCount: Int
    let code: Compiled
  }

  struct Parameter: Sendable {
    let name: String
    let qualifiedName: String
    let slotCount: Int
    let defaultCode: Compiled?
  }

  var definitions: [Definition] = []
  var functions: [FunctionCode] = []
  var parameters: [Parameter] = []
}

/// Where the definitions, functions and parameters of each library begin in the rows of a lowered program.
struct ProgramIndex: Sendable {
  private let definitionStarts: [Int]
  private let functionStarts: [Int]
  private let parameterStarts: [Int]

  init(_ program: Program) {
    func starts(_ count: (CheckedLibrary) -> Int) -> [Int] {
      var next = 0
      return program.libraries.map { library in
        defer { next += count(library) }
        return next
      }
    }
    definitionStarts = starts { $0.definitions.count }
    functionStarts = starts { $0.functions.count }
    parameterStarts = starts { $0.parameters.count }
  }

  func definition(_ library: Int, _ index: Int) -> Int { definitionStarts[library] + index }
  func function(_ library: Int, _ index: Int) -> Int { functionStarts[library] + index }
  func parameter(_ library: Int, _ index: Int) -> Int { parameterStarts[library] + index }
}
