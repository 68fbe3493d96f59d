import ClinicalValues
import Ledger
import LedgerTesting
import Testing

struct CheckpointTests {
  /// The example of golang.org/x/mod/sumdb/note.
  static let secret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
  static let key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
  static let note = """
    If you think cryptography is the answer to your problem,
    then you don't know what your problem is.

    \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

    """

  @Test func `keys and signatures are those of other programs that write signed notes`() throws {
    let key = try VerifierKey(Self.key)
    #expect("\(key)" == Self.key)
    let note = try SignedNote(Self.note)
    #expect(note.isSigned(by: key) && "\(note)" == Self.note)
    let secret = try SigningKey(Self.secret)
    #expect(secret.verifier == key && secret.secretText == Self.secret)
    var own = try #require(SignedNote(text: note.text))
    try own.sign(with: secret)
    #expect("\(own)" == Self.note)
  }

  @Test func `the checkpoint of the specification is read`() throws {
    let text = """
      example.com/behind-the-sofa
      20852163
      CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

      \u{2014} example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
      \u{2014} witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==

      """
    let checkpoint = try SignedCheckpoint(text)
    #expect(checkpoint.checkpoint.origin == "example.com/behind-the-sofa")
    #expect(checkpoint.checkpoint.head.position == 20_852_163)
    #expect(checkpoint.note.signatures.count == 2 && "\(checkpoint)" == text)
  }

  static let ours: SigningKey? = try? SigningKey(name: "ledger.example/cd19", seed: [UInt8](repeating: 1, count: 32))
  static let witness: SigningKey? = try? SigningKey(name: "witness.example", seed: [UInt8](repeating: 2, count: 32))
  static let head = Head(position: 12, root: Digest(of: "root"))

  @Test func `a checkpoint is signed by its ledger and cosigned by a witness`() throws {
    let (ours, witness) = (try #require(Self.ours), try #require(Self.witness))
    let signed = try Checkpoint(origin: ours.name, head: Self.head).signed(with: ours)
      .cosigned(with: witness, at: Instant(milliseconds: 1_679_315_147_000))
    let read = try SignedCheckpoint("\(signed)")
    #expect(read == signed)
    #expect(read.isSigned(by: ours.verifier) && read.isSigned(by: witness.cosigner))
    #expect(!read.isSigned(by: witness.verifier) && !read.isSigned(by: ours.cosigner))
    #expect(try VerifierKey("\(witness.cosigner)") == witness.cosigner)
  }

  @Test func `a signature does not move to another text`() throws {
    let ours = try #require(Self.ours)
    let signed = try Checkpoint(origin: ours.name, head: Self.head).signed(with: ours)
    let forged = "\(signed)".replacing("\n12\n", with: "\n13\n")
    #expect(try SignedCheckpoint(forged).isSigned(by: ours.verifier) == false)
  }

  @Test(arguments: [
    "", "\n", "text\n", "text\n\n", "text\n\nx\n", "text\n\n\u{2014} a b\n", "text\n\n\u{2014} a AAAA\n",
    "text\n\n\u{2014} a+b AAAAAAAA\n", "text\n\n\u{2014} a AAAAAAAA", "te\txt\n\n\u{2014} a AAAAAAAA\n",
    "text\r\n\r\n\u{2014} a AAAAAAAA\r\n", "text\n\n- a AAAAAAAA\n", "text\n\n\u{2014} a AAAAAAA\n",
    "text\n\n\u{2014} a AAAAAAB=\n",
  ]) func `a text that is no signed note is refused`(_ text: String) {
    #expect(throws: InvalidNote.self) { try SignedNote(text) }
  }

  @Test(arguments: [
    "", "origin\n1\n", "origin\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
    "origin\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", "origin\n1\nCsUY\n",
    "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
    "origin\n99999999999999999999\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
  ]) func `a text that is no checkpoint is refused`(_ text: String) {
    #expect(throws: InvalidNote.self) { try Checkpoint(text: text) }
  }

  @Test(arguments: [
    "", "a+b", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "PeterNeumann+c74f20a3+ARpc",
  ]) func `a text that is no key is refused`(_ text: String) {
    #expect(throws: InvalidKey.self) { try VerifierKey(text) }
    #expect(throws: InvalidKey.self) { try SigningKey(text) }
  }

  @Test func `a message about a secret key does not repeat it`() {
    #expect { try SigningKey(Self.secret.replacing("c74f20a3", with: "c74f20a4")) } throws: {
      !"\($0)".contains("AYEKFALV")
    }
  }

  @Test func `a new key comes from the random numbers that are passed in`() throws {
    var (one, two, other) = (Seeded(1), Seeded(1), Seeded(2))
    let key = try SigningKey.generate(name: "a", using: &one)
    #expect(try SigningKey.generate(name: "a", using: &two).secretText == key.secretText)
    #expect(try SigningKey.generate(name: "a", using: &other).secretText != key.secretText)
    #expect(throws: InvalidKey.self) { try SigningKey(name: "a b", seed: [UInt8](repeating: 0, count: 32)) }
    #expect(throws: InvalidKey.self) { try SigningKey(name: "a", seed: [1]) }
  }

  @Test func `a witness's code is read back as a person would type it`() throws {
    let code = WitnessCode(Checkpoint(origin: "ledger.example/cd19", head: Self.head))
    #expect("\(code)".split(separator: " ").map(\.count) == [4, 4, 4, 4, 4, 4, 4, 4, 1])
    let typed = "\(code)".lowercased().replacing(" ", with: "-").replacing("0", with: "o").replacing("1", with: "l")
    #expect(try WitnessCode(origin: code.origin, size: code.size, code: typed) == code)
    #expect(code.matches(Self.head) && !code.matches(Head(position: 12, root: Digest(of: "other"))))
    #expect(!code.matches(Head(position: 13, root: Self.head.root)))
    let page = code.page(printed: Facts.time)
    #expect(page.contains("\(code)") && page.contains("ledger.example/cd19") && page.contains("12"))
  }

  @Test func `every mistyped or swapped character of a witness's code is noticed`() throws {
    let code = WitnessCode(Checkpoint(origin: "ledger.example/cd19", head: Self.head))
    let letters = Array("\(code)".replacing(" ", with: ""))
    func isRead(_ letters: [Character]) -> Bool {
      (try? WitnessCode(origin: code.origin, size: code.size, code: String(letters))) != nil
    }
    #expect(isRead(letters) && !isRead(Array(letters.dropLast())))
    for place in letters.indices.dropLast() {
      for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" where other != letters[place] {
        var wrong = letters
        wrong[place] = other
        #expect(!isRead(wrong))
      }
      guard place > 0, letters[place] != letters[place - 1] else { continue }
      var swapped = letters
      swapped.swapAt(place, place - 1)
      #expect(!isRead(swapped))
    }
  }
}
