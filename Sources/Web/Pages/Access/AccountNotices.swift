import ClinicalValues
import Conduct
import Markup
import Trial

/// What others did to the reader's account since they last signed in.
enum AccountNotices {
  @MarkupBuilder static func markup(_ session: Session, _ words: Words) -> Markup {
    for notice in session.notices {
      Notice.markup(
        .warning,
        .text(
          words(
            "Your account: {what}, on {when} by {who}.",
            [
              "what": words.title(notice.kind), "when": words.moment(Moment(notice.at)),
              "who": notice.by.description,
            ])),
        .text(words["If you do not know of it, tell your monitor at once."]))
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
