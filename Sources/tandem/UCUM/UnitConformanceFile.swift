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
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw Unreadable(message: "\(path) cannot be read. Give the path of a file such as UcumFunctionalTests.xml.")
    }
    defer { try? handle.close() }
    let data: Data
    do {
      data = try handle.read(upToCount: largestFile + 1) ?? Data()
    } catch {
      throw Unreadable(message: "\(path) cannot be read: \(error.localizedDescription)")
    }
    guard data.count <= largestFile else {
      throw Unreadable(message: "\(path) is larger than \(largestFile >> 20) MB and is no file of UCUM tests.")
    }
    let parser = XMLParser(data: data)
    let reader = Reader()
    parser.delegate = reader
    guard parser.parse() else {
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
    private var section: UnitConformanceCase.Section?

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      if name == "ucumTests" {
        sawRoot = true
      } else if let known = UnitConformanceCase.Section(rawValue: name) {
        section = known
      } else if name == "case", let section {
        cases.append(UnitConformanceCase(section: section, attributes: attributes))
      }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
      if UnitConformanceCase.Section(rawValue: name) != nil { section = nil }
    }
  }
}
