import FHIR
import Testing

struct JSONCase: Sendable, CustomTestStringConvertible {
  let text: String
  let message: String
  var testDescription: String { String(text.prefix(30)) }
  init(_ text: String, _ message: String) {
    self.text = text
    self.message = message
  }
}

private let broken = "Correct the text there, or export the file again. [json-broken]"
private let cutOff = "Export or copy the file again, whole. [json-truncated]"

@Test(arguments: [
  JSONCase("", "f:1:1 (byte 0): The file is empty. Export the record again. [file-empty]"),
  JSONCase(" \n ", "f:2:2 (byte 3): The file holds nothing but blanks. Export the record again. [file-empty]"),
  JSONCase(
    "{\"a\": [1, 2", "f:1:12 (byte 11): The text ends inside an array: the file is cut off. \(cutOff)"),
  JSONCase("{\"a\": \"x", "f:1:9 (byte 8): The text ends inside a string: the file is cut off. \(cutOff)"),
  JSONCase("{\"a\"", "f:1:5 (byte 4): The text ends inside an object: the file is cut off. \(cutOff)"),
  JSONCase("[tru", "f:1:5 (byte 4): The text ends inside an array: the file is cut off. \(cutOff)"),
  JSONCase("-", "f:1:2 (byte 1): The text ends inside a number: the file is cut off. \(cutOff)"),
  JSONCase("[1 2]", "f:1:4 (byte 3): Found “2” where a comma or the end of the array, “]”, was expected. \(broken)"),
  JSONCase("[1,]", "f:1:4 (byte 3): Found “]” where a value was expected. \(broken)"),
  JSONCase("{\"a\":1,}", "f:1:8 (byte 7): Found “}” where a member's name in quotes was expected. \(broken)"),
  JSONCase("{a:1}", "f:1:2 (byte 1): Found “a” where a member's name in quotes was expected. \(broken)"),
  JSONCase("{\"a\" 1}", "f:1:6 (byte 5): Found “1” where a colon was expected. \(broken)"),
  JSONCase("[\n  'a']", "f:2:3 (byte 4): Found “'” where a value was expected. \(broken)"),
  JSONCase("[truth]", "f:1:2 (byte 1): Found “t” where “true” was expected. \(broken)"),
  JSONCase("[NaN]", "f:1:2 (byte 1): Found “N” where a value was expected. \(broken)"),
  JSONCase("[01]", "f:1:3 (byte 2): This is not a number of JSON: a digit follows a leading zero. \(broken)"),
  JSONCase("[1.]", "f:1:4 (byte 3): This is not a number of JSON: there is no digit after the point. \(broken)"),
  JSONCase(
    "[1e+]", "f:1:5 (byte 4): This is not a number of JSON: there is no digit after the exponent's “e”. \(broken)"),
  JSONCase("[-a]", "f:1:3 (byte 2): This is not a number of JSON: there is no digit after the sign. \(broken)"),
  JSONCase("[+1]", "f:1:2 (byte 1): Found “+” where a value was expected. \(broken)"),
  JSONCase(#"["\x"]"#, "f:1:3 (byte 2): This is no escape sequence of JSON. \(broken)"),
  JSONCase(#"["\u12G4"]"#, "f:1:3 (byte 2): This is no escape sequence of JSON. \(broken)"),
  JSONCase(
    #"["é\ud800"]"#,
    "f:1:4 (byte 4): This escape is half of a surrogate pair, so it stands for no character. \(broken)"),
  JSONCase(
    "[\"a\tb\"]",
    "f:1:4 (byte 3): A string holds the control character 0x09, which must be written as \\u0009. \(broken)"),
  JSONCase(
    "[] x",
    "f:1:4 (byte 3): Found “x” after the end of the JSON text. Correct the text there, or export the file again. [json-trailing]"
  ),
  JSONCase(
    #"{"b":{"a":1},"a":1,"a":2}"#,
    "f:1:20 (byte 19): The member “a” is here for the second time in one object; which one counts is not defined. Remove the wrong one. [json-duplicate-key]"
  ),
  JSONCase(
    #"{"a":1,"\u0061":2}"#,
    "f:1:8 (byte 7): The member “a” is here for the second time in one object; which one counts is not defined. Remove the wrong one. [json-duplicate-key]"
  ),
  JSONCase(
    "<Patient/>",
    "f:1:1 (byte 0): This looks like XML; FHIR is read as JSON here. Export the record as FHIR JSON. [not-json]"),
])
func `broken JSON is refused with its place, what was expected and what to do`(_ example: JSONCase) {
  #expect(fault(Array(example.text.utf8)) == example.message)
}

@Test(
  arguments: [
    ([0x22, 0xC3, 0x28, 0x22], 1, 0xC3), ([0x22, 0xC0, 0x80, 0x22], 1, 0xC0),
    ([0x22, 0xE0, 0x80, 0x80, 0x22], 1, 0xE0),
    ([0x22, 0xED, 0xA0, 0x80, 0x22], 1, 0xED), ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1, 0xF4),
    ([0x22, 0x61, 0xFF, 0x22], 2, 0xFF), ([0x22, 0x80, 0x22], 1, 0x80),
  ] as [([UInt8], Int, UInt8)])
func `bytes that are no UTF-8 are refused`(bytes: [UInt8], at: Int, byte: UInt8) {
  let text = String(byte, radix: 16, uppercase: true)
  #expect(
    fault(bytes)
      == "f:1:\(at + 1) (byte \(at)): Byte 0x\(text) is not valid UTF-8 here. Save the file as UTF-8 and try again. [not-utf8]"
  )
}

