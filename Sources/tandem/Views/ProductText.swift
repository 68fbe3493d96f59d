import ClinicalValues
import Conduct
import Trial

/// A participant's cells as text and as JSON.
struct ProductText: Sendable {
  private let id: ParticipantID
  private let product: ProductState
  /// What is still to be done as the participant who withdrew has said.
  private let owed: [String]

  init(_ participant: ParticipantState) {
    id = participant.id
    product = participant.product
    owed = participant.owedByWithdrawal
  }

  var text: String {
    var page = Page()
    page.line("Cells of \(id), chain of identity \(product.identity?.description ?? "not issued")")
    for collection in product.collections {
      page.entry("  \(collection.number)", words(collection), labelWidth: 20)
    }
    for lot in product.lots {
      page.entry("  \(lot.number)", words(lot), labelWidth: 20)
      for (test, entry) in lot.tests.sorted(by: { $0.key < $1.key }) {
        page.entry("    \(test)", ProductText.words(entry), labelWidth: 20)
      }
      for bag in lot.bags { page.entry("  \(bag.number)", words(bag), labelWidth: 20) }
    }
    for (number, quarantine) in product.quarantines.sorted(by: { $0.key < $1.key }) {
      page.entry(
        "  quarantine \(number)",
        "\(quarantine.material?.description ?? "everything"), \(EventText.words(ofName: quarantine.cause.rawValue))",
        labelWidth: 20)
    }
    for line in owed { page.entry("  withdrawn", line, labelWidth: 20) }
    return page.text
  }

  private func words(_ collection: CollectionState) -> String {
    var parts = [collection.isAccepted ? "accepted, yield \(collection.yield)" : "not accepted"]
    if let step = collection.step { parts.append("last step \(EventText.words(ofName: step))") }
    if collection.isFrozen { parts.append("frozen") }
    if collection.isUnusable { parts.append("not to be used") }
    if collection.hasGap { parts.append("a gap in its custody") }
    if let keeps = collection.keepsUntil { parts.append("keeps until \(EventText.clock(keeps))") }
    return parts.joined(separator: ", ")
  }

  private func words(_ lot: LotState) -> String {
    if let outcome = lot.outcome { return outcome.rawValue }
    if let release = lot.release { return "released (\(EventText.words(ofName: "\(release.rawValue)")))" }
    return lot.from == nil ? "number issued" : "being made, last step \(EventText.words(ofName: lot.step ?? "none"))"
  }

  private func words(_ bag: BagState) -> String {
    guard let volume = bag.volumeML else { return "not filled" }
    var parts = ["\(volume) mL"]
    if let cells = bag.cells { parts.append("\(cells) CAR-positive viable cells") }
    if let step = bag.step { parts.append("last step \(EventText.words(ofName: step))") }
    if let day = bag.lastDay.flatMap({ CalendarDate(daysSinceEpoch: $0) }) { parts.append("to be used by \(day)") }
    if let keeps = bag.keepsUntil { parts.append("fresh, keeps until \(EventText.clock(keeps))") }
    if let thaw = bag.thaw { parts.append("thawed, start by \(EventText.clock(thaw.startBy))") }
    if let end = bag.end { parts.append(EventText.words(ofName: end.rawValue)) }
    if bag.hasGap { parts.append("a gap in its custody") }
    return parts.joined(separator: ", ")
  }

  var members: [(String, JSON)] {
    [
      ("participant", .string(id.description)), ("chainOfIdentity", JSON(product.identity?.description)),
      (
        "collections",
        .array(
          product.collections.map { collection in
            .object([
              ("number", .string(collection.number.description)), ("accepted", .boolean(collection.isAccepted)),
              ("yield", .string(collection.yield.description)), ("step", JSON(collection.step)),
              ("usable", .boolean(!collection.isUnusable)), ("custodyGap", .boolean(collection.hasGap)),
            ])
          })
      ), ("lots", .array(product.lots.map(json))),
      (
        "quarantines",
        .array(
          product.quarantines.sorted { $0.key < $1.key }.map { number, quarantine in
            .object([
              ("number", .integer(number)), ("material", JSON(quarantine.material?.description)),
              ("cause", .string(quarantine.cause.rawValue)),
            ])
          })
      ), ("infusion", JSON(product.infusion?.begun.description)), ("owedByWithdrawal", .strings(owed)),
    ]
  }

  private func json(_ lot: LotState) -> JSON {
    .object([
      ("number", .string(lot.number.description)), ("step", JSON(lot.step)),
      ("released", JSON(lot.release?.rawValue)), ("outcome", JSON(lot.outcome?.rawValue)),
      (
        "tests",
        .array(
          lot.tests.sorted { $0.key < $1.key }.map { test, entry in
            .object([
              ("test", .string(test)), ("result", .string(ProductText.words(entry.result))),
              ("interim", .boolean(entry.interim)),
            ])
          })
      ),
      (
        "bags",
        .array(
          lot.bags.map { bag in
            .object([
              ("number", .string(bag.number.description)), ("volumeML", JSON(bag.volumeML?.description)),
              ("cells", JSON(bag.cells?.description)), ("step", JSON(bag.step)), ("end", JSON(bag.end?.rawValue)),
              ("custodyGap", .boolean(bag.hasGap)),
            ])
          })
      ),
    ])
  }

  private static func words(_ entry: TestEntry) -> String {
    words(entry.result) + (entry.interim ? " (interim)" : "")
  }

  private static func words(_ result: TestResult) -> String {
    switch result {
    case .quantity(let value): value.description
    case .negative: "negative"
    case .positive: "positive"
    case .conforms: "conforms"
    case .doesNotConform: "does not conform"
    }
  }

  static func json(_ line: LabelLine) -> JSON {
    .object([
      ("number", .string(line.material.description)), ("printed", .integer(line.labels.printed)),
      ("used", .integer(line.labels.used)), ("destroyed", .integer(line.labels.destroyed)),
      ("atHand", .integer(line.labels.atHand)),
    ])
  }
}
