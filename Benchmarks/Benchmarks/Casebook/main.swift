// What a casebook of two years costs: one form saved, all its checks asked, all its events read and folded.
// Run: `tandem demo --data DIR`, then `swift run -c release casebook-rates DIR`. It works on a copy of DIR.
//
// Peers of the same run: a save beside a bare append of as many bytes to the ledger of the same disk, so that what Tandem
// adds to the disk's own time shows; the checks beside the same number of saves.

import ClinicalValues
import Conduct
import Foundation
import Ledger
import LedgerSQLite
import Rules
import StudyDesign
import Trial

let given = CommandLine.arguments.dropFirst().first ?? "./tandem-demo"
let folder = NSTemporaryDirectory() + "casebook-rates-\(UUID().uuidString)"
try FileManager.default.copyItem(atPath: given, toPath: folder)
defer { try? FileManager.default.removeItem(atPath: folder) }

/// Ends with a sentence: the data are not what the benchmark needs.
func stop(_ sentence: String) -> Never {
  FileHandle.standardError.write(Data((sentence + "\n").utf8))
  exit(1)
}

let clock = ContinuousClock()
func milliseconds(_ body: () async throws -> Void) async throws -> Double {
  let time = try await clock.measure(body)
  return Double(time.components.seconds) * 1e3 + Double(time.components.attoseconds) / 1e15
}
func text(_ value: Double, _ digits: Int = 1) -> String { String(format: "%.\(digits)f", value) }
func share(_ part: Double, of values: [Double]) -> Double {
  values.sorted()[min(Int(part * Double(values.count)), values.count - 1)]
}

// MARK: - The study as it runs

let master = try MasterKey.load("\(folder)/keys/master.key")
let verifier = try VerifierKey(
  String(contentsOfFile: "\(folder)/public.key", encoding: .utf8).filter { !$0.isWhitespace })
let ledger = try SQLiteEventStore(
  path: "\(folder)/ledger.sqlite", sealing: try master.ledgerKey(name: verifier.name))
let studies = "\(folder)/studies"
let versions = try FileManager.default.contentsOfDirectory(atPath: studies).sorted()
  .flatMap { study in
    try FileManager.default.contentsOfDirectory(atPath: "\(studies)/\(study)").sorted().map {
      "\(studies)/\(study)/\($0)"
    }
  }
let shelf = ProtocolShelf(try versions.map { try StudyChecker(models: Screening.models).read($0) })
let end = try await ledger.events(after: 0, limit: .max).last?.recorded ?? Instant(milliseconds: 0)
let live = try await LiveStudy(
  store: ledger, shelf: shelf,
  vault: IdentityVault(
    data: try SQLiteSealedStore(path: "\(folder)/identity.sqlite"),
    keys: try SQLiteSealedStore(path: "\(folder)/keys/keys.sqlite"), master: master),
  authenticator: Authenticator(
    store: try SQLiteSealedStore(path: "\(folder)/credentials.sqlite"), master: master),
  clock: { end.adding(minutes: 1) })

// MARK: - The largest casebook of somebody who can still be visited

let trial = try await live.state()
let moment = Moment(end)
let participants = trial.participants.values.filter {
  $0.way.left == nil && $0.way.died == nil && $0.way.completed == nil
}
let people = trial.people.accounts.values.flatMap { account in
  account.grants.map { Acting(account: account.id, role: $0.role, site: $0.site) }
}.sorted { $0.account.description < $1.account.description }
guard let participant = participants.max(by: { $0.casebook.forms.count < $1.casebook.forms.count }),
  let nurse = people.first(where: { $0.role == .nurse && $0.site == participant.way.site }),
  let manager = people.first(where: { $0.role == .dataManager })
else { stop("Nobody in \(given) has a casebook: build it with tandem demo.") }
let edition = try shelf.edition(of: participant.id, at: moment, in: trial)

// MARK: - All events of the casebook

let stream = StreamID.participant(participant.id)
let events = try await ledger.events(of: stream, after: 0)
let bytes = events.reduce(0) { $0 + $1.event.payload.bytes.count }
var folds: [Double] = []
for _ in 0..<9 {
  folds.append(
    try await milliseconds {
      var state = TrialState()
      for envelope in try await ledger.events(of: stream, after: 0) { state.apply(try Recorded(envelope)) }
    })
}
print(
  "casebook of \(participant.id): \(participant.casebook.forms.count) forms, \(events.count) events, "
    + "\(bytes / 1000) kB of facts, read and folded in \(text(share(0.5, of: folds))) ms (median of 9)")

// MARK: - All checks

var checks: [Double] = []
// Once before: what the checks of today find anew is recorded, and not again.
_ = try await live.runChecks(of: participant.id, by: manager, origin: .commandLine)
for _ in 0..<9 {
  checks.append(
    try await milliseconds {
      _ = try await live.runChecks(of: participant.id, by: manager, origin: .commandLine)
    })
}
let asked = participant.casebook.keys().reduce(0) { $0 + (edition.book.forms[$1.form]?.checks.count ?? 0) }
print("its \(asked) checks: \(text(share(0.5, of: checks))) ms (median of 9)")

// MARK: - One form of 40 items

let filled = participant.casebook.keys().filter { edition.book.forms[$0.form]?.occurs == .visit }
func entries(_ key: FormKey) -> [Entry] {
  let plan = edition.book.forms[key.form]
  return (participant.casebook.forms[key]?.entries ?? []).filter { plan?.item($0.item)?.calculated == nil }
}
guard let sample = filled.min(by: { abs(entries($0).count - 40) < abs(entries($1).count - 40) }),
  let visit = edition.study.schedule.visits.first(where: { $0.anchor == .unscheduled })?.id
else { stop("No form of a visit is filled in \(given): build a longer one with tandem demo.") }
let answers = entries(sample)
let plain = try SQLiteEventStore(path: "\(folder)/plain.sqlite", sealing: try master.ledgerKey(name: verifier.name))
var (saves, bare): ([Double], [Double]) = ([], [])
var version: Version = 0
for number in 1...200 {
  let key = try FormKey(visit: visit, number: 100 + number, form: sample.form)
  let command = SaveForm(participant: participant.id, form: key, entries: answers.map { ReadEntry($0) })
  var performed: Performed?
  saves.append(
    try await milliseconds {
      performed = try await live.perform(Request(command, by: nurse, origin: .commandLine), sign: { _ in [] })
    })
  let events = (performed?.envelopes.map(\.event) ?? []).filter { $0.stream == stream }
  bare.append(
    try await milliseconds {
      _ = try await plain.append(Append(expected: [stream: version], events: events, recorded: end))
    })
  version += events.count
}
let ratio = share(0.5, of: zip(saves, bare).map { $0 / $1 })
print(
  "\(sample.form) with \(answers.count) items saved: \(text(share(0.5, of: saves))) ms, p99 \(text(share(0.99, of: saves))) ms "
    + "(\(saves.count) saves); \(text(ratio)) times a bare append of the same events (\(text(share(0.5, of: bare))) ms)"
)
