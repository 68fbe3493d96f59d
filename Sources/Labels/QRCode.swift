import CQRCode
public import Markup

/// A QR code (ISO/IEC 18004:2015) of a text, with error correction level M: what the camera of a telephone reads.
///
/// Cells carry DataMatrix symbols, which hand scanners read; this one is for an authenticator app. libqrencode draws it.
public struct QRCode: Hashable, Sendable {
  /// Modules along an edge.
  public let size: Int
  /// Whether a module is dark, by row from the top, by column from the left.
  public let dark: [[Bool]]

  /// The bytes of the longest text: a larger code a screen would hardly show.
  static let longest = 213

  /// The smallest code of a text; nil for an empty one, and for one of more than 213 bytes.
  public init?(_ text: String) {
    guard text.utf8.count <= QRCode.longest, !text.utf8.contains(0),
      let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M)
    else { return nil }
    defer { QRcode_free(code) }
    let width = Int(code.pointee.width)
    guard let modules = code.pointee.data else { return nil }
    size = width
    // The lowest bit of a module says whether it is dark.
    dark = (0..<width).map { y in (0..<width).map { x in modules[y * width + x] & 1 == 1 } }
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
