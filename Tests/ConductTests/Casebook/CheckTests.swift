import FHIR
import Rules
import StudyDesign
import Testing
import Trial

import class Foundation.ProcessInfo

@testable import Conduct

/// Every check of the study finds something in some casebook and nothing in another: `scripts/test --long`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["TANDEM_LONG"] != nil))
struct CheckTests {
  /// So many casebooks are invented at most; what has not fired by then is taken never to fire.
  private static let most: UInt64 = 600

  @Test func `every check fires on some answers, is silent on others, and never fails`() throws {
    let edition = try CasebookStage.edition.get()
    let all = Set(edition.study.forms.flatMap(\.checks).map(\.id))
    var fired: Set<String> = []
    var silent: Set<String> = []
    var visits: Set<String> = []
    for seed in 1...Self.most where fired != all || silent != all {
      // What is rare takes several answers at once: it is looked for where it has not been found.
      let left = edition.study.forms.filter { !Set($0.checks.map(\.id)).isSubset(of: fired) }.map(\.id)
      let casebook = try InventedCasebook(seed, of: edition, often: seed > 20 ? Set(left) : [])
      let source = casebook.desk.source(casebook.person)
      let merged = try #require(try source.record(by: edition.study))
      #expect(merged.record.problems.isEmpty, "\(seed): \(merged.record.problems.first?.description ?? "")")
      for key in casebook.desk.state.casebook.keys() {
        let plan = try edition.book.form(of: key)
        visits.insert(key.visit)
        // The first casebooks are read whole; after that only what has something left to show.
        let checks = Set(plan.checks.map(\.id))
        guard seed <= 8 || !checks.isSubset(of: fired) || !checks.isSubset(of: silent) else { continue }
        let reading = try edition.rules.read(
          plan, answers: casebook.answers(key, plan), record: merged.record, cohort: casebook.cohort,
          visit: key.visit, at: casebook.desk.now, anchors: casebook.anchors)
        let found = checks.intersection(reading.fired.map(\.id))
        fired.formUnion(found)
        silent.formUnion(checks.subtracting(found))
      }
    }
    #expect(all.count == 470)
    #expect(all.subtracting(fired).sorted() == [], "checks that can never fire")
    #expect(all.subtracting(silent).sorted() == [], "checks that always fire")
    #expect(Set(edition.study.schedule.visits.map(\.id)).subtracting(visits).sorted() == [], "visits without a form")
  }
}
