import Testing

@testable import CQL

@Suite struct `The checker resolves what a library declares` {
  @Test func `definitions may stand in any order, with their tags and places`() throws {
    let (program, diagnostics) = compileToy(
      """
      library L version '1'
      parameter Days default 28
      // @id: INC-1
      define A: B + Days
      define private B: F(2)
      define function F(x Integer): x * 2
      define function F(x String): Length(x)
      define fluent function twice(x Integer): x + x
      define C: B.twice() + F('abc')
      """)
    #expect(diagnostics == [])
    let library = try #require(program?.libraries.last)
    #expect(library.name == "L" && library.version == "1")
    #expect(
      library.definitions.map { "\($0.name): \($0.body.compact)" } == [
        "A: Add(definition 0.1, parameter 0.0)", "B: function 0.0(2)",
        "C: Add(function 0.2(definition 0.1), function 0.1('abc'))",
      ])
    #expect(library.definitions.map(\.tags) == [["id": "INC-1"], [:], [:]])
    #expect(library.definitions.map(\.isPrivate) == [false, true, false])
    #expect(library.definitions[0].location.description == "toy.cql:4:8")
    #expect(library.functions.map(\.slotCount) == [1, 1, 1])
  }

  @Test func `terminology becomes values`() {
    let (program, diagnostics) = compileToy(
      """
      using Toy version '1.0'
      codesystem "LOINC": 'http://loinc.org'
      valueset "Drugs": 'urn:drugs' version '3'
      code "BP": '8480-6' from "LOINC" display 'Systolic'
      concept "Pressure": { "BP" }
      context Patient
      define V: [Observation: "Drugs"]
      define C: [Observation: "BP"]
      define P: [Observation: code ~ "Pressure"]
      define In: 'x' in "Drugs"
      define Coded: Code '1' from "LOINC"
      define Me: Patient.birthDate
      define Age: AgeInYears() >= 18
      """)
    #expect(diagnostics == [])
    #expect(
      program?.libraries.last?.definitions.map { "\($0.name): \($0.body.compact)" } == [
        "Patient: SingletonFrom([Patient])", "V: [Observation: code in valueset urn:drugs]",
        "C: [Observation: code in {code 8480-6|http://loinc.org}]", "P: [Observation: code in concept 8480-6.codes]",
        "In: In('x', valueset urn:drugs)", "Coded: code 1|http://loinc.org", "Me: definition 0.0.birthDate",
        "Age: GreaterOrEqual(CalculateAgeInYears(ToDate(definition 0.0.birthDate)), 18)",
      ])
  }

  @Test func `objects of a data model are used as what they stand for`() {
    let (program, diagnostics) = compileToy(
      """
      using Toy
      define A: [Observation] O where O.status = 'final' return O.value
      define B: First([Observation]).value > 5 'mg'
      define C: (First([Observation]).value as Quantity).unit
      define D: [Observation] O where O.effective during Interval[@2020, @2021] sort by issued
      define E: [Observation] union [Condition]
      define F: First([Observation]).value is Quantity
      define G: First([Observation]).value as Toy.Quantity
      define H: [Patient] P return P.name.given
      define I: First([Condition]).onset before @2020
      """)
    #expect(diagnostics == [])
    #expect(
      program?.libraries.last?.definitions.map { "\($0.body.type)" } == [
        "List<Choice<Toy.CodeableConcept, Toy.Quantity, Toy.string>>", "Boolean", "String", "List<Toy.Observation>",
        "List<Choice<Toy.Condition, Toy.Observation>>", "Boolean", "Toy.Quantity", "List<List<Toy.string>>", "Boolean",
      ])
    let bodies = program?.libraries.last?.definitions.map(\.body.compact)
    #expect(bodies?[0] == "($0 of [Observation]; where Equal(ToString($0.status), 'final'); return distinct $0.value)")
    #expect(bodies?[1] == "Greater(ToQuantity((First([Observation]).value as Toy.Quantity)), 5'mg')")
    #expect(bodies?[5] == "(First([Observation]).value is Toy.Quantity)")
  }

  @Test func `included libraries are compiled once, before those that include them`() throws {
    let (program, diagnostics) = compileToy(
      "library Main\ninclude A\ninclude B called Bee\ndefine X: A.\"One\" + Bee.Two(1) + A.P\ndefine Y: 3.plus(4)",
      including: [
        "A": "library A\ninclude Base\nparameter P default 1\ndefine One: Base.Zero + 1",
        "B":
          "library B\ninclude Base\ndefine function Two(x Integer): x + Base.Zero\ndefine fluent function plus(a Integer, b Integer): a + b",
        "Base": "library Base\ndefine Zero: 0",
      ])
    #expect(diagnostics == [])
    #expect(program?.libraries.map(\.name) == ["Base", "A", "B", "Main"])
    #expect(
      definition("X", in: program)?.body.compact
        == "Add(Add(definition 1.0, function 2.0(1)), parameter 1.0)")
    #expect(definition("Y", in: program)?.body.compact == "function 2.1(3, 4)")
  }

  @Test(arguments: [
    ("define A: Agee\ndefine Age: 1", ["toy.cql:1:11: 'Agee' is not defined. Did you mean 'Age'?"]),
    (
      "define A: A + 1",
      ["toy.cql:1:11: 'A' refers to itself. Recursion is not part of CQL; break the circle of definitions."]
    ),
    (
      "define function F(x Integer): F(x)\ndefine A: F(1)",
      ["toy.cql:1:31: 'F' refers to itself. Recursion is not part of CQL; break the circle of definitions."]
    ),
    ("define A: 1\ndefine A: 2", ["toy.cql:2:8: 'A' is declared twice: it is a definition already. Rename one."]),
    (
      "define A: x\ndefine B: A + 1\ndefine C: y",
      [
        "toy.cql:1:11: 'x' is not defined. Define it, or include the library that does.",
        "toy.cql:3:11: 'y' is not defined. Define it, or include the library that does.",
      ]
    ),
    ("using QUICK", ["toy.cql:1:1: There is no data model 'QUICK' here. There is: Toy version '1.0'."]),
    (
      "using Toy version '2'",
      ["toy.cql:1:1: The data model Toy is known in version '1.0', not '2'. Write: using Toy version '1.0'."]
    ),
    (
      "include Nothing",
      ["toy.cql:1:9: The library 'Nothing' was not found. Put Nothing.cql beside this library, or remove the include."]
    ),
    (
      "include Loop\ndefine A: Loop.X",
      ["Loop.cql:2:9: The library 'Loop' includes itself (Loop -> Loop). Remove one of these includes."]
    ),
    (
      "include Broken\ndefine A: Broken.X",
      ["Broken.cql:2:11: 'y' is not defined. Define it, or include the library that does."]
    ),
    (
      "include Good\ndefine A: Good.Missing\ndefine B: Good.Secret",
      [
        "toy.cql:2:15: The library 'Good' has no 'Missing'.",
        "toy.cql:3:15: 'Secret' is private to the library 'Good'. Make it public there.",
      ]
    ),
    (
      "define A: [Observation]",
      ["toy.cql:1:12: There is no type 'Observation'. It is a type of Toy: declare it with: using Toy version '1.0'."]
    ),
    (
      "using Toy\ndefine A: [Obsevation]",
      ["toy.cql:2:12: There is no type 'Obsevation'. Name a type of CQL, or of a data model in use."]
    ),
    (
      "using Toy\ndefine A: [HumanName]",
      ["toy.cql:2:11: Toy.HumanName cannot be retrieved by itself. Retrieve the resource that it is part of."]
    ),
    (
      "using Toy\ndefine A: [Observation] O return O.valu",
      ["toy.cql:2:35: Toy.Observation has no element 'valu'. Did you mean 'value'?"]
    ),
    ("using Toy\ndefine A: [Observation: cod in \"V\"]\ndefine B: AgeInYears()", []),
    ("code \"A\": 'a' from \"S\"", ["toy.cql:1:20: The code system 'S' is not declared. Declare it above."]),
    (
      "define function F(x Integer): x\ndefine A: F('a')",
      ["toy.cql:2:11: No signature of 'F' takes (String). It takes (Integer)."]
    ),
    (
      "define function F(x Integer): x\ndefine function F(y Integer): y",
      ["toy.cql:2:17: The function 'F' is declared twice for (Integer). Rename one, or change its operands."]
    ),
    (
      "define function F(x Integer): external",
      ["toy.cql:1:17: The external function 'F' does not say what it returns. Add 'returns' and a type."]
    ),
    ("parameter P", ["toy.cql:1:11: The parameter 'P' has neither a type nor a default. Give it a type."]),
    (
      "parameter P Integer default 'a'",
      ["toy.cql:1:29: The default of 'P' must be of type Integer, but is String. Convert it: ToInteger(...)."]
    ),
  ])
  func `what is wrong is told with its place and the cure`(_ text: String, _ messages: [String]) {
    let (program, diagnostics) = compileToy(
      text,
      including: [
        "Loop": "library Loop\ninclude Loop\ndefine X: 1", "Broken": "library Broken\ndefine X: y",
        "Good": "library Good\ndefine private Secret: 1\ndefine X: 1",
      ])
    #expect(program == nil)
    if !messages.isEmpty { #expect(diagnostics == messages) }
  }

  @Test func `what a definition rests on is found through everything it refers to`() throws {
    let (program, _) = compileToy(
      """
      using Toy
      valueset "V": 'urn:v'
      parameter P default 5
      define A: [Observation: "V"]
      define B: exists A or F(1)
      define function F(x Integer): exists [Condition] and x > P
      define C: 1
      """)
    let library = try #require(program)
    let found = library.dependencies(of: (library: 0, index: 1))
    #expect(found.retrieves.map(\.compact).sorted() == ["[Condition]", "[Observation: code in valueset urn:v]"])
    #expect(found.valueSets.map(\.id) == ["urn:v"])
    #expect(found.parameters == [[0, 0]])
    #expect(library.dependencies(of: (library: 0, index: 2)).retrieves.isEmpty)
  }
}