@Test func `other encodings and compressed files are told from JSON`() {
  #expect(fault([0xFF, 0xFE, 0x7B, 0x00]).hasSuffix("[not-utf8]"))
  #expect(fault([0x1F, 0x8B, 0x08]).contains("compressed"))
}

@Test(arguments: [512, 513, 100_000])
func `nesting is read to 512 levels and refused beyond, without a crash`(depth: Int) throws {
  let text = Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
  if depth <= JSONDocument.maximumDepth {
    _ = try JSONDocument(text, file: "f")
  } else {
    #expect(
      fault(text)
        == "f:1:513 (byte 512): More than 512 levels of arrays and objects inside each other; no record needs that. Check where the file comes from. [json-too-deep]"
    )
  }
  #expect(fault(Array(String(repeating: "{\"a\":", count: depth).utf8)) != "")
}

@Test func `numbers keep their text, strings their characters, members their order`() throws {
  let text =
    #"{"n":[1.50,-0,1E+400,123456789012345678901234567890],"s":"a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é😀","z":1,"a":null}"#
  let root = try JSONDocument([0xEF, 0xBB, 0xBF] + Array(text.utf8), file: "f").root
  #expect(root["n"]?.elements.map(\.number) == ["1.50", "-0", "1E+400", "123456789012345678901234567890"])
  #expect(root["s"]?.string == "a\"\\/\u{8}\u{C}\n\r\té😀é😀")
  #expect(root.namedMembers.map(\.name) == ["n", "s", "z", "a"])
  #expect(root["a"]?.isNull == true)
  #expect(root["b"] == nil)
}

@Test func `what is written reads as the same again`() throws {
  let text = #"{"n":[1.50,-0,1e400],"s":"a\"\\/\u0001é😀","o":{"x":{},"y":[]},"b":[true,false,null]}"#
  let document = try JSONDocument(Array(text.utf8), file: "f")
  let written = document.root.text
  #expect(written == text)
  #expect(try JSONDocument(Array(written.utf8), file: "g").root.isEqual(to: document.root))
}

private func fault(_ bytes: [UInt8]) -> String {
  do throws(JSONFault) {
    _ = try JSONDocument(bytes, file: "f")
    return ""
  } catch {
    return error.description
  }
}
