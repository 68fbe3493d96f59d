import CDataMatrix
import Markup
import Testing

@testable import Labels

struct CellLabelTests {
  static let labels: [CellLabel] = [
    CellLabel(
      identity: "COI-7KQ2-M4XD-R", participant: "03-0007-K", number: "03-0007-L1-B2-X", caption: "Autologous use only"),
    CellLabel(identity: "COI-0000-0000-0", participant: "01-0001-A", number: "01-0001-C1-Z", caption: ""),
    CellLabel(
      identity: "COI-ZZZZ-ZZZZ-Z", participant: "99-9999-9", number: "99-9999-L99-B99-9", caption: "<&\"> synthetic"),
  ]

  @Test(arguments: labels) func `a scanner reads from the printed label what it says`(_ label: CellLabel) throws {
    let printed = try label.svg().printed(as: .xml)
    let path = try #require(printed.firstMatch(of: /d="([^"]*)"/)?.1)
    let size = try DataMatrix(label.text).size
    #expect(decoded(modules(of: String(path), size: size), size: size) == label.text)
    for code in [label.number, label.identity, label.participant] { #expect(printed.contains(">\(code)<")) }
  }

  @Test(arguments: labels) func `a label has its real size, and the symbol fits into it`(_ label: CellLabel) throws {
    let printed = try label.svg().printed(as: .xml)
    #expect(printed.contains("width=\"70mm\" height=\"25mm\" viewBox=\"0 0 7000 2500\""))
    // A quiet zone of at least one module is left on each side (ISO/IEC 16022, 7.1).
    #expect(try DataMatrix(label.text).size * CellLabel.moduleHundredths + 2 * CellLabel.moduleHundredths <= 2500)
  }

  @Test func `the finder pattern is solid at the left and at the bottom`() throws {
    let symbol = try DataMatrix("01-0001-A")
    #expect(symbol.dark.allSatisfy { $0[0] })
    #expect(symbol.dark.last?.allSatisfy { $0 } == true)
  }

  @Test(arguments: ["", "é", "a\nb", String(repeating: "A", count: 201)])
  func `what cannot be printed is refused`(_ text: String) {
    #expect(throws: UnprintableLabel.self) { try DataMatrix(text) }
  }

  /// The modules that a path paints dark.
  private func modules(of path: String, size: Int) -> [[Bool]] {
    var dark = [[Bool]](repeating: [Bool](repeating: false, count: size), count: size)
    for run in path.matches(of: /M(\d+) (\d+)h(\d+)v1/) {
      guard let x = Int(run.1), let y = Int(run.2), let length = Int(run.3) else { continue }
      for column in x..<(x + length) { dark[y][column] = true }
    }
    return dark
  }

  /// What libdmtx's reader finds in a picture of the modules, 8 pixels each with 4 modules of quiet zone.
  private func decoded(_ dark: [[Bool]], size: Int) -> String? {
    let scale = 8
    let edge = (size + 8) * scale
    var pixels = [UInt8](repeating: 255, count: edge * edge)
    for y in 0..<(size * scale) {
      for x in 0..<(size * scale) where dark[y / scale][x / scale] {
        pixels[(y + 4 * scale) * edge + x + 4 * scale] = 0
      }
    }
    return pixels.withUnsafeMutableBufferPointer { buffer in
      var image = dmtxImageCreate(buffer.baseAddress, Int32(edge), Int32(edge), Int32(DmtxPack8bppK.rawValue))
      defer { dmtxImageDestroy(&image) }
      var decoder = dmtxDecodeCreate(image, 1)
      defer { dmtxDecodeDestroy(&decoder) }
      var region = dmtxRegionFindNext(decoder, nil)
      defer { dmtxRegionDestroy(&region) }
      guard region != nil else { return nil }
      var message = dmtxDecodeMatrixRegion(decoder, region, Int32(DmtxUndefined))
      defer { dmtxMessageDestroy(&message) }
      guard let message, let output = message.pointee.output else { return nil }
      return String(
        decoding: UnsafeBufferPointer(start: output, count: Int(message.pointee.outputIdx)), as: UTF8.self)
    }
  }
}
