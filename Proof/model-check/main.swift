import Foundation
import ModelCheck

// model-check [--depth N] [--worlds N] [--tasks N]: the whole run, for a release build. It prints its figures and ends
// with 1 where anything was broken or a mutation was not caught.

/// The number after an option on the command line.
func option(_ name: String, default value: Int) -> Int {
  let arguments = CommandLine.arguments
  guard let index = arguments.firstIndex(of: name), arguments.indices.contains(index + 1) else { return value }
  return Int(arguments[index + 1]) ?? value
}

let began = Date()
let study = try SmallStudy()
let mutations = try Mutations(study).run()
print(Summary.of(mutations))

let bounds = Explorer.Bounds(
  depth: option("--depth", default: 100), worlds: option("--worlds", default: 1_000_000),
  tasks: option("--tasks", default: 2))
let report = await Explorer(study).explore(try Seeds.all(study), within: bounds) { report in
  if report.expanded % 2_000 < 200 {
    FileHandle.standardError.write(Data("\(report.worlds) worlds, \(report.expanded) expanded\n".utf8))
  }
}
print(Summary.of(report, seconds: Date().timeIntervalSince(began)))
exit(report.violations.isEmpty && mutations.allSatisfy { $0.trace != nil } ? 0 : 1)
