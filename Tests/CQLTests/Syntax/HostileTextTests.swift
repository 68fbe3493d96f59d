import Testing

@testable import CQL

@Suite struct `No text stops the parser or the checker` {
  /// What is repeated, and what stands at the end.
  @Test(arguments: [
    ("(", ""), ("{", ""), ("-", "1"), ("not ", "true"), ("1 + ", "1"), ("[", ""),
    ("if true then ", ""), ("start of ", "x"), ("case ", ""), ("f(", ""), ("{ a: ", ""), ("Interval[", ""),
    ("exists ", "x"), ("{1} union ", "{1}"), ("convert ", ""), ("from ", ""), ("A a where ", ""), ("x.", "x"),
    ("[A: ", ""), ("x between ", "1"), ("x as ", "y"), ("List<", ""), ("x starts ", "y"), ("1:", "1"), ("Tuple {", ""),
    ("$this ", ""), ("'", ""), ("/*", ""), ("@", ""), ("\\", ""), ("A.B{", ""), ("days between ", "1"),
  ])
  func `text that nests very deep is refused`(_ part: String, _ end: String) {
    let text = String(repeating: part, count: 2000) + end
    let (program, diagnostics) = Compiler(models: []).compileExpression(text)
    #expect(program == nil)
    #expect(!diagnostics.isEmpty)
    let library = LibrarySource(file: "deep.cql", text: "define X: 1\ndefine Y: x as " + text)
    #expect(Compiler(models: []).compile(library).program == nil)
  }

  @Test func `a hundred thousand parentheses are one error`() {
    let (_, diagnostics) = Compiler(models: []).compileExpression(String(repeating: "(", count: 100_000))
    #expect(
      diagnostics.map(\.description) == [
        "<expression>:1:251: This expression nests more than 250 levels deep. Give a part of it a name of its own with 'define'."
      ])
  }

  @Test func `what is no text of the language at all is told a hundred times and no more`() {
    let (_, diagnostics) = Compiler(models: []).compileExpression(String(repeating: "#", count: 5000))
    #expect(diagnostics.count == 101)
  }

  @Test func `text that nests as deep as allowed is compiled`() {
    for text in [
      String(repeating: "(", count: 240) + "1" + String(repeating: ")", count: 240),
      "1" + String(repeating: " + 1", count: 240),
      String(repeating: "{", count: 240) + String(repeating: "}", count: 240),
      String(repeating: "if true then 1 else ", count: 240) + "2.0", String(repeating: "not ", count: 240) + "true",
      String(repeating: "(", count: 120) + "1" + String(repeating: " + 1) * 2", count: 120),
    ] {
      #expect(Compiler(models: []).compileExpression(text).diagnostics.map(\.description) == [])
    }
  }

  @Test(arguments: [
    ("and", "true", "true"), ("or", "false", "false"), ("xor", "false", "false"), ("and", "null", "null"),
  ])
  func `operands in a row are no nesting, however many`(_ name: String, _ operand: String, _ expected: String) throws {
    for count in [2, 64, 65, 128, 129, 251, 20_000] {
      let text = Array(repeating: operand, count: count).joined(separator: " \(name) ")
      let (lowered, interpreted) = try evaluated(text)
      #expect(try lowered.get().literal == expected)
      #expect(try interpreted.get().literal == expected)
    }
  }

  @Test func `a long chain keeps the order of evaluation and the precedence of its operators`() throws {
    let long = Array(repeating: "true", count: 300).joined(separator: " and ")
    // What decides comes first: the division that fails is not reached.
    #expect(
      try evaluated("\(long) and false and 1 div (difference in days between @2012 and @2013) = 1").lowered.get()
        .literal == "false")
    #expect(try evaluated("false and \(long) or \(long) xor true").lowered.get().literal == "false")
  }

  @Test func `a long list is no deep one`() {
    let text = "{" + String(repeating: "1, 2.0, ", count: 5000) + "3}"
    let (program, _) = Compiler(models: []).compileExpression(text)
    #expect(program?.libraries[0].definitions[0].body.type == .list(.decimal))
  }

  @Test func `long chains of definitions are checked in any order, and refused where no evaluator could follow`() {
    let chain = (1...900).map { "define D\($0): D\($0 - 1)" } + ["define D0: 1"]
    let backward = chain.reversed().joined(separator: "\n")
    for text in [chain.joined(separator: "\n"), backward] {
      let (program, diagnostics) = Compiler(models: []).compile(LibrarySource(file: "chain.cql", text: text))
      #expect(diagnostics == [])
      #expect(program?.libraries[0].definitions.count == 901)
    }
    let long = (1...2000).map { "define D\($0): D\($0 - 1)" } + ["define D0: 1"]
    let (_, diagnostics) = Compiler(models: []).compile(
      LibrarySource(file: "chain.cql", text: long.joined(separator: "\n")))
    #expect(
      diagnostics.map(\.description) == [
        "chain.cql:1000:8: 'D1000' nests more than 1000 levels deep, with all that it refers to. Make the chain of definitions shorter."
      ])
  }

  @Test func `a circle of many definitions is one error`() {
    let text = (0..<2000).map { "define D\($0): D\(($0 + 1) % 2000)" }.joined(separator: "\n")
    let (program, diagnostics) = Compiler(models: []).compile(LibrarySource(file: "circle.cql", text: text))
    #expect(program == nil)
    #expect(diagnostics.count == 1)
  }

  @Test func `a type that doubles with each definition is refused`() {
    let text =
      "define T0: { x: 1 }\n"
      + (1...40).map { "define T\($0): { a: T\($0 - 1), b: T\($0 - 1) }" }.joined(separator: "\n")
    let (_, diagnostics) = Compiler(models: []).compile(LibrarySource(file: "types.cql", text: text))
    #expect(
      diagnostics.map(\.description) == [
        "types.cql:11:13: The type of this expression has more than 2,000 parts. Use fewer nested tuples."
      ])
  }

  @Test func `aggregates within aggregates end`() {
    let text =
      String(repeating: "({1}) A aggregate B: (", count: 30) + "1" + String(repeating: ")", count: 30)
    #expect(!Compiler(models: []).compileExpression(text).diagnostics.isEmpty)
  }

  @Test func `text that is not UTF-8 is refused where it is read`() {
    #expect(
      throws: Diagnostic(
        "The text is not valid UTF-8", remedy: "Save it as UTF-8.", at: .init(file: "x.cql", line: 2, column: 3))
    ) {
      try LibrarySource(file: "x.cql", utf8: Array("ab\nc\u{e9}".utf8) + [0xFF, 0x20])
    }
    #expect((try? LibrarySource(file: "x.cql", utf8: [0xEF, 0xBB, 0xBF, 0x31]))?.text == "1")
  }
}
