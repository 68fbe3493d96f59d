import HTTPTypes
import Markup
import Trial

/// What a handler answers.
enum Reply: Sendable {
  /// A page inside the site's frame.
  case page(Page)
  /// Markup by itself: a page that brings its own frame (the public page, a sheet to print), or a part of one.
  case document(Markup, status: HTTPResponse.Status = .ok)
  /// Go on elsewhere, by GET.
  case seeOther(String)
  /// Bytes to be kept as a file, or shown: a type, a name for the file (nil: shown in the page) and the bytes.
  case file(type: String, name: String?, bytes: [UInt8])
  /// JSON text.
  case json(String, status: HTTPResponse.Status = .ok)
  /// A style sheet or a script, kept by the browser for good since its name holds its content.
  case asset(type: String, bytes: [UInt8])
  /// Another look from now on; then back.
  case look(Look, back: String)
  /// Signed in: the browser keeps the token; then on.
  case signedIn(token: String, next: String)
  /// Go on at an identity provider; the browser keeps what ties the answer to it.
  case toProvider(String, binder: String)
  /// Signed in, and a page at once, as its request sees it: the browser keeps the token.
  case signedInto(token: String, Page, PageRequest)
  /// Signed out.
  case signedOut(next: String)
  /// What changes in the study, as server-sent events, until the reader goes or their session ends.
  case events(Session)
  /// Nothing to say.
  case done
}

/// A page of the site: what stands between the frame's navigation and its end.
struct Page: Sendable {
  /// Its title, in the reader's language; also the first heading unless the content brings one.
  let title: String
  /// The place in the navigation that it belongs to.
  let place: NavigationPlace?
  /// The answer's status.
  var status: HTTPResponse.Status = .ok
  /// Where it stands below another page: links before the heading.
  var trail: [(title: String, path: String)] = []
  /// Whether the page shows the state of the study, so that it is fetched anew when that changes.
  var isLive = false
  /// Whom alone it is about: what happens to others does not change it. Nil where it does.
  var about: ParticipantID?
  /// To which path the form was sent that it answers: what was typed there has arrived. Nil where it answers none.
  var answers: String?
  /// Of which place the guide stands on it, where that is another than its own.
  var guide: NavigationPlace?
  /// What stands beside the heading: actions.
  var actions: Markup = .fragment([])
  /// The content.
  let content: Markup

  init(
    _ title: String, at place: NavigationPlace?, status: HTTPResponse.Status = .ok,
    trail: [(title: String, path: String)] = [], isLive: Bool = false, actions: Markup = .fragment([]),
    @MarkupBuilder content: () -> Markup
  ) {
    self.title = title
    self.place = place
    self.status = status
    self.trail = trail
    self.isLive = isLive
    self.actions = actions
    self.content = content()
  }
}
