import Conduct
import Markup
import Rules
import StudyDesign

/// What is missing as a list of what to order: each datum by the dictionary's words and unit, under the kind of work that it is, with the
/// criteria that it would decide. First what is enough, the smallest set that would make the candidate eligible; then what else is open.
struct OrderList {
  let assessment: Assessment
  let texts: CriterionTexts
  let forms: ScreeningForms
  let request: PageRequest
  private var words: Words { texts.words }

  /// Something to order.
  struct Order: Equatable {
    /// Its concepts, by id; of several one will do, but of those to be corrected each is meant.
    let concepts: [String]
    /// The criteria, by id, that wait for it.
    let decides: [String]
    /// Where records of it stand that are on file and cannot decide.
    let corrects: [String]

    /// The concepts that are named, by id: of several of which one will do, the first.
    var named: [String] { corrects.isEmpty ? Array(concepts.prefix(1)) : concepts }
    /// How many others would do as well.
    var others: Int { concepts.count - named.count }
  }

  /// The orders of one kind of data.
  struct Group {
    /// Nil for what the dictionary does not list.
    let kind: DataKind?
    let orders: [Order]
  }

  /// What is enough.
  static func enough(_ assessment: Assessment) -> [Order] {
    assessment.next.map { datum in
      Order(
        concepts: datum.oneOf.isEmpty ? [datum.concept] : datum.oneOf, decides: datum.decides, corrects: datum.corrects)
    }
  }

  /// What is missing besides, in the order of the criteria.
  static func besides(_ assessment: Assessment) -> [Order] {
    let known = Set(OrderList.enough(assessment).flatMap(\.concepts))
    var concepts: [String] = []
    var decides: [String: [String]] = [:]
    for result in assessment.results(.unknown) {
      for concept in result.absent + result.unclear where !known.contains(concept) {
        if decides[concept] == nil { concepts.append(concept) }
        decides[concept, default: []].append(result.criterion.id)
      }
    }
    return concepts.map { Order(concepts: [$0], decides: decides[$0] ?? [], corrects: []) }
  }

  /// Orders by kind, the kinds as the study lists them.
  static func groups(_ orders: [Order], by study: Study) -> [Group] {
    let kinds = study.kinds.map(Optional.some) + [nil]
    return kinds.compactMap { kind in
      let own = orders.filter { order in
        order.concepts.first.flatMap { study.dictionary[$0]?.kind } == kind?.id
      }
      return own.isEmpty ? nil : Group(kind: kind, orders: own)
    }
  }

  @MarkupBuilder var markup: Markup {
    let enough = OrderList.enough(assessment)
    let besides = OrderList.besides(assessment)
    if !enough.isEmpty || !besides.isEmpty || !assessment.unsettled.isEmpty {
      Part.section(words["What to order next"], id: "order", note: note(isEnough: !enough.isEmpty)) {
        Markup.tag("div", ["class": "stack"]) {
          groups(enough)
          if !besides.isEmpty {
            Part.disclosure(
              .text(words("What else is missing and could decide ({count})", ["count": String(besides.count)])),
              isOpen: enough.isEmpty && assessment.verdict == .undetermined
            ) { Markup.tag("div", ["class": "stack"]) { groups(besides) } }
          }
        }
      }
    }
  }

  private func note(isEnough: Bool) -> String? {
    if !assessment.unsettled.isEmpty {
      return words(
        "No data alone would settle {criteria}, even if these come out well.",
        ["criteria": assessment.unsettled.joined(separator: ", ")])
    }
    if isEnough { return words["If these come out well, the candidate is eligible. The cheapest first."] }
    return assessment.verdict == .ineligible
      ? words["The candidate is barred whatever these say: order nothing for this study."] : nil
  }

  @MarkupBuilder private func groups(_ orders: [Order]) -> Markup {
    for group in OrderList.groups(orders, by: texts.study) {
      Markup.tag("div") {
        Markup.tag("h3") { group.kind.map { texts.heading($0) } ?? words["Other"] }
        Markup.tag("ul") { for order in group.orders { item(order) } }
      }
    }
  }

  private func item(_ order: Order) -> Markup {
    let unit = order.named.count == 1 ? texts.unit(order.named[0]) : nil
    return .tag("li") {
      Markup.tag("strong") { order.named.map(texts.display).joined(separator: ", ") }
      if let unit {
        Markup.tag("span", ["class": "unit"]) { " " + words("in {unit}", ["unit": unit]) }
      }
      if order.others > 0 {
        " " + words("(or one of {count} like it)", ["count": String(order.others)])
      }
      Markup.tag("div", ["class": "quiet"]) {
        words["Would decide:"]
        for id in order.decides {
          " "
          criterion(id)
        }
      }
      if !order.corrects.isEmpty {
        Markup.tag("div", ["class": "remedy"]) {
          words["On file and undecidable, to be corrected or completed:"]
          for source in order.corrects {
            " "
            texts.link(to: source)
          }
        }
      }
      forms.link(order.concepts, request)
    }
  }

  private func criterion(_ id: String) -> Markup {
    let title = assessment.criteria.first { $0.criterion.id == id }?.criterion.title
    return Part.link("#\(FormParts.id(id))", id + (title.map { " " + words.study($0) } ?? ""))
  }
}
