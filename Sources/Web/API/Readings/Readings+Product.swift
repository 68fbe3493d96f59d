import ClinicalValues
import StudyDesign
import Trial

/// A participant's cells with what waits for them.
struct ProductReading: Sendable {
  let participant: ParticipantState
  let plan: ProductPlan
  let now: Moment
  let next: [TaskReading]
}

/// The tests of a lot with its plan.
struct LotReading: Sendable {
  let lot: LotState
  let plan: ProductPlan
}

extension Readings {
  private static let collection = Shape<CollectionState>.object(
    "Collection", "A collection of cells.",
    [
      .text("number") { $0.number.description }, .textOrNull("step", "The last step.") { $0.step },
      .textOrNull("begun") { $0.begun?.description }, .textOrNull("ended") { $0.ended?.description },
      .text("yield") { "\($0.yield)" }, .truth("accepted") { $0.isAccepted }, .truth("frozen") { $0.isFrozen },
      .instant("keepsUntil") { $0.keepsUntil }, .truth("unusable") { $0.isUnusable },
    ])

  private static let bag = Shape<BagState>.object(
    "Bag", "A bag of product.",
    [
      .text("number") { $0.number.description }, .textOrNull("step") { $0.step },
      .textOrNull("volumeML") { $0.volumeML.map { "\($0)" } }, .textOrNull("cells") { $0.cells.map { "\($0)" } },
      .truth("stored") { $0.isStored }, .instant("infusedBy", "When it has run out of time.") { $0.infusedBy },
      .truth("unusable") { $0.isUnusable }, .textOrNull("end") { $0.end?.rawValue },
    ])

  private static let test = Shape<TestLine>.object(
    "ReleaseTest", "A release test with its result.",
    [
      .text("test") { $0.test }, .text("title") { $0.title },
      .textOrNull("result") { line in
        line.entry.map { entry in
          switch entry.result {
          case .quantity(let value): "\(value)"
          case .negative: "negative"
          case .positive: "positive"
          case .conforms: "conforms"
          case .doesNotConform: "doesNotConform"
          }
        }
      },
      .truthOrNull("interim") { $0.entry?.interim }, .truthOrNull("withinLimits") { $0.withinLimits },
    ])

  private static let lot = Shape<LotReading>.object(
    "Lot", "A lot with its bags and release tests.",
    [
      .text("number") { $0.lot.number.description }, .textOrNull("step") { $0.lot.step },
      .textOrNull("release") { $0.lot.release?.rawValue }, .textOrNull("outcome") { $0.lot.outcome?.rawValue },
      .list("bags", bag) { $0.lot.bags }, .list("tests", test) { $0.lot.testLines($0.plan) },
    ])

  private static let quarantine = Shape<(number: Int, quarantine: Quarantine)>.object(
    "Quarantine", "What it covers is not used.",
    [
      .number("number") { $0.number },
      .textOrNull("material", "Null: everything of the participant.") { $0.quarantine.material?.description },
      .choice("cause", of: Quarantine.Cause.allCases.map(\.rawValue)) { $0.quarantine.cause.rawValue },
      .text("step") { $0.quarantine.step },
    ])

  private static let labels = Shape<LabelLine>.object(
    "Labels", "Labels of a number: printed = used + destroyed + at hand.",
    [
      .text("material") { $0.material.description }, .number("printed") { $0.labels.printed },
      .number("used") { $0.labels.used }, .number("destroyed") { $0.labels.destroyed },
      .number("atHand") { $0.labels.atHand },
    ])

  private static let account = Shape<AccountLine>.object(
    "Accountability", "What became of a collection, bag or sample; null: in hand.",
    [.text("material") { $0.what }, .textOrNull("fate") { $0.fate }])

  /// A participant's cells.
  static let product = Shape<ProductReading>.object(
    "Product", "A participant's cells.",
    [
      .text("participant") { $0.participant.id.description },
      .textOrNull("chainOfIdentity") { $0.participant.product.identity?.description },
      .choice("standing", of: ProductStanding.allCases.map(\.rawValue)) {
        ProductStanding($0.participant.product, at: $0.now).rawValue
      },
      .list("quarantines", quarantine) {
        $0.participant.product.quarantines.sorted { $0.key < $1.key }.map { (number: $0.key, quarantine: $0.value) }
      },
      .list("next", task, "Steps of custody that wait.") { $0.next },
      .list("collections", collection) { $0.participant.product.collections },
      .list("lots", lot) { reading in
        reading.participant.product.lots.map { LotReading(lot: $0, plan: reading.plan) }
      },
      .list("labels", labels) { $0.participant.product.labelReconciliation },
      .list("accountability", account) { $0.participant.product.accountability },
    ])

  /// The cells of everybody.
  static let products = rows("Products", "The cells of everybody whom the reader may see.", of: product)

  /// A label, and whose it is.
  static let label = Shape<LabelCheck>.object(
    "Label", "What a label says of whose it is; nothing is recorded by it.",
    [
      .choice("finding", of: LabelCheck.names) { $0.name },
      .textOrNull("number", "The number as it was read.") { $0.number },
    ])
}

extension LabelCheck {
  fileprivate static let names = ["own", "notIssued", "other", "disagrees", "misread"]

  fileprivate var name: String {
    switch self {
    case .own: "own"
    case .notIssued: "notIssued"
    case .other: "other"
    case .disagrees: "disagrees"
    case .misread: "misread"
    }
  }

  fileprivate var number: String? {
    switch self {
    case .own(let material), .notIssued(let material), .other(let material), .disagrees(let material):
      material.description
    case .misread: nil
    }
  }
}
