// How quickly a whole trial is rebuilt from its ledger: every event read, decoded and folded into the state.
// Run: `tandem demo --data DIR`, then `swift run -c release trial-rebuild DIR`.

import Ledger
import LedgerSQLite
import Trial

let folder = CommandLine.arguments.dropFirst().first ?? "./tandem-demo"
let store = try SQLiteEventStore(path: "\(folder)/ledger.sqlite", access: .readOnly)
let clock = ContinuousClock()

/// The trial as its ledger tells it, and how many events that took.
func rebuild() async throws -> (state: TrialState, events: Int) {
  var state = TrialState()
  var position: Position = 0
  while case let page = try await store.events(after: position, limit: 2000), let last = page.last {
    for envelope in page { state.apply(try Recorded(envelope)) }
    position = last.position
  }
  return (state, position)
}

var times: [Duration] = []
var rebuilt = try await rebuild()
for _ in 0..<9 {
  let start = clock.now
  rebuilt = try await rebuild()
  times.append(clock.now - start)
}
let median = times.sorted()[times.count / 2]
print(
  "\(rebuilt.events) events, \(rebuilt.state.participants.count) participants, rebuilt in "
    + "\(median.components.attoseconds / 1_000_000_000_000_000 + median.components.seconds * 1000) ms (median of 9)")
