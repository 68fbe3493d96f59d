import ClinicalValues
import Conduct
import Markup
import Trial

/// What stands around every page: whose data these are, where one is, in which role, and how the page looks.
struct PageFrame: Sendable {
  let site: Site
  let look: Look
  /// Of who reads it; nil where nobody is signed in.
  let session: Session?
  /// Where the reader comes back to who changes how pages look.
  let path: String
  /// That of the reader's site.
  var zone = "UTC"

  private var words: Words { look.words }

  /// A page as a whole document.
  func document(_ page: Page) -> String {
    Markup.element(
      "html",
      [
        Attribute("lang", look.language.tag), Attribute("data-theme", look.theme.rawValue),
        Attribute("data-density", look.density.rawValue),
      ],
      [
        head(page.title),
        .tag(
          "body",
          [
            "data-now": site.clock().description,
            // Whose what is typed here is: a script keeps it for them alone.
            "data-reader": session?.account.description ?? "",
            "data-changed": words["This has changed meanwhile. What you are working in was left as it is."],
            "data-show": words["Show it as it is now"],
            "data-offline": words["There is no connection. What is shown may be old; gates count as closed."],
            "data-ended": words["Your session has ended. What you typed is kept in this tab."],
            "data-unsent": words["Answers not sent yet: {count}"], "data-open": words["Open the form"],
            "data-sign-in": words["Sign in"], "data-left-days": words["{days} d {hours} h"],
            "data-left-hours": words["{hours} h {minutes} min"], "data-left-minutes": words["{minutes} min"],
          ]
        ) { body(page) },
      ]
    ).htmlDocument
  }

  /// The head of every document of the site.
  ///
  /// - Parameter scripts: the scripts of the page, in order.
  func head(_ title: String, scripts: [String] = ["site.js", "live.js", "casebook.js", "grid.js"]) -> Markup {
    .tag("head") {
      Markup.tag("meta", ["charset": "utf-8"])
      Markup.tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
      Markup.tag("meta", ["name": "color-scheme", "content": "light dark"])
      Markup.tag("title") { "\(title) · Tandem" }
      Markup.tag("link", ["rel": "icon", "type": "image/svg+xml", "href": site.assets.path("icon.svg")])
      Markup.tag("link", ["rel": "stylesheet", "href": site.assets.path("site.css")])
      Markup.tag("link", ["rel": "stylesheet", "href": site.assets.path("figures.css")])
      for script in scripts { Markup.tag("script", ["src": site.assets.path(script), "type": "module"]) }
    }
  }

  @MarkupBuilder private func body(_ page: Page) -> Markup {
    Markup.tag("a", ["class": "skip", "href": "#main"]) { words["Skip to the content"] }
    // What is wrong with the page as a whole stands at the top, however far down somebody reads.
    Markup.tag("div", ["id": "connection", "class": "connection", "role": "status"]) {}
    banner
    header
    Markup.tag("div", ["class": "frame"]) {
      if let places { navigation(places, current: page.place) }
      Markup.element(
        "main",
        [Attribute("id", "main"), Attribute("tabindex", "-1")]
          + (page.isLive ? [Attribute("data-live", "/changes")] : [])
          + (page.about.map { [Attribute("data-about", $0.description)] } ?? [])
          + (page.answers.map { [Attribute("data-answers", $0)] } ?? []),
        [
          trail(page.trail), heading(page),
          Guide.markup(at: page.guide ?? page.place, as: session?.acting?.role, words), page.content,
        ])
    }
    footer
    if let places { keys(places) }
  }

  /// The places that a reader is offered; nil where nobody is signed in, or a password must be chosen first.
  private var places: [NavigationPlace]? {
    guard let session, let acting = session.acting, !session.mustChangePassword else { return nil }
    return NavigationPlace.allCases.filter { $0.access.allows(acting.role) }
  }

  /// Says on every page that nobody here exists.
  @MarkupBuilder var banner: Markup {
    if site.kind == .demonstration {
      Markup.tag("aside", ["class": "synthetic", "aria-label": words["SYNTHETIC"]]) {
        Markup.tag("strong") { words["SYNTHETIC"] }
        " " + words["Every person and every value here is invented."]
        if let story = site.story {
          " "
          Part.link(
            ClockPage.path,
            words("It is {moment} here.", ["moment": words.placed(ZoneClock.moment(story.now, zone: zone))]))
        }
      }
    }
  }

  private var header: Markup {
    .tag("header", ["class": "top"]) {
      Markup.tag("a", ["class": "brand", "href": "/"]) { "Tandem" }
      Markup.tag("div", ["class": "settings"]) {
        lookForm
        if let session { account(session) }
      }
    }
  }

