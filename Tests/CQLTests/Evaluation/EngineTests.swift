import ClinicalValues
import Synchronization
import Testing

@testable import CQL

/// Programs run as their text says: queries, functions, libraries' parameters, errors with their place.
@Suite struct EngineTests {
  @Test(arguments: [
    // Queries.
    ("({ 3, 1, 2 }) X where X > 1 return X * 10 sort asc", "{20, 30}"),
    ("({ 1, 1, 2 }) X return X mod 2", "{1, 0}"),
    ("({ 1, 1, 2 }) X return all X mod 2", "{1, 1, 0}"),
    ("from ({ 1, 2 }) A, ({ 'a', 'b' }) B where A = 1 return B + ToString(A)", "{'a1', 'b1'}"),
    ("from ({ 1, 2 }) A, ({ 3 }) B", "{Tuple { A: 1, B: 3 }, Tuple { A: 2, B: 3 }}"),
    ("({ 1, 2, 3 }) A with ({ 2, 3, 4 }) B such that A = B", "{2, 3}"),
    ("({ 1, 2, 3 }) A without ({ 2, 3, 4 }) B such that A = B", "{1}"),
    ("({ 1, 2, 3 }) A with ({ A, 5 }) B such that B = A and A > 1", "{2, 3}"),
    ("({ 1, 2 }) A let D: A * 2, E: D + 1 where E > 3 return Tuple { d: D, e: E }", "{Tuple { d: 4, e: 5 }}"),
    ("({ 3, null, 1 }) X sort asc", "{null, 1, 3}"),
    ("({ 3, null, 1 }) X sort desc", "{3, 1, null}"),
    (
      "({ Tuple { a: 1, b: 'x' }, Tuple { a: 1, b: 'a' }, Tuple { a: 0, b: 'm' } }) T return T.b sort desc",
      "{'x', 'm', 'a'}"
    ),
    (
      "(({ Tuple { a: 1, b: 'x' }, Tuple { a: 1, b: 'a' }, Tuple { a: 0, b: 'm' } }) T sort by a desc, b).b",
      "{'a', 'x', 'm'}"
    ),
    ("({ 1, 2, 3 }) X aggregate Total starting 0: Total + X", "6"),
    ("({ 2, 2, 3 }) X aggregate distinct Total starting 1: Total * X", "6"),
    ("from ({ 1, 2 }) A, ({ 10, 20 }) B aggregate Total starting 0: Total + A * B", "90"),
    ("(null as List<Integer>) X return X", "null"),
    ("(4) X return X + 1", "5"),
    ("(4) X where X > 5", "null"),
    ("({ 1, 2 }) X where null return X", "{}"),
    // Choices and logic.
    ("if null then 1 else 2", "2"),
    ("case when null then 1 when true then 2 else 3 end", "2"),
    ("case 3 when 1 then 'a' when 3 then 'b' else 'c' end", "'b'"),
    ("case (null as Integer) when null then 'a' else 'c' end", "'c'"),
    ("false and null", "false"), ("null or true", "true"), ("null implies true", "true"), ("true xor null", "null"),
    ("false and (singleton from { 1, 2 }) = 1", "false"),
    ("true or (singleton from { 1, 2 }) = 1", "true"),
    ("Coalesce(1, singleton from { 1, 2 })", "1"),
    ("Coalesce({ null, 2 })", "2"),
    // Structured values.
    ("Tuple { a: 1, b: Tuple { c: 'x' } }.b.c", "'x'"),
    ("({ Tuple { a: 1 }, Tuple { a: 2 } }).a", "{1, 2}"),
    ("Interval[1, 5).high", "5"), ("Interval[1, 5).highClosed", "false"),
    ("Quantity { value: 2.5, unit: 'mg' }", "2.5 'mg'"),
    ("Code { code: 'a', system: 's' }.system", "'s'"),
    ("5 is Integer", "true"), ("(null as Integer) is Integer", "false"), ("'a' is Integer", "false"),
    ("Interval[1, 2] is Interval<Integer>", "true"), ("{ 1, null } is List<Integer>", "true"),
    ("'it\\'s'", "'it\\'s'"),
  ])
  func `evaluates`(_ expression: String, _ expected: String) throws {
    let (lowered, interpreted) = try evaluated(expression)
    #expect(try lowered.get().literal == expected)
    #expect(try interpreted.get().literal == expected)
  }

  @Test(arguments: [
    "singleton from { 1, 2 }", "Interval[5, 1]", "cast (if 1 = 1 then 'a' else 1) as Integer",
    "({ 1, 2 }) X return singleton from { X, X + 1 }",
  ])
  func `fails with a place and not with a trap`(_ expression: String) throws {
    let (lowered, interpreted) = try evaluated(expression)
    guard case .failure(let error) = lowered, case .failure(let other) = interpreted else {
      return #expect(Bool(false), "\(expression): \(lowered), \(interpreted)")
    }
    #expect(error == other)
    #expect(error.location?.contains(":1:") == true, "\(error)")
  }

