import ArgumentParser
import Foundation
import Testing

@testable import tandem

/// What a shell offers while a line is typed.
struct CompletionTests {
  @Test func `the cohorts are those of the study that the line names`() {
    let study = Repository.root.appending(path: "Studies/cd19-bcma-aid").path
    let ids = CohortCompletion.ids(after: ["screen", "--study", study, "--cohort"])
    #expect(ids.contains("sle") && ids.last == "any")
    #expect(CohortCompletion.ids(after: ["screen", "--study", "/nowhere", "--cohort"]) == ["any"])
  }

  @Test func `score offers its instruments`() {
    #expect(Tandem.completionScript(for: .bash).contains("sledai2k"))
  }
}
