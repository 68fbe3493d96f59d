import Ledger
import LedgerSQLite
import Testing

@testable import tandem

/// Proofs of the tree at the command line, verified with what a witness has: a root, and no ledger.
struct LedgerProofTests {
  private func digests(_ texts: Any?) throws -> [Digest] {
    try #require(texts as? [String]).map { try #require(Digest($0)) }
  }

  /// The size and the root that an answer is about.
  private func head(_ outcome: TandemRunner.Outcome) throws -> Head {
    let answer = try outcome.object
    return Head(
      position: try #require(answer["size"] as? Int),
      root: try #require((answer["root"] as? String).flatMap { Digest($0) }, "\(outcome.output) \(outcome.errors)"))
  }

  @Test func `an event is shown to be in the ledger of a root, and in no other place of it`() async throws {
    let study = try await Stage.study()
    for position in [1, 2, 17] {
      let outcome = await study.run([
        "ledger", "proof", "--event", "\(position)", "--data", study.data, "--format", "json",
      ])
      let head = try head(outcome)
      let leaf = try #require((try outcome.object["leaf"] as? String).flatMap { Digest($0) })
      let proof = try digests(try outcome.object["proof"])
      for index in 0..<20 {
        let isThere = MerkleTree.verifyInclusion(
          of: leaf, at: index, size: head.position, root: head.root, proof: proof)
        #expect(isThere == (index == position - 1))
      }
    }
  }

  @Test func `an earlier checkpoint is shown to be the beginning of what the ledger has become`() async throws {
    let study = try await Stage.study()
    let earlier = try head(await study.run(["ledger", "checkpoint", "--data", study.data, "--format", "json"]))
    try await study.done("participant list", as: "petra.wolf")
    let outcome = await study.run([
      "ledger", "proof", "--since", "\(earlier.position)", "--data", study.data, "--format", "json",
    ])
    let later = try head(outcome)
    let proof = try digests(try outcome.object["proof"])
    #expect(later.position > earlier.position)
    #expect(MerkleTree.verifyConsistency(from: earlier, to: later, proof: proof))
    let rewritten = Head(position: earlier.position, root: Digest(of: "another history"))
    #expect(!MerkleTree.verifyConsistency(from: rewritten, to: later, proof: proof))
  }

  @Test func `what is no place of the ledger has no proof, and one of the two is asked for`() async throws {
    let study = try await Stage.study()
    for asked in [["--event", "100000"], ["--event", "0"], ["--since", "100000"]] {
      let outcome = await study.run(["ledger", "proof", "--data", study.data] + asked)
      #expect(outcome.status == 1 && outcome.errors.contains("Give one of them"), "\(outcome.errors)")
    }
    for asked in [[], ["--event", "1", "--since", "1"]] {
      #expect(await study.run(["ledger", "proof", "--data", study.data] + asked).status == 64)
    }
    let text = await study.run(["ledger", "proof", "--event", "1", "--data", study.data])
    #expect(text.status == 0 && text.output.contains("leaf"), "\(text.errors)")
  }
}
