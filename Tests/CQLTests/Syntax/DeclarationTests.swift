import Testing

@testable import CQL

private func library(_ text: String) -> (LibrarySyntax, [String]) {
  let (library, diagnostics) = Parser.library(LibrarySource(file: "lib.cql", text: text))
  return (library, diagnostics.map(\.description))
}

@Suite struct `The parser reads libraries` {
  @Test func `all kinds of declarations`() {
    let (syntax, diagnostics) = library(
      """
      library Org.Study version '1.0'
      using FHIR version '4.0.1'
      include Common version '2' called C
      include Org.Helpers
      codesystem "LOINC": 'http://loinc.org' version '2.76'
      private valueset "Drugs": 'urn:drugs' version '3' codesystems { "LOINC", C."SNOMED" }
      code "BP": '8480-6' from "LOINC" display 'Systolic'
      concept "Pressure": { "BP", C."X" } display 'Pressure'
      parameter "Period" Interval<DateTime> default Interval[@2020, @2021]
      parameter Days default 28
      parameter Bare
      context Patient
      define "A": 1
      define private B: 2
      define function F(x Integer, "y z" List<String>): x
      define fluent function G(x Choice<Integer, String>) returns Integer: external
      define public function "in"(): true
      """)
    #expect(diagnostics == [])
    #expect(syntax.name?.text == "Org.Study")
    #expect(syntax.version == "1.0")
    #expect(
      syntax.declarations.map(\.compact) == [
        "using FHIR 4.0.1", "include Common 2 as C", "include Org.Helpers as Helpers",
        "codesystem LOINC http://loinc.org 2.76", "private valueset Drugs urn:drugs 3 LOINC C.SNOMED",
        "code BP 8480-6 LOINC Systolic", "concept Pressure BP C.X Pressure",
        "parameter Period Interval<DateTime> Interval[@2020 @2021]", "parameter Days 28", "parameter Bare",
        "context Patient", "define A 1", "private define B 2", "function F(x Integer, y z List<String>) x",
        "fluent function G(x Choice<Integer,String>) returns Integer external", "function in() true",
      ])
  }

  @Test func `tags are read from the comment before a declaration`() {
    let (syntax, _) = library(
      """
      /* @criterion: INC-5.1
       * text without a tag
       * @provisional
       * @origin: sponsor, by mail */
      // @note: one @other: two
      define A: 1
      define B: 2 // @late: belongs to C
      define C: 3
      """)
    #expect(
      syntax.declarations.map(\.tags) == [
        [
          "criterion": "INC-5.1", "provisional": "", "origin": "sponsor, by mail", "note": "one", "other": "two",
        ], [:], ["late": "belongs to C"],
      ])
  }

  @Test func `an error costs one declaration, and all errors are told`() {
    let (syntax, diagnostics) = library(
      """
      define A: 1 +
      define B: (2
      define C: 3
      define where: 4
      define E: 'never ends
      """)
    #expect(syntax.declarations.map(\.name) == ["C"])
    #expect(
      diagnostics == [
        "lib.cql:2:1: Expected an expression, found the keyword 'define'. Put it in quotes to use it as a name: \"define\".",
        "lib.cql:3:1: Expected ')', found 'define'.",
        "lib.cql:4:8: Expected the definition's name, found the keyword 'where'. Put it in quotes to use it as a name: \"where\".",
        "lib.cql:5:11: This text in quotes never ends. Close it with '.",
        "lib.cql:5:22: Expected an expression, found the end of the text.",
      ])
  }

  @Test func `declarations come before definitions`() {
    let (_, diagnostics) = library("define A: 1\nparameter P Integer\nlibrary L")
    #expect(
      diagnostics == [
        "lib.cql:2:11: The declaration of 'P' comes after the first definition. Move it above the first 'define' or 'context'.",
        "lib.cql:3:1: 'library' is not at the start of the text. Move it above all other declarations.",
      ])
  }
}

extension Declaration {
  fileprivate var compact: String {
    let parts: [String?] =
      switch kind {
      case .using(let model, let version): ["using", model, version]
      case .include(let library, let version, let alias): ["include", library.text, version, "as", alias]
      case .codeSystem(let id, let version): ["codesystem", name, id, version]
      case .valueSet(let id, let version, let systems): ["valueset", name, id, version] + systems.map(\.text)
      case .code(let id, let system, let display): ["code", name, id, system.text, display]
      case .concept(let codes, let display): ["concept", name] + codes.map(\.text) + [display]
      case .parameter(let type, let value): ["parameter", name, type?.compact, value?.compact]
      case .context(let context): ["context", context.text]
      case .expression(let body): ["define", name, body.compact]
      case .function(let function):
        [
          function.isFluent ? "fluent" : nil,
          "function \(name)(\(function.operands.map { "\($0.name) \($0.type.compact)" }.joined(separator: ", ")))",
          function.result.map { "returns \($0.compact)" }, function.body?.compact ?? "external",
        ]
      }
    return (isPrivate ? "private " : "") + parts.compactMap(\.self).joined(separator: " ")
  }
}
