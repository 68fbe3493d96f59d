public import Markup

/// A QR code (ISO/IEC 18004:2015) of a text, in byte mode with error correction level M: what the camera of a telephone reads.
///
/// Cells carry DataMatrix symbols, which hand scanners read; this one is for an authenticator app.
public struct QRCode: Hashable, Sendable {
  /// Modules along an edge.
  public let size: Int
  /// Whether a module is dark, by row from the top, by column from the left.
  public let dark: [[Bool]]

  /// The smallest code of a text; nil for one of more than 213 bytes (version 10), which a screen would hardly show.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard let version = QRVersion.all.first(where: { bytes.count <= $0.capacity }) else { return nil }
    let grid = QRGrid(version, codewords: version.codewords(of: bytes))
    let masked = (0..<8).map { grid.masked(by: $0) }
    guard let best = masked.min(by: { $0.penalty < $1.penalty }) else { return nil }
    size = version.size
    dark = best.dark
  }

  /// The code as SVG, with the light border of four modules that a reader needs.
  public func svg(title: String) -> Markup {
    let edge = size + 8
    return .tag(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "width": "\(edge * 5)", "height": "\(edge * 5)",
        "viewBox": "0 0 \(edge) \(edge)", "role": "img",
      ]
    ) {
      Markup.tag("title") { title }
      Markup.tag("rect", ["width": "100%", "height": "100%", "fill": "white"])
      Markup.tag("path", ["d": path, "fill": "black", "shape-rendering": "crispEdges"])
    }
  }

  /// The dark modules, a run of neighbors at a time, inside the border.
  private var path: String {
    var path = ""
    for (y, row) in dark.enumerated() {
      var x = 0
      while x < size {
        let end = row[x...].firstIndex { $0 != row[x] } ?? size
        if row[x] { path += "M\(x + 4) \(y + 4)h\(end - x)v1h-\(end - x)z" }
        x = end
      }
    }
    return path
  }
}
