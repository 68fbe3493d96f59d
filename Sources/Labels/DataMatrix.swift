internal import CDataMatrix

/// A DataMatrix symbol (ISO/IEC 16022, ECC 200) as its modules.
struct DataMatrix {
  /// Modules along an edge.
  let size: Int
  /// Whether a module is dark, by row from the top, by column from the left.
  let dark: [[Bool]]

  /// The smallest square symbol of a text of printable ASCII characters.
  init(_ text: String) throws(UnprintableLabel) {
    guard !text.isEmpty, text.utf8.count <= 200, text.utf8.allSatisfy({ (32...126).contains($0) }) else {
      throw UnprintableLabel(text)
    }
    guard let rows = DataMatrix.rows(of: Array(text.utf8)) else { throw UnprintableLabel(text) }
    self.size = rows.count
    self.dark = rows
  }

  /// The modules as libdmtx lays them out; its rows count from the bottom.
  private static func rows(of text: [UInt8]) -> [[Bool]]? {
    var encoder = dmtxEncodeCreate()
    defer { dmtxEncodeDestroy(&encoder) }
    guard let encoder else { return nil }
    dmtxEncodeSetProp(encoder, Int32(DmtxPropSizeRequest.rawValue), Int32(DmtxSymbolSquareAuto.rawValue))
    var bytes = text
    guard dmtxEncodeDataMatrix(encoder, Int32(bytes.count), &bytes) != 0 else { return nil }
    let index = encoder.pointee.region.sizeIdx
    let size = dmtxGetSymbolAttribute(Int32(DmtxSymAttribSymbolRows.rawValue), index)
    guard size > 0, size == dmtxGetSymbolAttribute(Int32(DmtxSymAttribSymbolCols.rawValue), index) else { return nil }
    return (0..<size).reversed().map { row in
      (0..<size).map { column in
        dmtxSymbolModuleStatus(encoder.pointee.message, index, row, column) & DmtxModuleOnRGB != 0
      }
    }
  }

  /// The dark modules as an SVG path, a run of neighbors at a time, in units of a module.
  var path: String {
    var path = ""
    for (y, row) in dark.enumerated() {
      var x = 0
      while x < size {
        let end = row[x...].firstIndex { $0 != row[x] } ?? size
        if row[x] { path += "M\(x) \(y)h\(end - x)v1h-\(end - x)z" }
        x = end
      }
    }
    return path
  }
}
