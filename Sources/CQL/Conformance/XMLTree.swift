import Foundation
import FoundationXML

/// An element of an XML document.
struct XMLNode: Sendable {
  let name: String
  var attributes: [String: String] = [:]
  var children: [XMLNode] = []
  /// The text directly in the element, entities resolved.
  var text = ""

  /// The children of that name.
  func children(named name: String) -> [XMLNode] { children.filter { $0.name == name } }
}

/// The XML of a conformance suite as a tree: elements, attributes, text and CDATA.
enum XMLTree {
  /// How deep elements may nest.
  static let deepest = 64

  /// The root element of a document; what is not well-formed is refused with its place.
  static func read(_ bytes: [UInt8], file: String) throws(Diagnostic) -> XMLNode {
    let data = Data(bytes)
    // On Linux the parser leaves such entities out of the text without a word.
    guard data.range(of: Data("<!ENTITY".utf8)) == nil else {
      throw Diagnostic(
        "The document declares entities of its own, which are not read here", remedy: "Write their text out.",
        at: SourceLocation(file: file, line: 1, column: 1))
    }
    let parser = XMLParser(data: data)
    let builder = XMLTreeBuilder()
    parser.delegate = builder
    parser.shouldResolveExternalEntities = false
    let isParsed = parser.parse()
    // On Linux the parser returns true for much that is broken: an error that it reported, an element that was never
    // closed and a document without any element count as well.
    guard isParsed, parser.parserError == nil, builder.fault == nil, builder.open.isEmpty, let root = builder.root
    else {
      let place = builder.fault ?? XMLTreeBuilder.Fault(parser, "This is not well-formed XML")
      throw Diagnostic(
        place.message, remedy: "Repair the XML.",
        at: SourceLocation(file: file, line: max(1, place.line), column: max(1, place.column)))
    }
    return root
  }
}

/// Builds the tree as the parser comes upon its parts.
private final class XMLTreeBuilder: NSObject, XMLParserDelegate {
  struct Fault {
    let message: String
    let line: Int
    let column: Int

    init(_ parser: XMLParser, _ message: String) {
      self.message = message
      line = parser.lineNumber
      column = parser.columnNumber
    }
  }

  private(set) var root: XMLNode?
  /// The elements that are not closed yet, outermost first.
  private(set) var open: [XMLNode] = []
  /// The first thing that is wrong.
  private(set) var fault: Fault?

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    guard open.count < XMLTree.deepest else {
      return stop(parser, "Elements nest more than \(XMLTree.deepest) deep")
    }
    open.append(XMLNode(name: name, attributes: attributes))
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    guard let closed = open.popLast(), closed.name == name else {
      return stop(parser, "‘</\(name)>’ closes another element")
    }
    if open.isEmpty { root = closed } else { open[open.count - 1].children.append(closed) }
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if !open.isEmpty { open[open.count - 1].text += text }
  }

  func parser(_ parser: XMLParser, foundCDATA block: Data) {
    self.parser(parser, foundCharacters: String(decoding: block, as: UTF8.self))
  }

  func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
    fault = fault ?? Fault(parser, "This is not well-formed XML")
  }

  private func stop(_ parser: XMLParser, _ message: String) {
    fault = fault ?? Fault(parser, message)
    parser.abortParsing()
  }
}
