import Markup
import Trial

/// What a role does at a place of the site, in plain words, step by step: shown on the pages of the place, and all together as help.
enum Guide {
  /// The steps; none where there is nothing to be said.
  static func steps(at place: NavigationPlace, as role: Role, _ words: Words) -> [String] {
    switch place {
    case .today: [words["Begin with Today: what waits for you stands there, the most urgent first."]]
    case .screening: screening(role, words)
    case .participants: participants(role, words)
    case .product: product(role, words)
    case .safety: safety(role, words)
    case .queries: queries(role, words)
    case .study: study(role, words)
    case .act:
      [
        words[
          "Each act has its form here. Before anything is recorded you see what will be, and sign it where that is asked."
        ]
      ]
    case .exports: [words["Exports are recorded before they are handed out."]]
    case .audit: audit(role, words)
    case .accounts: accounts(role, words)
    case .help: []
    }
  }

  /// The steps on a page of a place, to be opened; nothing where there are none.
  @MarkupBuilder static func markup(at place: NavigationPlace?, as role: Role?, _ words: Words) -> Markup {
    if let place, let role, case let steps = Guide.steps(at: place, as: role, words), !steps.isEmpty {
      Markup.tag("details", ["class": "guide no-print", "id": "guide"]) {
        Markup.tag("summary") { words("What you do here as {role}", ["role": words.title(role)]) }
        Markup.tag("ol", ["class": "stack"]) { for step in steps { Markup.tag("li") { step } } }
        Markup.tag("p") { Part.link(NavigationPlace.help.path, words["The whole guide, marks and keys"]) }
      }
    }
  }

  /// What holds for everybody.
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

  // MARK: with participants

  private static func screening(_ role: Role, _ words: Words) -> [String] {
    switch role {
    case .principalInvestigator, .subInvestigator:
      [
        words[
          "Under Screening open a candidate: the verdict stands first, then what bars and what is missing. Sign eligibility only there."
        ]
      ]
    case .coordinator, .nurse:
      [
        words["Open a candidate: the verdict stands first, then what bars, then what to order, by kind of work."],
        words[
          "Enter a result in the form that is linked beside it, or drop the file of the hospital's record on the page."],
        words["Once nothing is unknown, tell the investigator: only they sign eligibility."],
      ]
    default:
      [
        words[
          "Open a candidate: each criterion says on what it rests, and What was decided says who signed what, when."]
      ]
    }
  }

  private static func participants(_ role: Role, _ words: Words) -> [String] {
    switch role {
    case .principalInvestigator, .subInvestigator:
      [
        words[
          "On the page of a participant look at the next gate: each line says whether it is true, on what that rests and what to do."
        ],
        words["Order lymphodepletion and infusion, and sign the re-checks before each."],
      ]
        + (role == .principalInvestigator
          ? [words["Sign the casebook of a participant once it is complete and no query is open."]] : [])
    case .coordinator, .nurse:
      [
        words[
          "Open a participant, then the visit of the day, and fill in its forms; each item is saved when you leave it."],
        words["Where there is no answer say why: not done, unknown or not applicable. An empty field is no answer."],
      ]
        + (role == .nurse
          ? [
            words[
              "At the bedside open Infusion: two people read wristband and label, each under their own name. What does not fit is recorded, and nothing starts."
            ]
          ] : [])
    case .monitor:
      [
        words["Open a form and compare it with its source; verify the items that agree and name the source."],
        words["What was changed after it was verified is marked and waits for you again."],
        words["Classify deviations, and follow consent and delegation of your sites."],
      ]
    case .dataManager:
      [words["Freeze what is clean, lock what is final; unlocking needs a reason and the investigator is told."]]
    default:
      [
        words[
          "Open a participant: way, forms, cells, safety and response each have a page; every item has its history."]
      ]
    }
  }