  /// Language, theme and density; each a button, so that they work without scripts.
  var lookForm: Markup {
    .tag("form", ["method": "post", "action": "/look", "class": "look"]) {
      Markup.tag("input", ["type": "hidden", "name": "back", "value": path])
      for language in Language.allCases where language != look.language {
        Markup.tag(
          "button", ["name": "language", "value": language.rawValue, "lang": language.tag, "class": "plain"]
        ) { language.name }
      }
      let theme = look.theme == .dark ? Look.Theme.light : .dark
      Markup.tag("button", ["name": "theme", "value": theme.rawValue, "class": "plain"]) {
        theme == .dark ? words["Dark"] : words["Light"]
      }
      let density = look.density == .compact ? Look.Density.comfortable : .compact
      Markup.tag("button", ["name": "density", "value": density.rawValue, "class": "plain"]) {
        density == .compact ? words["Compact"] : words["Comfortable"]
      }
    }
  }

  private func account(_ session: Session) -> Markup {
    .tag("details", ["class": "menu"]) {
      Markup.tag("summary") {
        Markup.tag("span", ["class": "name"]) { session.name }
        if let acting = session.acting {
          Markup.tag("span", ["class": "quiet"]) { words.role(acting) }
        }
      }
      Markup.tag("div", ["class": "sheet"]) {
        if session.roles.count > 1 { Part.link("/role", words["Change the role"]) }
        Part.link("/account", words["My account"])
        Markup.tag("form", ["method": "post", "action": "/sign-out"]) {
          Markup.tag("input", ["type": "hidden", "name": Gatekeeper.csrfField, "value": session.csrf])
          Markup.tag("button", ["class": "plain"]) { words["Sign out"] }
        }
      }
    }
  }

  private func navigation(_ places: [NavigationPlace], current: NavigationPlace?) -> Markup {
    .tag("nav", ["class": "places", "aria-label": words["Places"]]) {
      Markup.tag("ul") {
        for place in places {
          Markup.tag("li") {
            Markup.element(
              "a",
              [Attribute("href", place.path), Attribute("data-key", String(place.key))]
                + (place == current ? [Attribute("aria-current", "page")] : []), [.text(place.title(words))])
          }
        }
      }
    }
  }

  /// The keys of the site, which the script opens and adds those of the page to.
  private func keys(_ places: [NavigationPlace]) -> Markup {
    .tag("dialog", ["id": "keys", "aria-labelledby": "keys-title"]) {
      Markup.tag("h2", ["id": "keys-title"]) { words["Keys"] }
      Markup.tag("dl", ["class": "facts"]) {
        key(["?"], words["This list"])
        key(["/"], words["To the search"])
        key(["Esc"], words["Close"])
        key(["Alt+H"], words["In a form: the history of the item"])
        for place in places { key(["g", String(place.key)], place.title(words)) }
      }
      Markup.tag("form", ["method": "dialog"]) { Markup.tag("button", ["class": "second"]) { words["Close"] } }
    }
  }

  /// Keys that are pressed one after the other, and what they do.
  private func key(_ pressed: [String], _ title: String) -> Markup {
    .tag("div") {
      Markup.tag("dt") { title }
      Markup.tag("dd") { for (place, key) in pressed.enumerated() { pressedKey(key, isFirst: place == 0) } }
    }
  }

  @MarkupBuilder private func pressedKey(_ key: String, isFirst: Bool) -> Markup {
    if !isFirst { " " }
    Markup.tag("kbd") { key }
  }

  @MarkupBuilder private func trail(_ links: [(title: String, path: String)]) -> Markup {
    if !links.isEmpty {
      Markup.tag("nav", ["class": "trail", "aria-label": words["Where this page stands"]]) {
        for link in links {
          Part.link(link.path, link.title)
          Markup.tag("span", ["aria-hidden": "true"]) { " › " }
        }
      }
    }
  }

  private func heading(_ page: Page) -> Markup {
    .tag("div", ["class": "heading"]) {
      Markup.tag("h1") { page.title }
      page.actions
    }
  }

  /// Without a script there are no keys, and their button stays hidden.
  private var footer: Markup {
    .tag("footer") {
      if places != nil {
        Markup.element(
          "button",
          [
            Attribute("type", "button"), Attribute("class", "plain"), Attribute("data-opens", "keys"),
            Attribute("hidden", nil),
          ], [.text(words["Press ? for the keys that this page knows."])])
      }
    }
  }
}

extension Words {
  /// A role as it is acted in, with its site.
  func role(_ acting: Acting) -> String {
    self[acting.role.title] + (acting.site.map { " · " + self("site {site}", ["site": $0.description]) } ?? "")
  }
}
