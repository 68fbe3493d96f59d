import Testing

@testable import CQL

/// The XML of conformance files as a tree.
@Suite struct XMLTreeTests {
  private func read(_ text: String) throws -> XMLNode { try XMLTree.read(Array(text.utf8), file: "t.xml") }

  @Test func `elements, attributes, entities and CDATA are read`() throws {
    let root = try read(
      "<?xml version='1.0'?><!-- c --><a x=\"1 &lt; 2\"><b>2 &gt; 1 &#x41;<!-- c --><![CDATA[<&]]></b><c y='z'/></a>\n")
    #expect(root.name == "a")
    #expect(root.attributes == ["x": "1 < 2"])
    #expect(root.children.map(\.name) == ["b", "c"])
    #expect(root.children(named: "b").first?.text == "2 > 1 A<&")
    #expect(root.children(named: "c").first?.attributes == ["y": "z"])
  }

  @Test(arguments: [
    "", " ", "<", "<a>", "<a>\n</b>", "<tests><group></tests>", "<tests><group></tests></group>", "<a>&nope;</a>",
    "<a x=1/>", "<a x='1' x='2'/>", "<a/><b/>", "<a/>text", "<a x='1", "text", "<a>\n<b>\n", "<a>\u{1}</a>",
  ])
  func `a document that is not well-formed is refused with its place`(_ text: String) {
    do {
      _ = try read(text)
      Issue.record("It was read.")
    } catch {
      #expect("\(error)".hasPrefix("t.xml:"))
      #expect("\(error)".hasSuffix("Repair the XML."))
    }
  }

  @Test func `an entity that the document declares is not passed over in silence`() {
    #expect(throws: Diagnostic.self) { try read("<!DOCTYPE a [<!ENTITY x 'yes'>]><a>&x;</a>") }
  }

  @Test func `deep nesting is refused`() {
    #expect(throws: Diagnostic.self) { try read(String(repeating: "<a>", count: 100_000)) }
  }

  @Test func `no beginning of a document is a document`() throws {
    let bytes = Array(
      "<?xml version='1.0'?><tests><group name='g'><test name=\"t\">&lt;<![CDATA[x]]></test></group></tests>".utf8)
    for length in bytes.indices {
      #expect(throws: Diagnostic.self) { try XMLTree.read(Array(bytes[..<length]), file: "t.xml") }
    }
  }
}
