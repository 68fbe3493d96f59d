import Foundation
import Testing

/// What a command cannot work with is told in one sentence: what, where, and what to do. Nothing stands on standard output then.
@Suite struct BadInputTests {
  static let cases: [(arguments: [String], status: Int32, told: String)] = [
    (["demo", "--days", "5000", "--data", "new"], 64, "--days is a number from 0 to 901, not 5000."),
    (["demo", "--data", "library.cql"], 1, "‘library.cql’ cannot be filled."),
    (["cql", "run", "library.cql", "--library-path", "nowhere"], 1, "‘nowhere’ is no folder that can be read."),
    (["cql", "run", "library.cql", "--library-path", "library.cql"], 1, "‘library.cql’ is no folder"),
    (["cql", "run", "nowhere.cql"], 1, "‘nowhere.cql’ cannot be read."),
    (["ucum", "test", "."], 1, "‘.’ cannot be read."),
    (
      ["serve", "--data", "new", "--port", "0", "--certificate", "none.pem", "--certificate-key", "none.pem"], 1,
      "The certificate ‘none.pem’"
    ),
    (
      [
        "serve", "--data", "new", "--port", "0", "--openid-issuer", "https://id.example", "--openid-client", "a",
        "--openid-secret-file", Repository.root.appending(path: "README.md").path,
      ], 1, "Others than its owner may read the secret ‘"
    ),
    (["serve", "--data", "new", "--port", "0", "--host", "0.0.0.0"], 64, "Beyond this machine the site speaks TLS"),
  ]

  @Test(arguments: [["-40", "Cel", "[degF]"], ["--", "-40", "Cel", "[degF]"]])
  func `a negative number needs no dashes before it and takes them`(_ words: [String]) throws {
    let outcome = try Program.run(["ucum", "convert"] + words)
    #expect(outcome.status == 0)
    #expect(outcome.output == "-40\n")
  }

  @Test(arguments: cases)
  func `what cannot be used is told in a sentence`(arguments: [String], status: Int32, told: String) throws {
    try Program.withFolder { folder in
      try "library Example\ndefine A: 1\n".write(
        to: folder.appending(path: "library.cql"), atomically: true, encoding: .utf8)
      let outcome = try Program.run(arguments, in: folder)
      #expect(outcome.status == status, "\(outcome.errors)")
      #expect(outcome.errors.contains(told), "\(outcome.errors)")
      #expect(outcome.output.isEmpty)
    }
  }
}
