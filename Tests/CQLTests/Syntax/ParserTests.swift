import Testing

@testable import CQL

/// Text and the tree it becomes.
private func expectTree(_ text: String, _ tree: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
  let (expression, diagnostics) = Parser.expression(LibrarySource(file: "test.cql", text: text))
  #expect(diagnostics.map(\.description) == [], sourceLocation: sourceLocation)
  #expect(expression?.compact == tree, "\(text)", sourceLocation: sourceLocation)
}

@Suite struct `The parser reads expressions` {
  @Test(arguments: [
    ("null", "null"), ("true", "true"), ("1", "1"), ("1.50", "1.50"), ("1L", "1L"), ("'it\\'s'", "'it's'"),
    ("'\\u0041\\n'", "'A\n'"), ("'\\uD83D\\uDE00'", "'😀'"), ("@2014", "@2014"), ("@2014-01-01T", "@2014-01-01T"),
    ("@2014-01-01T10:00:00.0-07:00", "@2014-01-01T10:00:00.0-07:00"), ("@T10:30", "@T10:30"),
    ("5 'mg'", "5'mg'"), ("5 days", "5'days'"), ("1:8", "(ratio 1 8)"), ("1'cm':2'cm'", "(ratio 1'cm' 2'cm')"),
    ("Interval[1, 10)", "Interval[1 10)"), ("{ 1, 2 }", "(list 1 2)"), ("{}", "(list)"),
    ("List<Integer>{ 1 }", "(list<Integer> 1)"), ("{ a: 1, b: 2 }", "(tuple a:1 b:2)"), ("Tuple { : }", "(tuple)"),
    ("Quantity { value: 1, unit: 'g' }", "(instance Quantity value:1 unit:'g')"),
    ("FHIR.Quantity { value: 1 }", "(instance FHIR.Quantity value:1)"),
    ("Code '8480-6' from \"LOINC\" display 'BP'", "(code '8480-6' LOINC 'BP')"),
    ("Concept { Code 'a' from S, Code 'b' from S } display 'x'", "(concept (code 'a' S) (code 'b' S) 'x')"),
    ("Concept { codes: { Code { code: 'a' } } }", "(instance Concept codes:(list (instance Code code:'a')))"),
    ("\"Quoted name\"", "Quoted name"), ("`back tick`", "back tick"), ("A.B.C", "A.B.C"), ("f(x, y)", "(call f x y)"),
    ("a.f(x)", "(call a.f x)"), ("Lib.\"F\"()", "(call Lib.F)"), ("x.exists()", "(call x.exists)"), ("$this", "$this"),
    ("x[1].y", "(Indexer x 1).y"),
  ])
  func `primary terms`(_ text: String, _ tree: String) { expectTree(text, tree) }

  @Test(arguments: [
    ("1 + 2 * 3", "(Add 1 (Multiply 2 3))"), ("1 - 2 - 3", "(Subtract (Subtract 1 2) 3)"),
    ("2 ^ 3 ^ 4", "(Power (Power 2 3) 4)"), ("-2 ^ 2", "(Power (Negate 2) 2)"), ("-a.b", "(Negate a.b)"),
    ("a and b or c", "(Or (And a b) c)"), ("a or b and c", "(Or a (And b c))"),
    ("a implies b or c", "(Implies a (Or b c))"), ("not a = b", "(Equal (Not a) b)"),
    ("not a is null", "(Not (IsNull a))"), ("a is not true", "(Not (IsTrue a))"),
    ("exists A and B", "(And (Exists A) B)"), ("a = b and c != d", "(And (Equal a b) (NotEqual c d))"),
    ("a < b = c", "(Equal (Less a b) c)"), ("a in b and c contains d", "(And (In a b) (Contains c d))"),
    ("a in day of b", "(In:day a b)"), ("A union B intersect C", "(Intersect (Union A B) C)"),
    ("A | B", "(Union A B)"), ("a & 'x'", "(Concatenate& a 'x')"), ("x as Integer = 1", "(Equal (as x Integer) 1)"),
    ("x is List<Integer>", "(is x List<Integer>)"), ("cast x as FHIR.Quantity", "(cast x FHIR.Quantity)"),
    ("x as Choice<Integer, String>", "(as x Choice<Integer,String>)"),
    ("x as Tuple { a Integer, b String }", "(as x Tuple{a Integer,b String})"),
    ("x between 1 and 2 and y", "(And (between x 1 2) y)"), ("x properly between 1 and 2", "(properBetween x 1 2)"),
    ("convert x to Decimal", "(convert x Decimal)"), ("convert x to 'mg'", "(convert x 'mg')"),
    ("convert x to days", "(convert x 'days')"), ("if a then b else c + 1", "(if a b (Add c 1))"),
    ("1 + if a then b else c", "(Add 1 (if a b c))"), ("case when a then b else c end", "(case a b c)"),
    ("case x when 1 then 'a' when 2 then 'b' else 'c' end", "(case x 1 'a' 2 'b' 'c')"),
  ])
  func `operators by precedence`(_ text: String, _ tree: String) { expectTree(text, tree) }

