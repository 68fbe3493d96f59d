import ClinicalValues
import Foundation
import FoundationXML

/// Reads the XML of the UCUM functional tests.
enum UnitConformanceFile {
  /// Why a file cannot be used: a sentence with the place.
  struct Unreadable: Error {
    let message: String
  }

  /// Larger files are refused: the published one has 36 kB.
  private static let largestFile = 64 << 20

  /// The cases of a file, in its order.
  static func read(_ path: String) throws -> [UnitConformanceCase] {
    let data: Data
    do throws(Unusable) {
      data = Data(try InputFile.bytes(path, atMost: largestFile))
    } catch {
      throw Unreadable(message: "\(error) Expected is a file such as UcumFunctionalTests.xml.")
    }
    let parser = XMLParser(data: data)
    let reader = Reader()
    parser.delegate = reader
    // On Linux `parse` returns true for much that is broken (swift-corelibs-foundation), so what it reported counts too.
    guard parser.parse(), parser.parserError == nil, !reader.isBroken, reader.depth == 0 else {
      throw Unreadable(
        message: "\(path):\(parser.lineNumber):\(parser.columnNumber): this is not well-formed XML. "
          + "Give a file such as UcumFunctionalTests.xml.")
    }
    guard reader.sawRoot, !reader.cases.isEmpty else {
      throw Unreadable(message: "\(path) has no UCUM test in it. Expected <ucumTests> with <case> elements.")
    }
    return reader.cases
  }

  private final class Reader: NSObject, XMLParserDelegate {
    private(set) var cases: [UnitConformanceCase] = []
    private(set) var sawRoot = false
    /// The parser reported an error.
    private(set) var isBroken = false
    /// How many elements are open.
    private(set) var depth = 0
    private var section: UnitConformanceCase.Section?

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      depth += 1
      if name == "ucumTests" {
        sawRoot = true
      } else if let known = UnitConformanceCase.Section(rawValue: name) {
        section = known
      } else if name == "case", let section {
        cases.append(UnitConformanceCase(section: section, attributes: attributes))
      }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
      depth -= 1
      if UnitConformanceCase.Section(rawValue: name) != nil { section = nil }
    }

    func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) { isBroken = true }
  }
}
