import Testing

@testable import CQL

/// The small reader of conformance files.
@Suite struct XMLReaderTests {
  private func read(_ text: String) throws -> XMLNode { try XMLReader.read(Array(text.utf8), file: "t.xml") }

  @Test func `reads elements, attributes, entities and CDATA`() throws {
    let root = try read(
      "<?xml version='1.0'?><!-- c --><a x=\"1 &lt; 2\"><b>2 &gt; 1 &#x41;<!-- c --><![CDATA[<&]]></b><c y='z'/></a>\n")
    #expect(root.name == "a")
    #expect(root.attributes == ["x": "1 < 2"])
    #expect(root.children.map(\.name) == ["b", "c"])
    #expect(root.children(named: "b").first?.text == "2 > 1 A<&")
    #expect(root.children(named: "c").first?.attributes == ["y": "z"])
  }

  @Test(arguments: [
    ("", "t.xml:1:1: ‘<’ is missing. Repair the XML."),
    ("<a>", "t.xml:1:4: The document ends within ‘<a>’. Repair the XML."),
    ("<a>\n</b>", "t.xml:2:4: ‘</b>’ closes ‘<a>’. Repair the XML."),
    ("<a>&nope;</a>", "t.xml:1:10: ‘&nope;’ is no known entity. Repair the XML."),
    ("<a x=1/>", "t.xml:1:6: An attribute has no quoted value. Repair the XML."),
    ("<a/><b/>", "t.xml:1:5: There is text after the end of the document. Repair the XML."),
    ("<a x='1", "t.xml:1:8: The document ends within an attribute. Repair the XML."),
  ])
  func `says where a document is broken`(_ text: String, _ message: String) {
    #expect(throws: Diagnostic.self) { try read(text) }
    do { _ = try read(text) } catch { #expect("\(error)" == message) }
  }

  @Test func `refuses deep nesting`() {
    #expect(throws: Diagnostic.self) { try read(String(repeating: "<a>", count: 100_000)) }
  }

  @Test func `never traps on a truncated document`() throws {
    let bytes = Array(
      "<?xml version='1.0'?><tests><group name='g'><test name=\"t\">&lt;<![CDATA[x]]></test></group></tests>".utf8)
    for length in bytes.indices {
      #expect(throws: Diagnostic.self) { try XMLReader.read(Array(bytes[..<length]), file: "t.xml") }
    }
  }
}