  private static func product(_ role: Role, _ words: Words) -> [String] {
    switch role {
    case .cellLaboratory:
      [
        words["Open Product: each lot stands with its next step and what expires when."],
        words["Scan the label at every hand-over; a label that does not fit stops the product."],
        words["Enter release tests with their reports; quality assurance releases on them."],
        words["Record what was lost or damaged at once: it puts the product into quarantine."],
      ]
    case .qualityAssurance:
      [
        words["Open Product: lots that wait for release stand first, each line with its test and its limit."],
        words["Release or reject a lot by your signature; a line that is not true cannot be signed over."],
        words["Resolve quarantines and classify deviations, each with its corrective action."],
      ]
    case .principalInvestigator, .subInvestigator, .coordinator, .nurse:
      [words["Record the steps of cells at your site at the moment at which they happen, by scanning the labels."]]
    default:
      [words["Each line is a step of custody: who had the cells, when, where and at what temperature."]]
    }
  }

  private static func safety(_ role: Role, _ words: Words) -> [String] {
    switch role {
    case .principalInvestigator, .subInvestigator:
      [words["Confirm grades and judge the relation of adverse events; the report clocks follow by themselves."]]
    case .coordinator, .nurse:
      [
        words[
          "Enter an adverse event in its form as soon as you know of it: what is serious has 24 hours from then, and its clock starts by itself."
        ]
      ]
    case .safetyOfficer:
      [
        words["Open Safety: serious events stand with their report clocks; judge whether each was expected."],
        words["Set a hold at once where people may be at risk; the board lifts it, and you accept that."],
      ]
    case .safetyBoard:
      [words["Open Safety: the report as of a cut-off, the boundary, and where the study stands."]]
    default:
      [
        words[
          "Events, grades and clocks stand here as they are recorded; the boundary says how far the study is from a hold."
        ]
      ]
    }
  }

  private static func queries(_ role: Role, _ words: Words) -> [String] {
    switch role {
    case .monitor:
      [
        words["Raise a query where something does not agree; close it once the answer satisfies you."],
        words["Under Verification and freezing stands what nobody has compared with its source yet."],
      ]
    case .safetyOfficer:
      [words["Raise a query where something does not agree; close it once the answer satisfies you."]]
    case .dataManager:
      [
        words["Under Queries filter by status, site and participant; the oldest open one stands first."],
        words["Under Verification and freezing stands what is clean: freeze it."],
      ]
    case .principalInvestigator, .subInvestigator, .coordinator, .nurse, .cellLaboratory:
      [words["Answer queries under Queries: correct the form first where it was wrong, then say what you did."]]
    default: [words["Questions about data stand here with their answers, and who waits for whom."]]
    }
  }

  // MARK: the study and its record

  private static func study(_ role: Role, _ words: Words) -> [String] {
    let own: [String] =
      switch role {
      case .principalInvestigator:
        [
          words[
            "Under Study adopt what is provisional, answer questions of dose-limiting toxicity, and open or close your site."
          ]
        ]
      case .safetyOfficer: [words["Confirm or dispute answers to questions of dose-limiting toxicity under Study."]]
      case .safetyBoard:
        [
          words["Record reviews, votes and interests with their minutes under Study."],
          words["Decide on holds and on disputed questions; what the board decides is signed by those who voted."],
        ]
      default: []
      }
    return own + [
      words[
        "The protocol's text, its criteria with their rules and what changed between versions, word by word, stand here."
      ]
    ]
  }

  private static func audit(_ role: Role, _ words: Words) -> [String] {
    let reading =
      role == .administrator
      ? words["You see here what concerns accounts and access, nothing clinical."]
      : words[
        "Every event that you may read stands here, the newest first; As of shows the trail as it stood at a moment."]
    return [reading, words["Check here that the ledger is whole."]]
      + (role == .dataManager
        ? [words["Keep the signed checkpoint outside: it shows later that nothing was changed."]] : [])
  }

  private static func accounts(_ role: Role, _ words: Words) -> [String] {
    switch role {
    case .administrator:
      [
        words["Under Accounts make an account, check who the person is, enable it and grant a role."],
        words["Record training: without it a role may do nothing."],
        words["Reset passwords and unlock accounts with a reason; the person is told at the next sign-in."],
        words["You see nothing clinical and sign for nobody."],
      ]
    case .principalInvestigator:
      [words["Delegate tasks under Accounts; a delegation counts once both have signed."]]
    case .sponsor:
      [
        words["Under Accounts appoint who works for the sponsor, for quality assurance and in the laboratory."],
        words["Appoint the members of the safety board."],
      ]
    default: [words["Who works here, in what role, with which training and delegation, and since when."]]
    }
  }
}
