// What a casebook costs: one form saved, all its checks asked, all its events of two years read and folded.
// Run: `tandem demo --data DIR`, then `cd Benchmarks && swift run -c release casebook-rates DIR`. It works on a copy of DIR, and ends
// in about a minute: what takes long is measured as often as its time allows, and the number of times is printed.
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

/// Ends with a sentence: the data are not what the benchmark needs.
func stop(_ sentence: String) -> Never {
  FileHandle.standardError.write(Data((sentence + "\n").utf8))
  exit(1)
}

let given = CommandLine.arguments.dropFirst().first ?? "./tandem-demo"
guard FileManager.default.fileExists(atPath: "\(given)/ledger.sqlite") else {
  stop("There is no demonstration in \(given). Build it with tandem demo --data \(given), and name its folder.")
}
let folder = NSTemporaryDirectory() + "casebook-rates-\(UUID().uuidString)"
try FileManager.default.copyItem(atPath: given, toPath: folder)
defer { try? FileManager.default.removeItem(atPath: folder) }

let clock = ContinuousClock()
func milliseconds(_ body: () async throws -> Void) async throws -> Double {
  let time = try await clock.measure(body)
  return Double(time.components.seconds) * 1e3 + Double(time.components.attoseconds) / 1e15
}
func text(_ value: Double, _ digits: Int = 1) -> String { String(format: "%.\(digits)f", value) }
func share(_ part: Double, of values: [Double]) -> Double {
  values.sorted()[min(Int(part * Double(values.count)), values.count - 1)]
}
/// How far it has come, beside the results.
func tell(_ step: String, _ milliseconds: Double) {
  FileHandle.standardError.write(Data("\(step): \(text(milliseconds / 1000)) s\n".utf8))
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
var read: [ProtocolShelf] = []
tell(
  "protocol versions read and compiled",
  try await milliseconds {
    read = [ProtocolShelf(try versions.map { try StudyChecker(models: Screening.models).read($0) })]
  })
let shelf = read[0]
let end = try await ledger.events(after: 0, limit: .max).last?.recorded ?? Instant(milliseconds: 0)
let live = try await LiveStudy(
  store: ledger, shelf: shelf,
  vault: IdentityVault(
    data: try SQLiteSealedStore(path: "\(folder)/identity.sqlite"),
    keys: try SQLiteSealedStore(path: "\(folder)/keys/keys.sqlite"), master: master),
  authenticator: Authenticator(
    store: try SQLiteSealedStore(path: "\(folder)/credentials.sqlite"), master: master),
  clock: { end.adding(minutes: 1) })

// MARK: - Whose casebooks

let trial = try await live.state()
let moment = Moment(end)
let everybody = trial.participants.values.sorted { $0.id < $1.id }
let people = trial.people.accounts.values.flatMap { account in
  account.grants.map { Acting(account: account.id, role: $0.role, site: $0.site) }
}.sorted { $0.account.description < $1.account.description }
/// The largest casebook of somebody who went all the way, else the largest of all.
let whole = everybody.filter { $0.way.completed != nil }
let largest = (whole.isEmpty ? everybody : whole).max { $0.casebook.forms.count < $1.casebook.forms.count }
guard let largest, let manager = people.first(where: { $0.role == .dataManager }) else {
  stop("Nobody in \(given) has a casebook: build it with tandem demo.")
}
let book = try shelf.edition(of: largest.id, at: moment, in: trial).book
let forms = book.forms.values
print(
  "the study: \(forms.count) forms, \(forms.reduce(0) { $0 + $1.items.count }) items, "
    + "\(forms.reduce(0) { $0 + $1.checks.count }) checks")

// MARK: - All events of the casebook

let stream = StreamID.participant(largest.id)
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
  "casebook of \(largest.id)\(whole.isEmpty ? "" : ", Month 24 done"): \(largest.casebook.forms.count) forms, "
    + "\(events.count) events, \(bytes / 1000) kB of facts, read and folded in \(text(share(0.5, of: folds))) ms "
    + "(median of \(folds.count))")

// MARK: - One form of 40 items

/// What a person has entered into a form.
func entries(_ key: FormKey, of state: ParticipantState, _ book: FormBook) -> [Entry] {
  let plan = book.forms[key.form]
  return (state.casebook.forms[key]?.entries ?? []).filter { plan?.item($0.item)?.calculated == nil }
}
/// What is done at many visits can be done at one more: of these forms, those of everybody who can still be visited.
var samples: [(state: ParticipantState, key: FormKey, entries: [Entry])] = []
for state in everybody where state.way.left == nil && state.way.died == nil && state.way.completed == nil {
  let book = try shelf.edition(of: state.id, at: moment, in: trial).book
  let ofVisits = state.casebook.keys().filter { book.forms[$0.form]?.occurs == .visit }
  for key in Dictionary(grouping: ofVisits, by: \.form).values.filter({ $0.count > 2 }).joined() {
    samples.append((state, key, entries(key, of: state, book)))
  }
}
guard let sample = samples.min(by: { abs($0.entries.count - 40) < abs($1.entries.count - 40) }),
  let nurse = people.first(where: { $0.role == .nurse && $0.site == sample.state.way.site }),
  let visit = book.schedule.visits.first(where: { $0.anchor == .unscheduled })
else { stop("No form of a visit is filled in \(given): build a longer one with tandem demo.") }
let (visited, form, answers) = (sample.state, sample.key.form, sample.entries)
let own = StreamID.participant(visited.id)
let plain = try SQLiteEventStore(path: "\(folder)/plain.sqlite", sealing: try master.ledgerKey(name: verifier.name))
var (saves, bare): ([Double], [Double]) = ([], [])
var version: Version = 0
let saving = clock.now
while saves.count < 200, saves.count < 20 || clock.now - saving < .seconds(25) {
  let key = try FormKey(visit: visit.id, number: 101 + saves.count, form: form)
  let command = SaveForm(participant: visited.id, form: key, entries: answers.map { ReadEntry($0) })
  var performed: Performed?
  saves.append(
    try await milliseconds {
      performed = try await live.perform(Request(command, by: nurse, origin: .commandLine), sign: { _ in [] })
    })
  let events = (performed?.envelopes.map(\.event) ?? []).filter { $0.stream == own }
  bare.append(
    try await milliseconds {
      _ = try await plain.append(Append(expected: [own: version], events: events, recorded: end))
    })
  version += events.count
}
let ratio = share(0.5, of: zip(saves, bare).map { $0 / $1 })
print(
  "\(form) with \(answers.count) items saved: \(text(share(0.5, of: saves))) ms, p99 \(text(share(0.99, of: saves))) ms "
    + "(\(saves.count) saves); \(text(ratio)) times a bare append of the same events (\(text(share(0.5, of: bare))) ms)"
)

// MARK: - All checks

var checks: [Double] = []
// Once before: what the checks of today find anew is recorded, and not again.
tell(
  "all checks for the first time",
  try await milliseconds {
    _ = try await live.runChecks(of: largest.id, by: manager, origin: .commandLine)
  })
let checking = clock.now
while checks.count < 9, checks.isEmpty || clock.now - checking < .seconds(15) {
  checks.append(
    try await milliseconds {
      _ = try await live.runChecks(of: largest.id, by: manager, origin: .commandLine)
    })
}
let asked = largest.casebook.keys().reduce(0) { $0 + (book.forms[$1.form]?.checks.count ?? 0) }
print(
  "all \(asked) checks of the \(largest.casebook.forms.count) forms of \(largest.id): \(text(share(0.5, of: checks))) ms "
    + "(median of \(checks.count))")
