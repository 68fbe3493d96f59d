import Crypto
import Figures
import Ledger

/// Style sheets, scripts, lists of terms and the icon: made once, named by their content, so that a browser keeps them for good.
struct Assets: Sendable {
  struct Asset: Sendable {
    let type: String
    let bytes: [UInt8]
    /// The name with the content in it.
    let served: String
  }

  private let byName: [String: Asset]
  private let byServed: [String: Asset]

  static func shipped(_ catalog: MessageCatalog) -> Assets {
    let files: [(name: String, type: String, bytes: [UInt8])] = [
      ("site.css", "text/css; charset=utf-8", PackageResources.site_css),
      ("figures.css", "text/css; charset=utf-8", Array(Figure.themedStylesheet.utf8)),
      (DowntimePage.stylesheetName, "text/css; charset=utf-8", Array(DowntimePage.stylesheet.utf8)),
      ("site.js", "text/javascript; charset=utf-8", PackageResources.site_js),
      ("live.js", "text/javascript; charset=utf-8", PackageResources.live_js),
      ("casebook.js", "text/javascript; charset=utf-8", PackageResources.casebook_js),
      ("grid.js", "text/javascript; charset=utf-8", PackageResources.grid_js),
      (PrintFrame.stylesheetName, "text/css; charset=utf-8", Array(PrintFrame.stylesheet.utf8)),
      (AboutFrame.scriptName, "text/javascript; charset=utf-8", PackageResources.about_js),
      ("icon.svg", "image/svg+xml", PackageResources.icon_svg),
    ]
    return Assets(
      files
        + Language.allCases.map { language in
          (name: TermList.name(language), type: "application/json", bytes: TermList.bytes(catalog[language]))
        })
  }

  private init(_ files: [(name: String, type: String, bytes: [UInt8])]) {
    var byName: [String: Asset] = [:]
    for file in files {
      let hash = String(Digest(of: file.bytes).description.prefix(12))
      byName[file.name] = Asset(type: file.type, bytes: file.bytes, served: "\(hash)-\(file.name)")
    }
    self.byName = byName
    byServed = Dictionary(uniqueKeysWithValues: byName.values.map { ($0.served, $0) })
  }

  /// The path under which a page names one.
  func path(_ name: String) -> String { "/assets/" + (byName[name]?.served ?? name) }

  /// The one that a path names.
  func asset(served name: String) -> Asset? { byServed[name] }
}
