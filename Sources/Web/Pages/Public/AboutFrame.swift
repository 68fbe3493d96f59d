import Markup

/// The frame of the public page: language and look, no places and no account. It is the same for everybody, signed in or not.
struct AboutFrame {
  private let frame: PageFrame
  private let look: Look
  private let assets: Assets
  private var words: Words { look.words }

  /// The name of the page's script.
  static let scriptName = "about.js"

  init(_ request: PageRequest) {
    frame = PageFrame(site: request.site, look: request.look, session: nil, path: request.returnPath)
    look = request.look
    assets = request.site.assets
  }

  func document(_ title: String, @MarkupBuilder _ content: () -> Markup) -> Markup {
    .tag(
      "html",
      ["lang": look.language.tag, "data-theme": look.theme.rawValue, "data-density": look.density.rawValue]
    ) {
      frame.head(title, scripts: [AboutFrame.scriptName])
      Markup.tag("body") {
        Markup.tag("a", ["class": "skip", "href": "#main"]) { words["Skip to the content"] }
        frame.banner
        Markup.tag("header", ["class": "top"]) {
          Markup.tag("span", ["class": "brand"]) { words["About the study"] }
          Markup.tag("div", ["class": "settings"]) { frame.lookForm }
        }
        Markup.tag("main", ["id": "main", "class": "public", "tabindex": "-1"]) {
          Markup.tag("h1") { title }
          content()
        }
        Markup.tag("footer") {
          Markup.tag("p", ["class": "quiet"]) { words["Nothing that you enter on this page leaves your browser."] }
          Markup.tag("p", ["class": "quiet"]) { Part.link("/sign-in", words["For those who work in the study"]) }
        }
      }
    }
  }
}
