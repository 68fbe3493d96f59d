import Foundation
import Testing

@testable import CQL

/// Mutated expressions through parser and checker: whatever the text, they end with a program or with diagnostics.
///
/// `CQL_FUZZ_SECONDS=600 CQL_FUZZ_CORPUS=file swift test --filter Mutation` runs longer and on more lines.
@Suite struct `Mutated text never stops the compiler` {
  @Test func `a program or diagnostics, and never neither`() throws {
    let environment = ProcessInfo.processInfo.environment
    let seconds = environment["CQL_FUZZ_SECONDS"].flatMap(Int.init) ?? 0
    var lines = Corpus.expressions.split(separator: "\n").map(String.init)
    if let more = environment["CQL_FUZZ_CORPUS"] {
      lines += try String(contentsOfFile: more, encoding: .utf8).split(separator: "\n").map(String.init)
    }
    var mutator = Mutator(lines: lines, seed: environment["CQL_FUZZ_SEED"].flatMap(UInt64.init) ?? 1)
    let end = ContinuousClock.now + .seconds(seconds)
    var runs = 0
    var slowest = Duration.zero
    while runs < 300 || ContinuousClock.now < end {
      let text = mutator.next()
      if seconds > 0 { try text.write(toFile: "/tmp/cql-fuzz-last.txt", atomically: false, encoding: .utf8) }
      let took = ContinuousClock().measure { compile(text) }
      if took > slowest, seconds > 0 { print("slowest", took, text.prefix(200)) }
      slowest = max(took, slowest)
      runs += 1
    }
    if seconds > 0 { print("runs", runs) }
  }

  private func compile(_ text: String) {
    let (program, diagnostics) = Compiler(models: [ToyModel()]).compileExpression(text)
    #expect((program == nil) == diagnostics.contains { $0.severity == .error }, "\(text)")
    let library = LibrarySource(file: "m.cql", text: "using Toy\ncontext Patient\ndefine A: \(text)\ndefine B: A")
    let (other, errors) = Compiler(models: [ToyModel()]).compile(library)
    #expect((other == nil) == errors.contains { $0.severity == .error }, "\(text)")
  }
}

/// Texts made from the lines of a corpus: pieces exchanged, repeated, left out, and words put in.
private struct Mutator {
  private let lines: [[String]]
  private let words: [String]
  private var state: UInt64

  init(lines: [String], seed: UInt64) {
    self.lines = lines.map(Mutator.pieces)
    words = Array(Set(self.lines.joined())).sorted()
    state = seed
  }

  /// Words, signs and spaces.
  private static func pieces(_ line: String) -> [String] {
    var pieces: [String] = []
    for character in line {
      let isWord = character.isLetter || character.isNumber
      if isWord, let last = pieces.last?.last, last.isLetter || last.isNumber {
        pieces[pieces.count - 1].append(character)
      } else {
        pieces.append(String(character))
      }
    }
    return pieces
  }

  mutating func next() -> String {
    var text = lines[below(lines.count)]
    for _ in 0...below(4) {
      guard !text.isEmpty else { break }
      let place = below(text.count)
      let length = min(1 + below(6), text.count - place)
      switch below(7) {
      case 0: text.removeSubrange(place..<place + length)
      case 1: text.insert(words[below(words.count)], at: place)
      case 2: text[place] = words[below(words.count)]
      case 3: text.insert(contentsOf: text[place..<place + length], at: below(text.count))
      case 4: text.insert(contentsOf: ["("] + lines[below(lines.count)] + [")"], at: place)
      case 5:
        let other = lines[below(lines.count)]
        if !other.isEmpty { text.replaceSubrange(place..<place + length, with: other.prefix(1 + below(other.count))) }
      default:
        let piece = Array(text[place..<place + length])
        for _ in 0..<below(40) where text.count < 4000 { text.insert(contentsOf: piece, at: place) }
      }
    }
    return text.joined()
  }

  /// A number below `bound`, by SplitMix64.
  private mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }
}
