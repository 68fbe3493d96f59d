import Markup

/// A box that says something at once: what kind it is stands in words and in a mark, not in color alone.
enum Notice {
  /// What kind.
  enum Kind: String {
    /// Something is done.
    case done
    /// To be known.
    case note
    /// Needs attention.
    case warning
    /// Cannot go on.
    case stop
  }

  static func markup(_ kind: Kind, _ lines: Markup...) -> Markup {
    let isUrgent = kind == .stop || kind == .warning
    return .tag("div", ["class": "notice \(kind.rawValue)", "role": isUrgent ? "alert" : "status"]) {
      for line in lines { Markup.tag("p") { line } }
    }
  }
}