  @Test(arguments: [
    ("start of x + 1 day", "(Add (Start x) 1'day')"), ("end of Last(R)", "(End (call Last R))"),
    ("width of x", "(Width x)"), ("successor of 1", "(Successor 1)"), ("predecessor of 1", "(Predecessor 1)"),
    ("singleton from { 1 }", "(SingletonFrom (list 1))"), ("point from x", "(PointFrom x)"),
    ("year from x", "(DateTimeComponentFrom:year x)"), ("date from x", "(DateFrom x)"), ("time from x", "(TimeFrom x)"),
    ("timezoneoffset from x", "(TimezoneOffsetFrom x)"), ("minimum Integer", "(minimum Integer)"),
    ("maximum DateTime", "(maximum DateTime)"), ("distinct A union B", "(Distinct (Union A B))"),
    ("flatten x", "(Flatten x)"), ("expand x per day", "(Expand x 1'day')"),
    ("collapse x per 2 'd'", "(Collapse x 2'd')"),
    ("collapse x", "(Collapse x)"), ("days between a and b", "(DurationBetween:day a b)"),
    ("duration in months between a and b", "(DurationBetween:month a b)"),
    ("difference in years between a and b", "(DifferenceBetween:year a b)"),
    ("duration in days of x", "(DurationBetweenOf:day x)"), ("difference in days of x", "(DifferenceBetweenOf:day x)"),
    ("days between a and b > 5", "(Greater (DurationBetween:day a b) 5)"), ("+1", "(Positive 1)"),
  ])
  func `operators before their operand`(_ text: String, _ tree: String) { expectTree(text, tree) }

  @Test(arguments: [
    ("a same day as b", "(SameAs :day a b)"), ("a same or before b", "(SameOrBefore a b)"),
    ("a starts same month or after end b", "(starts SameOrAfter :month end a b)"),
    ("a before b", "(before a b)"), ("a before start of b", "(before a (Start b))"),
    ("a before start b", "(before start a b)"), ("a on or after day of b", "(onOrafter :day a b)"),
    ("a after or on b", "(onOrafter a b)"), ("a starts b", "(Starts a b)"), ("a ends day of b", "(Ends :day a b)"),
    ("a starts before end b", "(starts before end a b)"), ("a occurs 3 days before b", "(exactly 3'days' before a b)"),
    ("a starts 3 days or more after start b", "(starts orMore 3'days' after start a b)"),
    ("a starts 1 day or less on or after day of start of b", "(starts orLess 1'day' onOrafter :day a (Start b))"),
    ("a less than 3 'd' before b", "(lessThan 3'd' before a b)"),
    ("a more than 2 weeks after b", "(moreThan 2'weeks' after a b)"), ("a during b", "(in a b)"),
    ("a starts during day of b", "(starts in :day a b)"), ("a properly included in b", "(properly in a b)"),
    ("a included in month of b", "(in :month a b)"), ("a includes b", "(includes a b)"),
    ("a properly includes day of start b", "(properly includes :day start a b)"),
    ("a within 3 days of start b", "(within 3'days' start a b)"),
    ("a starts properly within 3 days of b", "(starts properly within 3'days' a b)"), ("a meets b", "(Meets a b)"),
    ("a meets before day of b", "(MeetsBefore :day a b)"), ("a overlaps after b", "(OverlapsAfter a b)"),
    ("a before b and c after d", "(And (before a b) (after c d))"), ("a before start", "(before a start)"),
  ])
  func `timing phrases`(_ text: String, _ tree: String) { expectTree(text, tree) }

  @Test(arguments: [
    ("[Observation]", "[Observation]"), ("[Observation: \"BP\"]", "[Observation:BP]"),
    ("[Observation: code in \"BP\"]", "[Observation:code in BP]"),
    ("[Observation: value.code ~ C.D]", "[Observation:value.code ~ C.D]"),
    ("[FHIR.Condition: Code 'a' from S]", "[FHIR.Condition:(code 'a' S)]"),
    ("[Mother -> Condition]", "[Mother->Condition]"),
    ("[A] O where O.x = 1", "(query O<-[A] where (Equal O.x 1))"),
    ("(X) Y return all Y.z sort desc", "(query Y<-X return all Y.z sort $this desc)"),
    ("A.B C sort by x, y desc", "(query C<-A.B sort x sort y desc)"),
    (
      "from A a, (B) b let c: a.x, d: c where c = d return distinct b",
      "(query a<-A b<-B let c:a.x let d:c where (Equal c d) return distinct b)"
    ),
    ("A a, B b return a", "(query a<-A b<-B return a)"),
    ("{ A a, B }", "(list (query a<-A) B)"),
    (
      "A a with B b such that a.x = b.x without C c such that c.y",
      "(query a<-A with b<-B (Equal a.x b.x) without c<-C c.y)"
    ),
    ("A a aggregate distinct R starting 1: R * a", "(query a<-A aggregate distinct R=1 (Multiply R a))"),
    ("A a aggregate R starting (null as Integer): R", "(query a<-A aggregate R=(as null Integer) R)"),
    ("exists [A] a where a.x", "(Exists (query a<-[A] where a.x))"),
    ("[A] a where a.x union [B]", "(query a<-[A] where (Union a.x [B]))"),
  ])
  func `retrieves and queries`(_ text: String, _ tree: String) { expectTree(text, tree) }

  @Test func `every node knows its line and column`() throws {
    let text = "/* c */ a +\n  \"é\" * f(\n\tx)"
    let expression = try #require(Parser.expression(LibrarySource(file: "f.cql", text: text)).0)
    var places: [String] = []
    func collect(_ node: Expression) {
      places.append("\(node.compact) \(node.location)")
      for child in node.children { collect(child) }
    }
    collect(expression)
    #expect(
      places == [
        "(Add a (Multiply é (call f x))) f.cql:1:11", "a f.cql:1:9", "(Multiply é (call f x)) f.cql:2:7", "é f.cql:2:3",
        "(call f x) f.cql:2:9", "x f.cql:3:2",
      ])
  }
}
