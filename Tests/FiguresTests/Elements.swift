import Foundation
import FoundationXML

/// The elements of an XML text in order, as another reader than ours sees them.
struct Elements {
  struct Element {
    let name: String
    let attributes: [String: String]
  }

  struct Malformed: Error {
    let line: Int
    let text: String
  }

  static func of(_ text: String) throws -> [Element] {
    let reader = Reader()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = reader
    guard parser.parse(), !reader.elements.isEmpty else { throw Malformed(line: parser.lineNumber, text: text) }
    return reader.elements
  }

  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [Element] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      elements.append(Element(name: name, attributes: attributes))
    }
  }
}
