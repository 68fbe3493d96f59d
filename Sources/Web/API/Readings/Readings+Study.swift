import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

/// The study as it stands.
struct StudyReading: Sendable {
  let state: TrialState
  let plan: ConductPlan
  let editions: [ProtocolShelf.Edition]
  let now: Moment
  /// Who reads it.
  let acting: Acting
}

/// A version of the protocol, and how it came into force.
private struct VersionReading: Sendable {
  let version: ProtocolVersion
  let entered: ProtocolInForce?
}

/// A site of the study.
private struct SiteReading: Sendable {
  let site: SiteState
  let isOpen: Bool
  let now: Moment
}

extension Readings {
  private static let version = Shape<VersionReading>.object(
    "ProtocolVersion", "A version of the protocol that the program has.",
    [
      .text("version") { $0.version.version },
      .text("digest", "SHA-256 of its folder.") { $0.version.digest.description },
      .textOrNull("inForceFrom") { $0.entered?.from.description },
      .textOrNull("appliesTo") { $0.entered?.appliesTo.rawValue },
    ])

  private static let site = Shape<SiteReading>.object(
    "Site", "A site.",
    [
      .text("site") { $0.site.id.description }, .text("name") { $0.site.name }, .text("zone") { $0.site.zone },
      .textOrNull("consent", "The consent version in force.") { $0.site.consentVersion(at: $0.now) },
      .truth("open", "Whether it enrolls.") { $0.isOpen },
    ])

  private static let slots = Shape<(all: Int, counts: SlotCounts)>.object(
    "Slots", "Places of the study.",
    [
      .number("all") { $0.all }, .number("taken") { $0.counts.taken },
      .number("everEnrolled") { $0.counts.everEnrolled }, .number("infused") { $0.counts.infused },
    ])

  /// The study.
  static let study = Shape<StudyReading>.object(
    "Study", "The study: slots, what is open, holds, versions, sites.",
    [
      .textOrNull("study") { $0.state.study.study }, .truth("synthetic") { $0.state.study.isSynthetic },
      .text("at") { $0.now.description },
      .object("slots", slots) { (all: $0.plan.way.slots, counts: $0.state.study.counts(of: $0.plan.way)) },
      .texts("open", "What enrolls: the study, sites, cohorts.") { $0.state.study.open.map(\.description).sorted() },
      .list("holds", hold) { $0.state.study.holds(seenBy: $0.acting) },
      .list("versions", version) { reading in
        reading.editions.map { edition in
          VersionReading(
            version: edition.version,
            entered: reading.state.study.versions.last {
              $0.version == edition.version.version && $0.digest == edition.version.digest
            })
        }
      },
      .list("sites", site) { reading in
        reading.state.sites.values.sorted { $0.id < $1.id }.map {
          SiteReading(site: $0, isOpen: reading.state.study.open.contains(.site($0.id)), now: reading.now)
        }
      },
    ])

  private static let criterionText = Shape<(criterion: Criterion, cql: String?)>.object(
    "Criterion", "A criterion: the words of the source, and the rule that decides it.",
    [
      .text("id") { $0.criterion.id },
      .choice("kind", of: Criterion.Kind.allCases.map(\.rawValue)) { $0.criterion.kind.rawValue },
      .text("title") { $0.criterion.title }, .text("text") { $0.criterion.text },
      .textOrNull("lay") { $0.criterion.lay }, .texts("cohorts", "Empty: all.") { $0.criterion.cohorts.map(\.value) },
      .truth("provisional") { $0.criterion.isProvisional }, .textOrNull("cql") { $0.cql },
    ])

  /// The criteria of a version.
  static let criteria = Shape<(study: Study, texts: [String: String])>.object(
    "Criteria", "The criteria of a version, in the protocol's order.",
    [
      .text("version") { $0.study.version },
      .list("criteria", criterionText) { pair in
        pair.study.criteria.map { (criterion: $0, cql: pair.texts[$0.id]) }
      },
    ])

  private static let visitPlan = Shape<VisitPlan>.object(
    "VisitPlan", "A visit of the schedule: its days are counted from the anchor.",
    [
      .text("visit") { $0.id }, .text("title") { $0.title },
      .choice("anchor", of: VisitAnchor.allCases.map(\.rawValue)) { $0.anchor.rawValue },
      .number("firstDay") { $0.day.lowerBound }, .number("lastDay") { $0.day.upperBound },
      .number("windowFrom") { $0.window.lowerBound }, .number("windowTo") { $0.window.upperBound },
      .texts("activities") { $0.activities.map(\.activity) },
    ])

  /// The schedule of a version.
  static let schedule = Shape<Study>.object(
    "Schedule", "The schedule of a version.",
    [.text("version") { $0.version }, .list("visits", visitPlan) { $0.schedule.visits }])

  private static let itemPlan = Shape<ItemPlan>.object(
    "ItemPlan", "An item as it is asked.",
    [
      .text("item") { $0.id }, .text("label") { $0.label },
      .choice("type", of: ItemType.allCases.map(\.rawValue)) { $0.type.rawValue }, .texts("units") { $0.units },
      .texts("codes") { $0.codes.map(\.code) }, .textOrNull("concept") { $0.concept },
      .truth("critical") { $0.critical }, .truth("calculated") { $0.calculated != nil },
    ])

  private static let formPlan = Shape<FormPlan>.object(
    "FormPlan", "A form as it is asked.",
    [
      .text("form") { $0.id }, .text("title") { $0.title }, .text("domain") { $0.domain },
      .choice("occurs", of: FormOccurrence.allCases.map(\.rawValue)) { $0.occurs.rawValue },
      .list("items", itemPlan) { $0.items },
    ])

  /// The forms of a version.
  static let formPlans = Shape<Study>.object(
    "FormPlans", "The forms of a version.", [.text("version") { $0.version }, .list("forms", formPlan) { $0.forms }])

  private static let provisionalItem = Shape<(item: ProvisionalItem, isOpen: Bool)>.object(
    "ProvisionalItem", "What the protocol's text lost, and what is applied meanwhile.",
    [
      .text("id") { $0.item.id }, .text("title") { $0.item.title }, .text("lost") { $0.item.lost },
      .textOrNull("reading") { $0.item.reading }, .texts("origin") { $0.item.origin },
      .text("confirm", "Who has to settle it.") { $0.item.confirm }, .truth("adopted") { !$0.isOpen },
    ])

  /// The provisional items of a version.
  static let provisional = Shape<[(item: ProvisionalItem, isOpen: Bool)]>.object(
    "ProvisionalItems", "The provisional items of a version.", [.list("items", provisionalItem) { $0 }])

  private static let change = Shape<StudyDiff.Change>.object(
    "Change", "Something that differs between two versions.",
    [
      .choice("part", of: StudyDiff.Part.allCases.map(\.rawValue)) { $0.part.rawValue },
      .text("subject") { $0.subject },
      .text("kind") { $0.kind.rawValue }, .textOrNull("before") { $0.before }, .textOrNull("after") { $0.after },
      .texts("affects") { $0.affects },
    ])

  /// What differs between two versions.
  static let changes = rows("Changes", "What differs between two versions of the protocol.", of: change)
}
