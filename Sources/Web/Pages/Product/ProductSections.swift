import ClinicalValues
import Conduct
import Markup
import StudyDesign
import Trial

/// The sections of the page about a participant's cells, below the chain of custody.
struct ProductSections {
  let participant: ParticipantState
  let plan: ProductPlan
  /// What the protocol says of further collections.
  let way: WayPlan
  let now: Moment
  /// That of the site that looks after the participant.
  let zone: String
  let request: PageRequest

  private var words: Words { request.words }
  private var product: ProductState { participant.product }
  private var materials: MaterialWords { MaterialWords(plan: plan, zone: zone, words: words) }
  private var acts: ActLinks { ActLinks(request) }
  private var whom: [(String, String)] { [("participant", participant.id.description)] }

  @MarkupBuilder var quarantines: Markup {
    for (number, quarantine) in product.quarantines.sorted(by: { $0.key < $1.key }) {
      Notice.markup(
        .stop,
        .tag("strong") { words("Quarantine {number}: nothing of it is used.", ["number": String(number)]) },
        .text(
          "\(quarantine.material?.description ?? words["Everything of this participant"]) · "
            + "\(words.title(quarantine.cause)) · \(materials.step(quarantine.step))"),
        acts.link(ResolveQuarantine.self, words["Decide on it"], whom + [("quarantine", String(number))]))
    }
  }

  /// Acts with the cells; what cannot be done now says why. A collection is begun from its gate, as what comes next.
  var stepActs: Markup {
    acts.offer([
      .init(RecordStep.self, words["Record a step"], whom),
      .init(EndCollection.self, words["End collecting"], whom),
      .init(BeginManufacturing.self, words["Begin manufacturing"], whom),
      .init(FillBag.self, words["Fill a bag"], whom),
      .init(QuarantineMaterial.self, words["Quarantine"], whom),
      .init(LoseMaterial.self, words["Something is lost"], whom),
    ])
  }

  var collections: Markup {
    Part.section(words["Collections"]) {
      Part.table(
        words["Every collection"], [words["Number"], words["State"], words["Ended"]],
        product.collections.map { collection in
          [
            .tag("code") { collection.number.description },
            .text(materials.clauses(collection).joined(separator: "; ")),
            collection.ended.map { words.timeElement($0) } ?? .text("–"),
          ]
        }, empty: words["Nothing was collected."])
    }
  }

  @MarkupBuilder var lots: Markup {
    for lot in product.lots {
      Part.section(words("Lot {number}", ["number": lot.number.description])) {
        Markup.tag("p") { materials.clauses(lot).joined(separator: "; ") }
        bags(lot)
        tests(lot)
        lotActs(lot)
      }
    }
  }

  private func bags(_ lot: LotState) -> Markup {
    Part.table(
      words["Bags"], [words["Number"], words["State"]],
      lot.bags.map { bag in
        [.tag("code") { bag.number.description }, .text(materials.clauses(bag).joined(separator: "; "))]
      }, empty: words["No bag is filled."])
  }

  private func tests(_ lot: LotState) -> Markup {
    let plans = Dictionary(plan.tests.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return Part.table(
      words["Release tests"], [words["Test"], words["Limits"], words["Result"], words["Within limits"]],
      lot.testLines(plan).map { line in
        let test = plans[line.test]
        return [
          .text(words.study(line.title)), .text(test.map { materials.limits($0) } ?? "–"),
          .text(
            line.entry.map { entry in
              materials.result(entry.result, unit: test?.unit) + (entry.interim ? " (\(words["interim"]))" : "")
            } ?? words["no result yet"]),
          line.entry == nil ? .text("–") : Part.truth(line.withinLimits, words),
        ]
      }, empty: words["The protocol asks for no release test."])
  }

  @MarkupBuilder private func lotActs(_ lot: LotState) -> Markup {
    let given = whom + [("lot", lot.number.description)]
    if lot.outcome == nil {
      acts.offer(
        [
          .init(EnterTest.self, words["Enter a result"], given),
          .init(CorrectTest.self, words["Correct a result"], given),
        ]
          + (lot.release == nil
            ? [
              .init(ReleaseLot.self, words["Release the lot"], given),
              .init(RejectLot.self, words["Reject the lot"], given),
            ] : []))
    }
  }

  var labels: Markup {
    Part.section(
      words["Labels"], id: "labels", note: words["Printed = used + destroyed + at hand. What does not agree is found."]
    ) {
      Part.table(
        words["Labels of every number"],
        [
          words["Number"], words["Printed"], words["Used"], words["Destroyed"], words["At hand"], words["What to do"],
        ],
        product.labelReconciliation.map { line in
          [
            Part.link(LabelPage.path(line.material), line.material.description), .text(String(line.labels.printed)),
            .text(String(line.labels.used)), .text(String(line.labels.destroyed)), .text(String(line.labels.atHand)),
            labelActs(line),
          ]
        }, empty: words["No label was issued."])
      Markup.tag("div", ["class": "actions"]) {
        for number in participant.nextMaterials(at: now, way) {
          acts.link(
            PrintLabels.self, words("Print the first labels of {number}", ["number": number.description]),
            whom + [("material", number.description)])
        }
      }
    }
  }

  private func labelActs(_ line: LabelLine) -> Markup {
    let given = whom + [("material", line.material.description)]
    return .tag("span", ["class": "actions"]) {
      acts.link(PrintLabels.self, words["Print"], given, class: "act")
      if line.labels.atHand > 0 {
        acts.link(CountLabels.self, words["Count"], given, class: "act")
        acts.link(DestroyLabels.self, words["Destroy"], given, class: "act")
      }
    }
  }

  var accountability: Markup {
    Part.section(words["What became of it"], id: "accountability") {
      Part.table(
        words["Every collection, bag and sample"], [words["Number"], words["What became of it"]],
        product.accountability.map { line in
          [
            .tag("code") { line.what },
            line.fate.map { .text(fate($0)) } ?? Part.badge(words["in hand"], .progress),
          ]
        }, empty: words["Nothing was collected."])
      for line in participant.owedByWithdrawal { Notice.markup(.warning, words.sentence(line)) }
    }
  }

  /// How something ended, in words.
  private func fate(_ fate: String) -> String {
    if let end = BagEnd(rawValue: fate) { return words.title(end) }
    return SampleEnd(rawValue: fate) == .tested ? words["tested"] : words["used"]
  }
}
