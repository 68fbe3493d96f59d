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

  @Test(arguments: [CompletionShell.bash, .zsh]) func `score offers its instruments`(_ shell: CompletionShell) {
    #expect(Tandem.completionScript(for: shell).contains("sledai2k"))
  }

  @Test(arguments: [CompletionShell.bash, .zsh])
  func `a script begins as its shell asks, and that shell reads it where it is there`(_ shell: CompletionShell) throws {
    let script = Tandem.completionScript(for: shell)
    // Without this line zsh does not take a file of `site-functions` for the completion of a command.
    #expect(script.hasPrefix(shell == .zsh ? "#compdef tandem\n" : "#!/bin/bash\n"))
    let places = ["/bin", "/usr/bin", "/usr/local/bin"].map { "\($0)/\(shell.rawValue)" }
    guard let place = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else { return }
    let file = FileManager.default.temporaryDirectory.appending(path: "tandem-completion-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(script.utf8).write(to: file)
    let reading = Process()
    reading.executableURL = URL(filePath: place)
    reading.arguments = ["-n", file.path]
    try reading.run()
    reading.waitUntilExit()
    #expect(reading.terminationStatus == 0)
  }
}
