import ClinicalValues
import StudyDesign
package import Trial

/// Explores worlds breadth first from seeds, and asks the invariants of every step.
package struct Explorer: Sendable {
  /// How far it goes.
  package struct Bounds: Sendable {
    /// Steps from a seed.
    package let depth: Int
    /// Distinct worlds, after which no further level is begun and the present one is cut.
    package let worlds: Int
    /// Tasks that expand worlds at the same time.
    package let tasks: Int

    package init(depth: Int, worlds: Int, tasks: Int = 1) {
      self.depth = depth
      self.worlds = worlds
      self.tasks = tasks
    }
  }

  /// What was seen.
  package struct Report: Sendable {
    /// Distinct worlds.
    package var worlds = 0
    /// Worlds of which everything was tried.
    package var expanded = 0
    /// Commands that were asked, and those that were accepted.
    package var asked = 0
    package var accepted = 0
    /// Distinct worlds by their distance from a seed.
    package var levels: [Int] = []
    /// Types of commands that were accepted at least once.
    package var commands: Set<String> = []
    /// How often somebody was in the study in a world of which everything was tried; how often they could go on there at
    /// once, and how often they could leave.
    package var present = 0
    package var canGoOn = 0
    package var canLeave = 0
    /// What was broken, with the way to it.
    package var violations: [(Violation, trace: [String])] = []

    /// Steps to the world that lies farthest from its seed.
    package var deepest: Int { levels.count - 1 }
  }

  let study: SmallStudy
  let setting: Setting
  let moves: Moves
  let invariants: Invariants
  /// Names of commands that are not tried, to see that they are missed.
  let untried: Set<String>

  package init(_ study: SmallStudy, gates: GateBook = .standard, untried: Set<String> = []) {
    self.study = study
    self.untried = untried
    setting = Setting(study, gates: gates)
    moves = Moves(study)
    invariants = Invariants(study: study)
  }

  /// How a world was reached: from which one, by which of its moves. A seed is its own parent.
  private struct Step {
    let parent: Int32
    let move: Int16
  }

  /// A world that a step leads to: the step alone, since most worlds of the last level are never expanded.
  struct Successor: Sendable {
    let key: Fingerprint.Key
    /// The number of the move among those of its world, and the move.
    let number: Int
    let move: Move
  }

  /// A world that waits to be expanded: the one before it, shared by all that come of it, and the move between.
  struct Place: Sendable {
    let index: Int
    let before: World
    /// Nil for a seed, which is `before` itself.
    let move: Move?
  }

  /// What came of trying everything in some worlds.
  struct Expansion: Sendable {
    var successors: [(parent: Int, world: World, [Successor])] = []
    var asked = 0
    var accepted = 0
    var commands: Set<String> = []
    var standing = Standing()
    var broken: [(parent: Int, move: Int?, Violation)] = []
  }

  /// Worlds that a task expands before what it found is looked at.
  private static let share = 100

  /// Explores from seeds; stops as soon as something was broken.
  package func explore(
    _ seeds: [Seed], within bounds: Bounds, progress: @Sendable (Report) -> Void = { _ in }
  ) async -> Report {
    var report = Report()
    var seen: Set<Fingerprint.Key> = []
    var steps: [Step] = []
    var level: [Place] = []
    for (index, seed) in seeds.enumerated() where seen.insert(Fingerprint.of(seed.world)).inserted {
      level.append(Place(index: steps.count, before: seed.world, move: nil))
      steps.append(Step(parent: Int32(steps.count), move: Int16(index)))
    }
    report.levels = [level.count]
    report.worlds = level.count
    while report.levels.count <= bounds.depth, !level.isEmpty, report.violations.isEmpty {
      var next: [Place] = []
      for start in stride(from: 0, to: level.count, by: Self.share * bounds.tasks) {
        if steps.count >= bounds.worlds || !report.violations.isEmpty { break }
        let batch = level[start..<min(start + Self.share * bounds.tasks, level.count)]
        for expansion in await expand(batch, known: seen, tasks: bounds.tasks) {
          report.take(expansion)
          for (parent, world, successors) in expansion.successors {
            for successor in successors where seen.insert(successor.key).inserted {
              next.append(Place(index: steps.count, before: world, move: successor.move))
              steps.append(Step(parent: Int32(parent), move: Int16(successor.number)))
            }
          }
          for (parent, move, violation) in expansion.broken.prefix(3) where report.violations.count < 10 {
            report.violations.append((violation, trace(to: parent, then: move, steps, seeds)))
          }
        }
        report.expanded += batch.count
        report.worlds = steps.count
        progress(report)
      }
      if !next.isEmpty { report.levels.append(next.count) }
      level = next
    }
    return report
  }

  /// Tries everything in some worlds, shared among tasks.
  private func expand(
    _ batch: ArraySlice<Place>, known: Set<Fingerprint.Key>, tasks: Int
  ) async -> [Expansion] {
    let share = (batch.count + tasks - 1) / tasks
    return await withTaskGroup(of: (Int, Expansion).self) { group in
      for task in 0..<tasks {
        let part = Array(batch.dropFirst(task * share).prefix(share))
        group.addTask {
          var expansion = Expansion()
          for place in part {
            let world = place.move.map { after($0, place.before) } ?? place.before
            expand(world, place.index, known: known, into: &expansion)
          }
          return (task, expansion)
        }
      }
      var parts: [(Int, Expansion)] = []
      for await part in group { parts.append(part) }
      return parts.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  /// Tries everything in a world; keeps the worlds that are not known yet.
  func expand(_ world: World, _ index: Int, known: Set<Fingerprint.Key>, into expansion: inout Expansion) {
    let pictures = setting.pictures(of: world)
    var ways = Ways()
    var successors: [Successor] = []
    for (number, move) in moves.all(in: world).enumerated() {
      let next: World
      switch move {
      case .wait, .data: next = after(move, world)
      case .command(let command, let actor, let together, let earlier):
        if untried.contains(type(of: command).name) { continue }
        expansion.asked += 1
        guard
          case .accepted(let facts, let after) = setting.decide(
            command, by: actor, together: together, earlier: earlier, in: world, pictures: pictures)
        else { continue }
        expansion.accepted += 1
        expansion.commands.insert(type(of: command).name)
        let broken = invariants.violations(
          of: facts, from: command, by: actor, earlier: earlier, before: world, after: after)
        for violation in broken {
          expansion.broken.append((index, number, violation))
        }
        ways.add(facts, from: world, to: after)
        // The worlds past a gate of minutes ago, and past what is asked of now, too, are left out
        // to keep the space small: the times that run from them begin earlier.
        if earlier, command.isAskedOfNow { continue }
        next = after
      }
      let key = Fingerprint.of(next)
      if !known.contains(key) {
        successors.append(Successor(key: key, number: number, move: move))
      }
    }
    expansion.successors.append((index, world, successors))
    let standing = ways.standing(in: world)
    expansion.standing.add(standing)
    for violation in standing.violations { expansion.broken.append((index, nil, violation)) }
  }
}

extension Explorer.Report {
  fileprivate mutating func take(_ expansion: Explorer.Expansion) {
    asked += expansion.asked
    accepted += expansion.accepted
    commands.formUnion(expansion.commands)
    present += expansion.standing.present
    canGoOn += expansion.standing.canGoOn
    canLeave += expansion.standing.canLeave
  }
}

extension Explorer {
  /// The way from a seed to a world, and one move more, as people read it.
  private func trace(to index: Int, then move: Int?, _ steps: [Step], _ seeds: [Seed]) -> [String] {
    var path: [Int] = move.map { [$0] } ?? []
    var place = index
    while steps[place].parent != place {
      path.append(Int(steps[place].move))
      place = Int(steps[place].parent)
    }
    let seed = seeds[Int(steps[place].move)]
    return ["seed: \(seed.name)"] + replay(path.reversed(), from: seed.world)
  }

  /// Moves by their numbers, done again.
  private func replay(_ numbers: [Int], from seed: World) -> [String] {
    var world = seed
    return numbers.map { number in
      let move = moves.all(in: world)[number]
      world = after(move, world)
      return move.description
    }
  }

  /// The world after a move; the same where a command is refused.
  func after(_ move: Move, _ world: World) -> World {
    switch move {
    case .wait(let pause): return setting.after(pause, world)
    case .data(let id, let picture):
      var next = world
      next.pictures[id] = picture
      return next
    case .command(let command, let actor, let together, let earlier):
      let pictures = setting.pictures(of: world)
      let outcome = setting.decide(
        command, by: actor, together: together, earlier: earlier, in: world, pictures: pictures)
      if case .accepted(_, let next) = outcome { return next }
      return world
    }
  }
}
