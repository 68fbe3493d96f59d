import CQL
import ClinicalValues
import FHIR
import Rules
import StudyDesign
import Testing

/// Classification criteria, whose items weigh by what else is present: screening and forms take the total from the items where these settle
/// it, and say where a recorded total is another one.
struct ClassificationTests {
  @Test(
    arguments: [
      (14, false, .fail, ["The recorded total of sleEularAcr2019Score is 14, its items give 0"]),
      (3, true, .pass, ["The recorded total of sleEularAcr2019Score is 3, its items give 51"]),
      (51, true, .pass, []), (nil, true, .pass, []), (nil, false, .fail, []),
    ] as [(Int?, Bool, Outcome, [String])])
  func `items outrank a recorded total, and a contradiction is told`(
    _ total: Int?, _ isPresent: Bool, _ outcome: Outcome, _ notes: [String]
  ) throws {
    let result = try Classification.lupus.result(total: total) { _ in .boolean(isPresent) }
    #expect(result.outcome == outcome)
    #expect(result.notes.count == notes.count)
    for (found, expected) in zip(result.notes, notes) { #expect(found.hasPrefix(expected)) }
  }

  @Test(
    arguments: [
      (14, .pass, []), (3, .fail, ["The recorded total of sleEularAcr2019Score is 3, its items can give 6 to 51"]),
      (nil, .unknown, []),
    ] as [(Int?, Outcome, [String])])
  func `items that leave the total open do not take the place of a recorded one`(
    _ total: Int?, _ outcome: Outcome, _ notes: [String]
  ) throws {
    let result = try Classification.lupus.result(total: total) {
      $0 == "sle2019JointInvolvement" ? .boolean(true) : nil
    }
    #expect(result.outcome == outcome)
    #expect(result.missing.contains("sleEularAcr2019Score") == (outcome == .unknown))
    #expect(result.notes.count == notes.count)
    for (found, expected) in zip(result.notes, notes) { #expect(found.hasPrefix(expected)) }
  }

  @Test func `points without what the criteria begin with pass by the protocol's rule, and the contradiction is told`()
    throws
  {
    let result = try Classification.lupus.result(total: 51) { .boolean($0 != "sle2019AnaPositive") }
    #expect(result.outcome == .pass)
    #expect(result.notes.count == 1)
    #expect(
      result.notes.first?.hasPrefix("The items of sleEularAcr2019Score deny the classification whatever its total is")
        == true)
  }

  @Test func `a missing item that can change nothing leaves nothing open`() throws {
    let result = try Classification.lupus.result(total: nil) { item in
      item == "sle2019Proteinuria" ? nil : .boolean(item == "sle2019NephritisClassIIIOrIV")
    }
    #expect(result.outcome == .pass)
  }

  @Test(arguments: [(false, Outcome.pass), (true, Outcome.fail)])
  func `a myositis score of items is measured by the limit of its version, with biopsy or without`(
    _ hasBiopsy: Bool, _ outcome: Outcome
  ) throws {
    // 2.1 + 0.7 + 0.8 + 1.9 + 0.9 = 6.4 without a biopsy, 2.2 + 0.7 + 0.5 + 1.6 + 1.2 = 6.2 with one.
    let weak = ["ProximalUpper", "ProximalLower", "NeckFlexorsWeakerThanExtensors", "LegProximalWeakerThanDistal"]
    let present = weak + (hasBiopsy ? ["MuscleBiopsyAvailable"] : [])
    let result = try Classification.myositis.result(total: nil) { item in
      item.hasSuffix("AgeAtOnsetYears") ? .integer(44) : .boolean(present.contains { item.hasPrefix("iim2017\($0)") })
    }
    #expect(result.outcome == outcome)
  }

  @Test
  func `a total of Sjögren's syndrome, of which some items are tests of their own, is measured by what it can be`()
    throws
  {
    let result = try Classification.sjogren.result(total: 2) { .boolean($0 == "ss2016AntiSsaRo") }
    #expect(result.outcome == .fail)
    #expect(result.notes.count == 1)
    #expect(
      result.notes.first?.hasPrefix("The recorded total of ssAcrEular2016Score is 2, its items can give 3 to 9") == true
    )
    let cases: [(Int, String?, Bool)] = [
      (2, nil, true), (3, nil, false), (9, nil, false), (7, "0.5", true), (5, "2", true),
    ]
    for (total, focus, fires) in cases {
      let focus = focus.flatMap { FormAnswer($0, unit: "{foci}/(4.mm2)", as: .quantity) }
      let answers: [String: FormAnswer?] = [
        "SS16_SSA": .boolean(true), "SS16_TOTAL": .integer(Int32(total)), "SS16_FOCUS": focus,
      ]
      #expect(try Classification.sjogren.fires("SS16-TOTAL", answers.compactMapValues(\.self)) == fires)
    }
  }

