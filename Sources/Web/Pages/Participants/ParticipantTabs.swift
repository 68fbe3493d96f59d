import Conduct
import Markup
import Trial

/// The pages about one participant, in the order of the row of links that stands on each of them.
enum ParticipantTab: String, CaseIterable {
  case overview, product, infusion, safety, response, timeline, way, documents, audit

  /// Where it is.
  func path(_ id: ParticipantID) -> String {
    switch self {
    case .overview: "/participants/\(id)"
    case .audit: "/audit?participant=\(Fields.encoded(id.description))"
    default: "/participants/\(id)/\(rawValue)"
    }
  }

  /// Whether nothing that happens to others changes it: gates count the distance to the others.
  var isOfOneAlone: Bool {
    switch self {
    case .safety, .response, .timeline, .way, .documents, .audit: true
    case .overview, .product, .infusion: false
    }
  }

  /// Of which place its guide is, where that is not the participants'.
  var guide: NavigationPlace? {
    switch self {
    case .product: .product
    case .safety: .safety
    case .overview, .infusion, .response, .timeline, .way, .documents, .audit: nil
    }
  }

  /// Its title.
  func title(_ words: Words) -> String {
    switch self {
    case .overview: words["Overview"]
    case .product: words["Product"]
    case .infusion: words["Infusion"]
    case .safety: words["Safety"]
    case .response: words["Response"]
    case .timeline: words["Timeline"]
    case .way: words["The way so far"]
    case .documents: words["Documents"]
    case .audit: words["Audit trail"]
    }
  }
}

/// The row of links between the pages about one participant.
enum ParticipantTabs {
  static func markup(_ id: ParticipantID, current: ParticipantTab, _ words: Words) -> Markup {
    let links = ParticipantTab.allCases.map { (path: $0.path(id), title: $0.title(words)) }
    return TabRow.markup(
      links, current: current.path(id), label: words("Pages about {participant}", ["participant": id.description]))
  }
}

/// A row of links between pages that belong together.
enum TabRow {
  static func markup(_ links: [(path: String, title: String)], current: String, label: String) -> Markup {
    .tag("nav", ["class": "tabs", "aria-label": label]) {
      Markup.tag("ul") {
        for link in links {
          Markup.tag("li") {
            Markup.element(
              "a",
              [Attribute("href", link.path)] + (link.path == current ? [Attribute("aria-current", "page")] : []),
              [.text(link.title)])
          }
        }
      }
    }
  }
}

extension Page {
  /// A page about one participant, with the links to the others.
  init(
    of id: ParticipantID, _ tab: ParticipantTab, _ words: Words, isLive: Bool = false,
    actions: Markup = .fragment([]), @MarkupBuilder content: () -> Markup
  ) {
    self.init(
      words("{participant}: {page}", ["participant": id.description, "page": tab.title(words)]), at: .participants,
      trail: [(words["Participants"], "/participants"), (id.description, "/participants/\(id)")], isLive: isLive,
      actions: actions
    ) {
      ParticipantTabs.markup(id, current: tab, words)
      content()
    }
    if tab.isOfOneAlone { about = id }
    guide = tab.guide
  }
}

extension PageRequest {
  /// The protocol version that the participant is under now.
  func edition(of id: ParticipantID, in state: TrialState) async throws -> ProtocolShelf.Edition {
    try live.shelf.edition(of: id, at: try await now(), in: state)
  }
}
