import ClinicalValues
import Conduct
import Markup
import Trial

/// What others did to the reader's account since they last signed in.
enum AccountNotices {
  /// - Parameters:
  ///   - account: the reader's, as it stands now.
  ///   - zone: that of the reader's site.
  @MarkupBuilder static func markup(
    _ session: Session, _ account: Account?, zone: String, _ acts: ActLinks
  ) -> Markup {
    let words = acts.words
    for notice in session.notices {
      Notice.markup(
        .warning,
        .text(
          words(
            "Your account: {what}, on {when} by {who}.",
            [
              "what": words.title(notice.kind),
              "when": words.placed(ZoneClock.moment(notice.at, zone: zone)), "who": notice.by.description,
            ])),
        .text(words["If you do not know of it, tell your monitor at once."]))
    }
    if let reset = account?.access.unconfirmedResets.last {
      Notice.markup(
        .warning,
        .text(
          words(
            "Your password was given by {who}, on {when}: nothing can be recorded or signed with your account yet.",
            ["who": reset.by, "when": words.placed(ZoneClock.moment(reset.at, zone: zone))])),
        .text(
          words["The principal investigator of your site, or the sponsor's signatory, asks you and confirms it."]))
    } else if account?.access.resetUnacknowledged == true {
      Markup.tag("p") {
        acts.link(AcknowledgeReset.self, words["I know of this reset"], [("account", session.account.description)])
      }
    }
  }
}

extension AccountNotice.Kind: Titled {
  var title: String {
    switch self {
    case .passwordReset: "the password was reset"
    case .secondFactorRemoved: "the second factor was taken out of use"
    case .locked: "locked after failed attempts"
    case .unlocked: "unlocked"
    }
  }
}
