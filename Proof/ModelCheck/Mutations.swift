import ClinicalValues
import StudyDesign
package import Trial

/// Takes each line of each gate out of the book, one at a time, and shows that the invariants miss it.
package struct Mutations: Sendable {
  /// A line that was taken out, and how it was missed.
  package struct Result: Sendable {
    package let gate: Gate
    package let line: String
    /// The steps from a seed to the command that should not have been accepted; nil if none was found.
    package let trace: [String]?
  }

  let study: SmallStudy

  package init(_ study: SmallStudy) { self.study = study }

  /// Every mutation. Around the seeds of a gate all worlds within a step are gone through, and in each the command that
  /// stands behind the gate is asked for with the line taken out.
  package func run() throws -> [Result] {
    let seeds = try Seeds.all(study)
    return Gate.allCases.flatMap { gate -> [Result] in
      let worlds = neighbourhood(of: seeds.filter { $0.gates.contains(gate) })
      return GateBook.standard.lines(of: gate).map { line in
        let explorer = Explorer(study, gates: GateBook.standard.without(line, of: gate))
        return Result(gate: gate, line: line, trace: missed(line, in: worlds, behind: gate, explorer))
      }
    }
  }

  /// A world, and how it was reached.
  private typealias Place = (world: World, trace: [String])

  /// The seeds and all worlds one step from them, decided by the standard book; the seeds first.
  private func neighbourhood(of seeds: [Seed]) -> [Place] {
    let explorer = Explorer(study)
    var seen: Set<Fingerprint.Key> = []
    var places: [Place] = seeds.map { ($0.world, ["seed: \($0.name)"]) }
    for seed in seeds { seen.insert(Fingerprint.of(seed.world)) }
    for seed in seeds {
      var expansion = Explorer.Expansion()
      explorer.expand(seed.world, 0, known: seen, into: &expansion)
      for successor in expansion.successors.flatMap(\.2) where seen.insert(successor.key).inserted {
        let world = explorer.after(successor.move, seed.world)
        places.append((world, ["seed: \(seed.name)", successor.move.description]))
      }
    }
    return places
  }

  private func missed(_ line: String, in places: [Place], behind gate: Gate, _ explorer: Explorer) -> [String]? {
    for place in places {
      let pictures = explorer.setting.pictures(of: place.world)
      for move in explorer.moves.all(in: place.world) {
        guard case .command(let command, let actor, let together, false) = move, Self.passes(command, gate),
          case .accepted(let facts, let after) = explorer.setting.decide(
            command, by: actor, together: together, earlier: false, in: place.world, pictures: pictures)
        else { continue }
        let broken = explorer.invariants.violations(
          of: facts, from: command, by: actor, earlier: false, before: place.world, after: after)
        if broken.contains(where: { $0.invariant == line }) { return place.trace + [move.description] }
      }
    }
    return nil
  }

  private static func passes(_ command: any TrialCommand, _ gate: Gate) -> Bool {
    switch gate {
    case .enrollment: command is Enroll
    case .leukapheresis: command is BeginCollection
    case .lymphodepletion: command is StartLymphodepletion
    case .infusion: command is StartInfusion
    case .thawing: command is ThawBag
    }
  }
}