  @Test func `a definition is computed once in an evaluation, and anew in the next`() throws {
    let calls = Mutex(0)
    let engine = try Engine(
      compiled(
        """
        define function "Tick"(x Integer) returns Integer: external
        define "A": "Tick"(1)
        define "B": "A" + "A"
        define "C": "B" + "A"
        """))
    let context = EvaluationContext(
      now: noon,
      externals: [
        "Tick": { (operands) throws(EvaluationError) in
          calls.withLock { $0 += 1 }
          return operands[0]
        }
      ])
    let evaluation = engine.evaluation(context)
    #expect(try evaluation.value(of: "C").literal == "3")
    #expect(try evaluation.value(of: "B").literal == "2")
    #expect(calls.withLock { $0 } == 1)
    _ = try engine.evaluation(context).value(of: "C")
    #expect(calls.withLock { $0 } == 2)
    #expect(throws: EvaluationError.self) { try engine.evaluation(EvaluationContext(now: noon)).value(of: "A") }
  }

  @Test func `a parameter is as given, by library or not, else its default, else null`() throws {
    let engine = try Engine(
      compiled(
        """
        library Given version '1'
        parameter "Days" Integer default 14 * 2
        parameter "Name" String
        define "D": "Days" + 1
        define "N": "Name"
        """))
    func values(_ parameters: [String: Value]) throws -> [String] {
      let context = EvaluationContext(now: noon, parameters: parameters)
      let evaluation = engine.evaluation(context)
      var values: [String] = []
      for definition in engine.program.libraries.last?.definitions ?? [] where !definition.isPrivate {
        values.append(try evaluation.value(of: definition.name).literal)
      }
      return values
    }
    #expect(try values([:]) == ["29", "null"])
    #expect(try values(["Days": .integer(7), "Name": .string("x")]) == ["8", "'x'"])
    #expect(try values(["Days": .integer(7), "Given.Days": .integer(9)]) == ["10", "null"])
  }

  @Test func `functions have slots of their own, also within queries of their callers`() throws {
    let engine = try Engine(
      compiled(
        """
        define function "Twice"(xs List<Integer>): xs X let Y: X * 2 return all Y
        define function "Sum Of Twice"(xs List<Integer>): "Twice"(xs) X aggregate T starting 0: T + X
        define "A": ({ { 1 }, { 2, 3 } }) L let S: "Sum Of Twice"(L) return all S + First(L)
        """))
    #expect(try engine.evaluation(EvaluationContext(now: noon)).value(of: "A").literal == "{3, 12}")
  }

  @Test func `asks for a definition by the names there are`() throws {
    let engine = try Engine(compiled("library L define \"A\": 1"))
    let evaluation = engine.evaluation(EvaluationContext(now: noon))
    #expect(
      throws: EvaluationError("The library ‘L’ defines no ‘B’. Name one of its definitions as it is written there.")
    ) { try evaluation.value(of: "B") }
    #expect(
      throws: EvaluationError("There is no library ‘M’ in the program. Include it, or name another.")
    ) { try evaluation.value(of: "A", in: "M") }
    #expect(try evaluation.value(of: "A", in: "L").literal == "1")
  }

  @Test func `a function that calls itself without end is an error and not a crash`() {
    let place = SourceLocation(file: "hand-made", line: 1, column: 1)
    let operand = Node(.slot(0), type: .integer, at: place)
    let call = Node(.call(library: 0, index: 0, arguments: [operand]), type: .integer, at: place)
    let body = Node(
      .ifThenElse(condition: Node(.literal(.boolean(true)), type: .boolean, at: place), then: call, otherwise: operand),
      type: .integer, at: place)
    let start = Node(
      .call(library: 0, index: 0, arguments: [Node(.literal(.integer(1)), type: .integer, at: place)]), type: .integer,
      at: place)
    var program = Program()
    program.libraries = [
      CheckedLibrary(
        name: "L", version: nil, file: "hand-made",
        definitions: [
          Definition(name: "D", location: place, body: start, slotCount: 0, tags: [:], isPrivate: false)
        ],
        functions: [
          Function(
            name: "F", location: place, operands: [("x", .integer)], result: .integer, body: body, slotCount: 1,
            tags: [:])
        ], parameters: [], valueSets: [:])
    ]
    let evaluation = Engine(program).evaluation(EvaluationContext(now: noon))
    #expect(throws: EvaluationError.tooDeep.located(at: place)) { try evaluation.value(of: "D") }
    #expect(throws: EvaluationError.tooDeep.located(at: place)) { try evaluation.explanation(of: "D") }
  }
}
