import ClinicalValues
import StudyDesign
import Trial

/// What happens to one participant. The usual way follows from a few days; what is out of the usual stands in `events`.
struct Story: Sendable {
  /// A name for this table only, such as `A1`.
  let key: String
  let site: String
  let cohort: String
  let name: String
  /// The example record of the study that the illness begins from.
  let example: String
  /// The day of the eligibility decision, counted from the opening of the study, a Monday; on a Thursday all that hangs on
  /// it falls on working days.
  let decision: Int
  var end = Goal.followUp
  /// Day 0, counted from the opening.
  var infusion: Int?
  var course: CourseOutline = CourseOutline()
  /// What screening finds otherwise than the example, by concept; the first round only.
  var findings: [String: BundleWriter.Finding] = [:]
  /// Days after the decision on which cells are collected.
  var collection = 21
  /// What happens to the product out of the usual.
  var product = ProductTurn.usual
  /// The minutes after which the infusion is paused, and for how long; nil for never.
  var isPaused = false
  /// What is typed wrong.
  var slips: [Slip] = []
  /// What else happens, by day from the opening.
  var events: [(day: Int, time: String, what: Act)] = []

  /// How far somebody has come when the demonstration ends, or how they left.
  enum Goal: Sendable, Hashable, Comparable {
    case candidate, consented, screening, failed, eligible, enrolled, collected, manufacturing, released, conditioning,
      followUp
  }

  /// The course as far as it differs between participants.
  struct CourseOutline: Sendable {
    var response = Course.Response.good
    var crs = 0
    var crsDay = 3
    var isSlowToRecover = false
    /// The day of visit D28, where it was late.
    var lateD28 = 28
    var infection: ClosedRange<Int>?
    /// The lowest ICE score, and the day on which it is found.
    var lowestICE: (score: Int, day: Int)?
    /// Days after Day 0 to which visits were seen; nil for all.
    var lastVisit: Int?
    /// Whether the infusion is put off by three days for fever on its eve.
    var isPutOff = false
    /// How far the cells multiply, in percent of the usual.
    var expansion = 100
    /// The day on which the illness is back, and what it is treated with anew.
    var flare: (day: Int, treatment: String)?
    /// Visits to which the participant did not come, with why, in the words of the form.
    var missed: [String: String] = [:]
  }

  /// What somebody types wrong, and when it is put right: the form, its item, what the report says and what was typed.
  struct Slip: Sendable {
    let form: String
    let item: String
    let meant: String
    let typed: String
    let corrected: Int
    let reason: String
  }

  /// What is out of the usual in manufacturing and transport.
  enum ProductTurn: Sendable, Hashable {
    case usual
    /// The first lot is rejected; a second collection follows after so many days.
    case failedLot(secondCollection: Int)
    /// Too few cells: an exceptional release.
    case exceptional
    /// Too warm on the way to the site; quality assurance finds it fit for use.
    case tooWarm
    /// Released before the final sterility result.
    case early
  }
}

extension Story {
  /// The course of illness and therapy.
  var courseOfValues: Course {
    Course(
      cohort: cohort, response: course.response, crs: course.crs, crsDay: course.crsDay,
      isSlowToRecover: course.isSlowToRecover, infection: course.infection, globulin: globulin.own)
  }

  /// Since which day the participant, on a day, has taken no medicine of the illness; nil where one is taken then.
  func drugFree(onDay day: Int) -> Int? {
    // Multiple sclerosis: the last medicine was stopped months before lymphodepletion. Others take prednisone until then.
    let washedOut = cohort == "ms" ? -100 : 0
    guard day >= washedOut else { return nil }
    let own = medicines.filter { $0.reason == "TARGET DISEASE" && $0.start <= day }
    guard own.allSatisfy({ ($0.end ?? .max) < day }) else { return nil }
    return own.compactMap(\.end).max().map { $0 + 1 } ?? washedOut
  }

  /// What is found on examination while the illness is active.
  var sign: (part: String, finding: String)? {
    switch cohort {
    case "sle": ("SKIN", "Malar rash.")
    case "ssc": ("SKIN", "Thickened skin of hands, forearms and face.")
    case "iim": ("MUSCLE", "Proximal weakness, hips more than shoulders.")
    case "ss": ("GLAND", "Parotid glands enlarged on both sides.")
    case "ms": ("NEURO", "Spastic gait, Babinski's sign on the left.")
    default: nil
    }
  }
}

/// Something that is out of the usual, done on its day.
enum Act: Sendable {
  case screenAgain(decision: Int)
  case bridge(String)
  case deferLymphodepletion(String)
  case withdraw(Withdrawal.Scope, String)
  /// The visit after the last procedure of somebody who left before any infusion.
  case safetyVisit
  case death(String)
  case partnerPregnancy
  case partnerDelivery(String)
  case reconsent(String)
  case attemptContact(inWriting: Bool)
  case lose
  case findAgain
  case deviation(DeviationKind, String, DeviationSeverity, why: String, fix: [String])
  case visitAfterDowntime(String, hours: Int)
  case askDLT(QualifyingToxicity, onset: Int, String)
  case answerDLT(DLTBasis, days: Int?)
  case confirmDLT
  case disputeDLT(DLTBasis)
  case boardDecidesDLT(DLTBasis)
  case eraseIdentity(String)
  case loseCapacity(String)
  case regainCapacity
  case destroyCells
}

/// What happens in the study as a whole, by day from the opening.
enum StudyAct: Sendable {
  case review(BoardDecision, changes: String?)
  case decideLift
  case acceptLift
  case operationalHold(String)
  case liftOperationalHold
  case amend
  case consentForm(String)
  /// Ethics committee and authority are told of the hold.
  case tellAuthorities
  /// A laboratory's limits change from a day on; the example file of its site.
  case ranges(String, from: Int)
}
