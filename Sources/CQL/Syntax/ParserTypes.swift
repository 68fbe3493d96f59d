extension Parser {
  /// `Integer`, `FHIR.Observation`, `List<T>`, `Interval<T>`, `Choice<A, B>`, `Tuple { a A }`.
  mutating func parseType() throws(Diagnostic) -> TypeSpecifier {
    try nested { (parser) throws(Diagnostic) in try parser.parseTypeLevel() }
  }

  private mutating func parseTypeLevel() throws(Diagnostic) -> TypeSpecifier {
    let location = current.location
    if skip("List") || skip("Interval") {
      let isList = tokens[position - 1].keyword == "List"
      try expect("<")
      let inner = try parseType()
      try expect(">")
      return TypeSpecifier(kind: isList ? .list(inner) : .interval(inner), location: location)
    }
    if at("Choice", "<") {
      advance()
      advance()
      var alternatives = [try parseType()]
      while skip(",") { alternatives.append(try parseType()) }
      try expect(">")
      return TypeSpecifier(kind: .choice(alternatives), location: location)
    }
    if skip("Tuple") {
      try expect("{")
      var elements: [(name: String, type: TypeSpecifier)] = []
      repeat {
        elements.append((try parseReference("an element's name"), try parseType()))
      } while skip(",")
      try expect("}")
      return TypeSpecifier(kind: .tuple(elements), location: location)
    }
    return TypeSpecifier(kind: .named(try parseQualifiedName("a type", orTypeName: true)), location: location)
  }
}
