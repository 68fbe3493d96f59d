extension LibraryChecker {
  /// How deep an evaluation may go, definitions within definitions, so that evaluators may recurse.
  private static let highest = 1000

  /// Notes how deep the evaluation of a body goes; refuses what goes too deep.
  func record(_ callee: Callee, _ body: Node, _ declaration: Declaration) throws(Reported) {
    let height = height(of: body)
    guard height <= LibraryChecker.highest else {
      throw fail(
        "'\(declaration.name)' nests more than \(LibraryChecker.highest) levels deep, with all that it refers to",
        "Make the chain of definitions shorter.", at: declaration.location)
    }
    exports.heights[callee] = height
  }

  /// The longest path of evaluation from a node, through the definitions and functions that it refers to.
  private func height(of node: Node) -> Int {
    let below = node.children.reduce(0) { max($0, height(of: $1)) }
    let referred =
      switch node.kind {
      case .definition(let library, let number): height(.definition(number), of: library)
      case .parameter(let library, let number): height(.parameter(number), of: library)
      case .call(let library, let number, _): height(.function(number), of: library)
      default: 0
      }
    return 1 + max(below, referred)
  }

  private func height(_ callee: Callee, of library: Int) -> Int {
    (library == index ? exports : session.exports[library]).heights[callee] ?? 0
  }
}
