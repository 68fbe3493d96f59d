import ClinicalValues
import Ledger
import Testing

struct CanonicalJSONTests {
  @Test(arguments: [
    // RFC 8785, 3.2.2 and 3.2.3, without the numbers that are no integers.
    (
      #"{"string":"€$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}"#,
      "{\"literals\":[null,true,false],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"
    ),
    (
      #"{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}"#,
      "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\u{FB33}\":\"Hebrew Letter Dalet With Dagesh\"}"
    ),
    (" [ 1 , -2,\t0 ]\n", "[1,-2,0]"),
    ("{}", "{}"), ("[]", "[]"), (#""""#, #""""#), ("9007199254740991", "9007199254740991"),
    (#""\b\t\n\f\r\u0000\u001f\u007f""#, "\"\\b\\t\\n\\f\\r\\u0000\\u001f\u{7F}\""),
    (#"{"b":{"d":1,"c":2},"a":[]}"#, #"{"a":[],"b":{"c":2,"d":1}}"#),
  ]) func `a text has one canonical form`(text: String, canonical: String) throws {
    let form = try CanonicalJSON(parsing: text)
    #expect(Array(form.description.utf8) == Array(canonical.utf8))
    #expect(try CanonicalJSON(parsing: form.bytes) == form)
    #expect(try CanonicalJSON(form.value) == form)
  }

  @Test(arguments: [
    ("1.0", 0), ("1e3", 0), ("-0", 0), ("01", 0), ("9007199254740992", 0), ("-9007199254740992", 0),
    ("99999999999999999999", 0), ("-", 0), ("", 0), ("tru", 0), ("[1", 2), ("[1,]", 3), ("{\"a\":1,}", 7),
    (#"{"a":1,"a":2}"#, 7), (#"{"é":1,"e\u0301":2}"#, 8), (#""\ud800""#, 7), (#""\udc00""#, 7),
    (#""\ud800\u0041""#, 13),
    (#""\x""#, 3), ("\"a\nb\"", 2), ("\"a", 2), ("1 2", 2), ("{1:2}", 1), ("nul", 0), ("NaN", 0), ("\u{FEFF}1", 0),
  ]) func `a text that is no JSON, repeats a member or is no integer is refused with its place`(
    text: String, offset: Int
  ) {
    #expect { try CanonicalJSON(parsing: text) } throws: { ($0 as? InvalidJSON)?.offset == offset }
  }

  @Test func `bytes that are not UTF-8 are refused`() {
    for bytes: [UInt8] in [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]] {
      #expect(throws: InvalidJSON.self) { try CanonicalJSON(parsing: bytes) }
    }
  }

  @Test func `what is nested too deep is refused, not followed`() {
    #expect(throws: InvalidJSON.self) { try CanonicalJSON(parsing: String(repeating: "[", count: 100_000)) }
    #expect(throws: Never.self) {
      try CanonicalJSON(parsing: String(repeating: "[", count: 100) + String(repeating: "]", count: 100))
    }
  }

  @Test func `texts that Unicode holds to be equal differ by their bytes`() throws {
    #expect(try CanonicalJSON(.string("\u{E9}")) != CanonicalJSON(.string("e\u{301}")))
  }

  struct Dose: Codable, Equatable {
    enum Unit: String, Codable { case cellsPerKg }
    var lot: String
    var amount: String
    var unit: Unit
    var bags: [Int]
    var given: Instant
    var record: Digest?
    var extra: [String: Bool]
    var small: UInt8
    var raw: CanonicalJSONHolder
  }

  struct CanonicalJSONHolder: Codable, Equatable {
    var inner: [[Int?]]
  }

  @Test func `values go in and come out as they were`() throws {
    let dose = Dose(
      lot: "03-0007-2", amount: "1000000.50", unit: .cellsPerKg, bags: [1, 2], given: Instant(milliseconds: 5),
      record: Digest(of: "x"), extra: ["b": true, "a": false], small: 255, raw: .init(inner: [[1, nil], []]))
    let form = try CanonicalJSON(encoding: dose)
    #expect(
      form.description
        == #"{"amount":"1000000.50","bags":[1,2],"extra":{"a":false,"b":true},"given":"1970-01-01T00:00:00.005Z","lot":"03-0007-2","raw":{"inner":[[1,null],[]]},"record":"\#(Digest(of: "x"))","small":255,"unit":"cellsPerKg"}"#
    )
    #expect(try form.decode(Dose.self) == dose)
  }

  @Test func `an enum with values and an empty type go in and come out`() throws {
    enum Fact: Codable, Equatable { case nothing, held(until: String, by: Int) }
    struct Empty: Codable, Equatable {}
    for fact in [Fact.nothing, .held(until: "tomorrow", by: 3)] {
      #expect(try CanonicalJSON(encoding: fact).decode(Fact.self) == fact)
    }
    #expect(try CanonicalJSON(encoding: Empty()).description == "{}")
    #expect(try CanonicalJSON(encoding: [Int]()).description == "[]")
  }

  @Test func `floating point is refused, whole numbers too`() {
    #expect(throws: EncodingError.self) { try CanonicalJSON(encoding: 1.0) }
    #expect(throws: EncodingError.self) { try CanonicalJSON(encoding: ["dose": [Float(2)]]) }
    #expect(throws: (any Error).self) { try CanonicalJSON(parsing: "1").decode(Double.self) }
  }

  @Test func `integers that do not fit are refused, never cut`() throws {
    #expect(throws: InvalidJSON.self) { try CanonicalJSON(encoding: UInt64.max) }
    #expect(throws: InvalidJSON.self) { try CanonicalJSON(encoding: CanonicalJSON.greatestInteger + 1) }
    #expect(throws: DecodingError.self) { try CanonicalJSON(parsing: "256").decode(UInt8.self) }
    #expect(throws: DecodingError.self) { try CanonicalJSON(parsing: #""1""#).decode(Int.self) }
  }
}
