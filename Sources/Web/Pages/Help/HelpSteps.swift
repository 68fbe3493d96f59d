import Trial

/// What each role does on the site, in plain words.
enum HelpSteps {
  static func steps(of role: Role, _ words: Words) -> [String] {
    switch role {
    case .principalInvestigator, .subInvestigator:
      investigator(words) + (role == .subInvestigator ? [] : principal(words))
    case .coordinator, .nurse: site(words)
    case .cellLaboratory: laboratory(words)
    case .qualityAssurance: quality(words)
    case .monitor: monitor(words)
    case .dataManager: dataManager(words)
    case .safetyOfficer: safetyOfficer(words)
    case .safetyBoard: board(words)
    case .statistician, .inspector: reader(words)
    case .administrator: administrator(words)
    case .sponsor: sponsor(words)
    }
  }

  static func everybody(_ words: Words) -> [String] {
    [
      words[
        "Nothing is ever deleted. What was wrong is corrected with a reason, and the earlier value stays readable."],
      words["A signature asks for your password again. Read what stands above it: exactly that is signed."],
      words[
        "What is not known is shown as unknown. A gate with an unknown line is closed, and nobody can open it by hand."],
      words["Write no name and no birth date into a free text."],
      words["Without a connection nothing can be recorded, and every gate counts as closed."],
    ]
  }

  private static func investigator(_ words: Words) -> [String] {
    [
      words["Begin with Today: what waits for you stands there, the most urgent first."],
      words[
        "Under Screening open a candidate: the verdict stands first, then what bars and what is missing. Sign eligibility only there."
      ],
      words[
        "On the page of a participant look at the next gate: each line says whether it is true, on what that rests and what to do."
      ],
      words["Confirm grades and judge the relation of adverse events; the report clocks follow by themselves."],
      words["Order lymphodepletion and infusion, and sign the re-checks before each."],
    ]
  }

  private static func principal(_ words: Words) -> [String] {
    [
      words["Delegate tasks under Accounts; a delegation counts once both have signed."],
      words[
        "Under Study adopt what is provisional, answer questions of dose-limiting toxicity, and open or close your site."
      ],
      words["Sign the casebook of a participant once it is complete and no query is open."],
    ]
  }

  private static func site(_ words: Words) -> [String] {
    [
      words["Begin with Today: what waits for you stands there, the most urgent first."],
      words[
        "Open a participant, then the visit of the day, and fill in its forms; each item is saved when you leave it."],
      words["Where there is no answer say why: not done, unknown or not applicable. An empty field is no answer."],
      words["Answer queries under Queries: correct the form first where it was wrong, then say what you did."],
      words["Record the steps of cells at your site at the moment at which they happen, by scanning the labels."],
    ]
  }

  private static func laboratory(_ words: Words) -> [String] {
    [
      words["Open Product: each lot stands with its next step and what expires when."],
      words["Scan the label at every hand-over; a label that does not fit stops the product."],
      words["Enter release tests with their reports; quality assurance releases on them."],
      words["Record what was lost or damaged at once: it puts the product into quarantine."],
    ]
  }

  private static func quality(_ words: Words) -> [String] {
    [
      words["Open Product: lots that wait for release stand first, each line with its test and its limit."],
      words["Release or reject a lot by your signature; a line that is not true cannot be signed over."],
      words["Resolve quarantines and classify deviations, each with its corrective action."],
    ]
  }

  private static func monitor(_ words: Words) -> [String] {
    [
      words["Open a form and compare it with its source; verify the items that agree and name the source."],
      words["Raise a query where something does not agree; close it once the answer satisfies you."],
      words["What was changed after it was verified is marked and waits for you again."],
      words["Classify deviations, and follow consent and delegation of your sites."],
    ]
  }

  private static func dataManager(_ words: Words) -> [String] {
    [
      words["Under Queries filter by status, site and participant; the oldest open one stands first."],
      words["Freeze what is clean, lock what is final; unlocking needs a reason and the investigator is told."],
      words["Under Audit trail check that the ledger is whole, and keep the checkpoint outside."],
      words["Exports are recorded before they are handed out."],
    ]
  }

  private static func safetyOfficer(_ words: Words) -> [String] {
    [
      words["Open Safety: serious events stand with their report clocks; judge whether each was expected."],
      words["Confirm or dispute answers to questions of dose-limiting toxicity under Study."],
      words["Set a hold at once where people may be at risk; the board lifts it, and you accept that."],
    ]
  }

  private static func board(_ words: Words) -> [String] {
    [
      words["Open Safety: the report as of a cut-off, the boundary, and where the study stands."],
      words["Record reviews, votes and interests with their minutes under Study."],
      words["Decide on holds and on disputed questions; what the board decides is signed by those who voted."],
    ]
  }

  private static func reader(_ words: Words) -> [String] {
    [
      words["You read everything and change nothing. Under Study stand the protocol and its rules."],
      words["Under Audit trail stands every event, as of any position; check there that the ledger is whole."],
      words["Exports are recorded before they are handed out."],
    ]
  }

  private static func administrator(_ words: Words) -> [String] {
    [
      words["Under Accounts make an account, check who the person is, enable it and grant a role."],
      words["Record training: without it a role may do nothing."],
      words["Reset passwords and unlock accounts with a reason; the person is told at the next sign-in."],
      words["You see nothing clinical and sign for nobody."],
    ]
  }

  private static func sponsor(_ words: Words) -> [String] {
    [
      words["Under Accounts appoint who works for the sponsor, for quality assurance and in the laboratory."],
      words["Appoint the members of the safety board."],
    ]
  }
}
