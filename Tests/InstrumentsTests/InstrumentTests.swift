import ClinicalValues
import Foundation
import Instruments
import Testing

/// `Examples/<instrument>.json`: an array of { "name", "input", "expected" }, readable for a clinician.
struct ScoreExample: Sendable, CustomTestStringConvertible {
  let instrument: String
  let name: String
  let input: [String: Datum]
  let expected: Datum

  var testDescription: String { "\(instrument): \(name)" }

  static func load() throws -> [ScoreExample] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Examples")
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .sorted { $0.path < $1.path }
      .flatMap { file in
        let id = file.deletingPathExtension().lastPathComponent
        return try JSONDecoder().decode([Row].self, from: Data(contentsOf: file)).map {
          ScoreExample(instrument: id, name: $0.name, input: $0.input.mapValues(\.datum), expected: $0.expected.datum)
        }
      }
  }

  private struct Row: Decodable {
    let name: String
    let input: [String: JSONDatum]
    let expected: JSONDatum
  }
}

/// JSON as an instrument's data.
private struct JSONDatum: Decodable {
  let datum: Datum

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      datum = .null
    } else if let truth = try? value.decode(Bool.self) {
      datum = .bool(truth)
    } else if let number = try? value.decode(Foundation.Decimal.self) {
      let text = number.description
      datum = ClinicalValues.Decimal(text).map { .number($0) } ?? .text(text)
    } else if let text = try? value.decode(String.self) {
      datum = .text(text)
    } else if let list = try? value.decode([JSONDatum].self) {
      datum = .list(list.map(\.datum))
    } else {
      datum = .object(Result(try value.decode([String: JSONDatum].self).map { (name: $0.key, value: $0.value.datum) }))
    }
  }
}

@Suite struct InstrumentTests {
  @Test(arguments: try ScoreExample.load())
  func `gives the published result`(_ example: ScoreExample) throws {
    let instrument = try #require(Instrument.named(example.instrument))
    let result = instrument(example.input)
    #expect(Datum.object(result) == example.expected)
  }

  @Test(arguments: Instrument.all.map(\.id))
  func `an empty input never traps, and never gives a total or a positive result`(_ id: String) throws {
    let instrument = try #require(Instrument.named(id))
    let result = instrument([:])
    for (name, value) in result.values where ["total150", "clinicalTotal", "crClMlPerMin"].contains(name) {
      #expect(value == .null)
    }
    #expect(result["result"] != .text("met"))
  }

  @Test(arguments: [139, 140, 141])
  func `a clearance is above zero, and an age that gives none is out of range`(_ age: Int) throws {
    let instrument = try #require(Instrument.named("cockcroftGault"))
    let result = instrument([
      "ageYears": .whole(age), "weightKg": .whole(70), "sex": .text("male"), "creatinine": .whole(1),
      "creatinineUnit": .text("mg/dL"),
    ])
    let error = Datum.object(["code": .text("outOfRange"), "field": .text("ageYears")])
    #expect(result["error"] == (age < 140 ? nil : error))
  }

  @Test(arguments: Instrument.all.map(\.id))
  func `the first answer of a wrong type is named`(_ id: String) throws {
    let instrument = try #require(Instrument.named(id))
    let wrong = Dictionary(uniqueKeysWithValues: instrument.items.map { ($0.key, Datum.object([:])) })
    let first = try #require(instrument.items.first)
    let result = instrument(wrong)
    #expect(result == ["error": .object(["code": .text("invalidValue"), "field": .text(first.key)])])
  }

  @Test(arguments: Instrument.all.map(\.id))
  func `input of any JSON type never traps, and an error names a key`(_ id: String) throws {
    let instrument = try #require(Instrument.named(id))
    var random = SplitMix(seed: 11)
    for _ in 0..<300 {
      let input = Dictionary(uniqueKeysWithValues: instrument.items.map { ($0.key, Datum.garbage(&random, for: $0)) })
      let result = instrument(input)
      _ = instrument.rule(for: input)
      guard case .object(let error)? = result["error"] else { continue }
      #expect(instrument.items.contains { .text($0.key) == error["field"] })
    }
  }

  /// What is missing may be anything: no completion of an input overturns a result that was given without it.
  @Test(arguments: ["sle2019", "ssc2013", "ss2016", "iim2017"])
  func `a classification decided with items missing stays so however they come out`(_ id: String) throws {
    let instrument = try #require(Instrument.named(id))
    let questions = instrument.items.filter { if case .yesNo = $0.answer { true } else { false } }
    var random = SplitMix(seed: 7)
    for _ in 0..<400 {
      var partial: [String: Datum] = id == "iim2017" ? ["ageAtOnsetYears": .number(Decimal(44))] : [:]
      for question in questions {
        switch random.next() % 4 {
        case 0: partial[question.key] = .bool(true)
        case 1, 2: partial[question.key] = .bool(false)
        default: if question.isRequired { partial[question.key] = .bool(random.next() % 2 == 0) }
        }
      }
      var complete = partial
      for question in questions where complete[question.key] == nil {
        complete[question.key] = .bool(random.next() % 2 == 0)
      }
      let before = instrument(partial)["result"]
      let after = instrument(complete)["result"]
      if before != .text("indeterminate") { #expect((after == .text("met")) == (before == .text("met"))) }
    }
  }
}

extension Datum {
  /// Anything: of every JSON type, of extreme size, and now and then what the item asks for.
  fileprivate static func garbage(_ random: inout SplitMix, for item: Item, depth: Int = 0) -> Datum {
    let numbers: [ClinicalValues.Decimal] = [0, 1, 2, 4, 28, 100, -1, .greatest, .least]
    switch random.next() % (depth < 3 ? 9 : 6) {
    case 0: return .null
    case 1: return .bool(random.next() % 2 == 0)
    case 2, 3: return .number(numbers[Int(random.next() % UInt64(numbers.count))])
    case 4: return .text(["", "alt", "none", "2026-02-30", "9999-12-31T23:59"][Int(random.next() % 5)])
    case 5:
      if case .word(let words, _) = item.answer { return .text(words[Int(random.next() % UInt64(words.count))]) }
      return .null
    case 6:
      return .list((0..<(random.next() % 2 == 0 ? 31 : 3)).map { _ in garbage(&random, for: item, depth: depth + 1) })
    default:
      guard case .records(let members) = item.answer else { return .object(["value": .number(1)]) }
      let record = { (random: inout SplitMix) in
        Datum.object(Result(members.map { ($0.key, garbage(&random, for: $0, depth: depth + 1)) }))
      }
      return .list((0..<4).map { _ in record(&random) })
    }
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed, everywhere.
struct SplitMix {
  var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
