import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import Trial

/// What a command of a running study says.
enum Answer: Sendable {
  /// It was carried out, and what else whoever did it must know.
  case done(Performed, notes: [String], words: EventText = .plain)
  /// What it would lead to.
  case proposed(Proposal, words: EventText = .plain)
  /// A view, for people and for programs.
  case view(text: @Sendable () -> String, json: @Sendable () -> JSON)

  /// The same in the words of a study.
  func told(by words: EventText) -> Answer {
    switch self {
    case .done(let performed, let notes, _): .done(performed, notes: notes, words: words)
    case .proposed(let proposal, _): .proposed(proposal, words: words)
    case .view: self
    }
  }

  /// Carries out and prints; a refusal is printed as one and ends with status 1.
  static func printing(_ format: TextOrJSON, _ body: () async throws -> Answer) async throws {
    let answer = try await refusing(format, body)
    switch format {
    case .json: Terminal.print(answer.json.text)
    case .text: Terminal.print(answer.text)
    }
  }

  /// Carries out; a refusal is printed as one and ends with status 1. What else stands in the way is printed for programs,
  /// and told on standard error by whoever ran the command.
  static func refusing<Value>(_ format: TextOrJSON, _ body: () async throws -> Value) async throws -> Value {
    do {
      return try await body()
    } catch let refusal as Refusal {
      switch format {
      case .json: Terminal.print(RefusalText.json(refusal).text)
      case .text: Terminal.say(RefusalText.text(refusal))
      }
      throw ExitCode.failure
    } catch let changed as ChangedMeanwhile {
      switch format {
      case .json: Terminal.print(RefusalText.json(changed).text)
      case .text: Terminal.say(RefusalText.text(changed))
      }
      throw ExitCode.failure
    } catch let failure as StoreFailure {
      if format == .json { Terminal.print(FailureText.json(failure).text) }
      throw failure
    } catch let unusable as Unusable {
      if format == .json { Terminal.print(FailureText.json(unusable).text) }
      throw unusable
    } catch let missing as MissingVersion {
      if format == .json { Terminal.print(FailureText.json(Unusable(missing.description)).text) }
      throw missing
    }
  }

  private var json: JSON {
    switch self {
    case .done(let performed, let notes, let words):
      .object([
        ("events", .array(performed.envelopes.map { words.json($0) })),
        ("meanwhile", .array(performed.meanwhile.map { words.json($0) })),
        ("notes", .strings(notes)),
      ])
    case .proposed(let proposal, let words):
      .object([
        ("proposed", .array(proposal.facts.map { words.json($0.event) })),
        ("happened", .string(proposal.happened.description)),
        ("toSign", .array(proposal.toSign.map { SignatureText.json($0) })),
      ])
    case .view(_, let json): json()
    }
  }

  private var text: String {
    switch self {
    case .done(let performed, let notes, let words):
      var page = Page()
      for envelope in performed.envelopes {
        page.entry("Recorded", words.sentence(envelope), labelWidth: 8)
      }
      for other in performed.meanwhile {
        page.entry("Meanwhile", words.sentence(other), labelWidth: 9)
      }
      for note in notes { page.line(note) }
      return page.text
    case .proposed(let proposal, let words):
      var page = Page()
      page.line("Nothing was recorded. It would be, as of \(proposal.happened):")
      for fact in proposal.facts { page.entry("  ", words.sentence(fact.event), labelWidth: 1) }
      return page.text
        + proposal.toSign.enumerated().map {
          SignatureText.text($0.element, $0.offset + 1, of: proposal.toSign.count)
        }.joined()
    case .view(let text, _): return text()
    }
  }
}

/// A refusal, for people and for programs.
enum RefusalText {
  static func text(_ refusal: Refusal) -> String {
    var page = Page()
    page.line("Refused (\(refusal.id)): \(refusal.because)")
    page.line(refusal.remedy)
    if !refusal.lines.isEmpty { page.line(GateText.text(refusal.lines)) }
    return String(page.text.trimmingSuffix(while: \.isNewline))
  }

  static func text(_ changed: ChangedMeanwhile) -> String {
    var page = Page()
    page.line("Refused (changed-meanwhile): Somebody else came first. Nothing was recorded.")
    for event in changed.events { page.entry("  since", EventText.plain.sentence(event), labelWidth: 7) }
    page.line("Look again, then repeat it.")
    return String(page.text.trimmingSuffix(while: \.isNewline))
  }

  static func json(_ refusal: Refusal) -> JSON {
    .object([
      (
        "refused",
        .object([
          ("id", .string(refusal.id)), ("because", .string(refusal.because)), ("remedy", .string(refusal.remedy)),
          ("lines", .array(refusal.lines.map { GateText.json($0) })),
        ])
      )
    ])
  }

  static func json(_ changed: ChangedMeanwhile) -> JSON {
    .object([
      (
        "refused",
        .object([
          ("id", .string("changed-meanwhile")),
          ("because", .string("Somebody else came first. Nothing was recorded.")),
          ("remedy", .string("Look again, then repeat it.")),
          ("events", .array(changed.events.map { EventText.plain.json($0) })),
        ])
      )
    ])
  }
}

extension String {
  /// Without the characters at its end for which something holds.
  func trimmingSuffix(while drops: (Character) -> Bool) -> Substring {
    var rest = self[...]
    while let last = rest.last, drops(last) { rest.removeLast() }
    return rest
  }
}
