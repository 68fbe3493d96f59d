import Trial

/// The places of the site, in the order of its navigation. What a role may not see is not offered.
enum NavigationPlace: String, Sendable, CaseIterable {
  case today, screening, participants, product, safety, queries, study, act, exports, audit, accounts, help

  /// Where it is.
  var path: String {
    switch self {
    case .today: "/"
    default: "/" + rawValue
    }
  }

  /// Who may go there: as its route says.
  var access: Access {
    switch self {
    case .today, .screening, .participants, .product, .safety, .queries, .study: .clinicalReader
    case .exports: .permitted(.export)
    case .audit: .permitted(.readAudit)
    case .accounts: .accountReader
    case .act, .help: .member
    }
  }

  /// Its title.
  func title(_ words: Words) -> String {
    switch self {
    case .today: words["Today"]
    case .screening: words["Screening"]
    case .participants: words["Participants"]
    case .product: words["Product"]
    case .safety: words["Safety"]
    case .queries: words["Queries"]
    case .study: words["Study"]
    case .act: words["What I can record"]
    case .exports: words["Exports"]
    case .audit: words["Audit trail"]
    case .accounts: words["Accounts"]
    case .help: words["Help"]
    }
  }

  /// The key that opens it, after `g`.
  var key: Character {
    switch self {
    case .today: "t"
    case .screening: "s"
    case .participants: "p"
    case .product: "c"
    case .safety: "a"
    case .queries: "q"
    case .study: "y"
    case .act: "r"
    case .exports: "x"
    case .audit: "u"
    case .accounts: "o"
    case .help: "h"
    }
  }
}
