import Markup

/// Style sheets, scripts, how pages look, and the feed of changes.
enum AssetPages {
  static let routes: [Route] = [
    .get("/assets/{name}", .everyone) { request in
      guard let asset = request.parameters["name"].flatMap(request.site.assets.asset(served:)) else { throw NotFound() }
      return .asset(type: asset.type, bytes: asset.bytes)
    },
    // It has in it where the reader was, with the query.
    .post("/look", .everyone, bodyLimit: 16 * 1024) { request in
      .look(Look(changed: request.form, from: request.look, site: request.site), back: back(request))
    },
    // To everybody who has pages: that something has changed says nothing of what it is.
    .get("/changes", .member) { request in .events(try request.signedIn()) },
  ]

  /// Where the reader was: a path of this site, nothing else.
  private static func back(_ request: PageRequest) -> String { LocalPath(request.form["back"]).path }
}

/// A path of this site that came from outside; anything else leads to the first page, so that nobody is sent elsewhere.
struct LocalPath: Sendable, Hashable {
  let path: String

  init(_ text: String?) {
    let isLocal =
      text.map { text in
        text.hasPrefix("/") && !text.hasPrefix("//") && !text.contains("\\")
          && text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value < 0x7F }
      } ?? false
    path = isLocal ? text ?? "/" : "/"
  }
}

extension Look {
  /// The same with what a form changes.
  init(changed form: Fields, from look: Look, site: Site) {
    self.init(
      language: form["language"].flatMap { Language(rawValue: $0) } ?? look.language,
      theme: form["theme"].flatMap { Theme(rawValue: $0) } ?? look.theme,
      density: form["density"].flatMap { Density(rawValue: $0) } ?? look.density, site: site)
  }
}