  @Test(arguments: [Classification.lupus, .sclerosis, .myositis], 1...UInt64(4 * effort))
  func `a form's check of the total and screening give the same points`(
    _ classification: Classification, _ seed: UInt64
  ) throws {
    var generator = Seeded(seed)
    var answers: [String: FormAnswer] = [:]
    for item in try classification.form.items where item.gives == .component {
      let rare = UInt64.random(in: 0..<4, using: &generator) == 0
      answers[item.concept ?? ""] =
        item.type == .integer ? .integer(Int32.random(in: 10...60, using: &generator)) : .boolean(rare)
    }
    let notes = try classification.result(total: 1000) { answers[$0] }.notes
    let given = try #require(notes.first?.firstMatch(of: /its items give ([0-9.]+) \(/))
    let total = try #require(Decimal(exactly: String(given.1)))
    let item = try #require(try classification.form.items.first { $0.id == classification.total })
    for (offset, fires) in [(0, false), (1, true)] as [(Decimal, Bool)] {
      let sum: Decimal? = total + offset
      let stated = try #require(sum)
      var entered = Dictionary(
        uniqueKeysWithValues: try classification.form.items.compactMap { item in
          item.concept.flatMap { answers[$0] }.map { (item.id, $0) }
        })
      entered["IIM17_BIOPSYINC"] = entered["IIM17_BIOPSY"]
      entered[item.id] = FormAnswer("\(stated.trimmed)", unit: item.units.first, as: item.type)
      #expect(try classification.fires(classification.check, entered) == fires, "\(seed): \(stated) of \(entered)")
    }
  }
}

/// A classification of the shipped study: by whom it is tried, and where its total stands.
struct Classification: Sendable, CustomTestStringConvertible {
  let example: String
  let criterion: String
  /// The concept of its total.
  let score: String
  /// What would decide beside the total, and is left out.
  let others: [String]
  let formID: String
  /// The item of the form that is the total, and the check of it.
  let total: String
  let check: String

  static let lupus = Classification(
    example: "01-sle-base.json", criterion: "INC-3.1.1", score: "sleEularAcr2019Score",
    others: ["sleEularAcr2019Met"], formID: "classificationSle", total: "SLE19_TOTAL", check: "SLE19-TOTAL")
  static let sclerosis = Classification(
    example: "02-ssc-base.json", criterion: "INC-3.2.1", score: "sscAcrEular2013Score",
    others: ["sscAcrEular2013Met"], formID: "classificationSsc", total: "SSC13_TOTAL", check: "SSC13-TOTAL")
  static let myositis = Classification(
    example: "03-iim-base.json", criterion: "INC-3.3.1", score: "iimScore", others: ["iimProbability"],
    formID: "classificationIim", total: "IIM17_SCORE", check: "IIM17-SCORE")
  static let sjogren = Classification(
    example: "04-ss-base.json", criterion: "INC-3.4.1", score: "ssAcrEular2016Score",
    others: ["ssAcrEular2016Met"], formID: "classificationSs", total: "SS16_TOTAL", check: "SS16-TOTAL")

  var testDescription: String { score }

  var form: FormPlan {
    get throws { try #require(try Examples.study.get().casebook.form(formID)) }
  }

  /// What the criterion says where the classification rests on one Observation, with these answers to its items.
  func result(total: Int?, _ answer: (String) -> FormAnswer?) throws -> CriterionResult {
    var candidate = try others.reduce(try Candidate(example).lacking(score)) { try $0.lacking($1) }
    let items = try Examples.study.get().dictionary.concepts.filter { $0.instrument == score }.map(\.id)
    let day = String(describing: candidate.asOf)
    var observation: [String: Any] = [
      "resourceType": "Observation", "status": "final", "effectiveDateTime": day,
      "code": ["coding": [["system": "urn:tandem:concept", "code": score]]],
      "component": items.compactMap { item -> [String: Any]? in
        let code = ["coding": [["system": "urn:tandem:concept", "code": item]]]
        switch answer(item) {
        case .boolean(let isPresent)?: return ["code": code, "valueBoolean": isPresent]
        case .integer(let number)?: return ["code": code, "valueInteger": Int(number)]
        default: return nil
        }
      },
    ]
    if let total {
      if try Examples.study.get().dictionary[score]?.valueType == .integer {
        observation["valueInteger"] = total
      } else {
        observation["valueQuantity"] = [
          "value": total, "unit": "{score}", "system": "http://unitsofmeasure.org", "code": "{score}",
        ]
      }
    }
    candidate.add([observation])
    return try candidate.result(criterion)
  }

  /// Whether a check of the form finds something in these answers.
  func fires(_ check: String, _ answers: [String: FormAnswer]) throws -> Bool {
    let candidate = try Candidate(example)
    let moment = try #require(Moment("\(candidate.asOf)T12:00:00+08:00[Asia/Shanghai]"))
    let reading = try FormRules(try Examples.screening.get()).read(
      try form, answers: answers, record: try candidate.record(), cohort: candidate.cohort, visit: "SCR", at: moment)
    return reading.fired.contains { $0.id == check }
  }
}
