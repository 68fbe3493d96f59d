import Ledger
import Trial

/// What is kept of whoever was infused once their identity is erased: that somebody with these traits was, so that nobody is
/// infused a second time under another number.
///
/// Each trait is a keyed hash of the hash by which the same person was found before, under a key of its own: no number, no name,
/// and nothing that could be laid beside an older copy of the store. Whoever brings the trait learns of it; nobody else does.
struct InfusedTraits: Sendable {
  private let data: any SealedStore
  private let key: SealingKey

  init(data: any SealedStore, master: MasterKey) {
    self.data = data
    self.key = master.key(for: "infused, then erased")
  }

  /// What the store holds once whoever had some hashes is erased.
  func kept(of hashes: [IdentityTrait: [UInt8]]) -> [SealedChange] {
    IdentityTrait.allCases.compactMap { trait in
      hashes[trait].map { hash in
        let code = coded(hash)
        return .put(code, name(trait, code))
      }
    }
  }

  /// Which of some hashes were those of somebody infused and erased.
  func traits(among hashes: [IdentityTrait: [UInt8]]) async throws -> [IdentityTrait] {
    var found: [IdentityTrait] = []
    for (trait, hash) in hashes {
      let code = coded(hash)
      if let kept = try await data.bytes(name(trait, code)), equalInConstantTime(kept, code) { found.append(trait) }
    }
    return found.sorted()
  }

  private func coded(_ hash: [UInt8]) -> [UInt8] { key.authenticationCode(of: Digest(of: hash).description) }

  private func name(_ trait: IdentityTrait, _ code: [UInt8]) -> SealedName {
    SealedName("infused-\(trait.rawValue)", Digest(of: code).description)
  }
}

/// Who looks like a person: participants, and whoever was infused and whose identity has been erased since.
struct Likeness: Sendable {
  /// Participants who are known.
  var participants: [IdentityMatch]
  /// By what somebody looks the same who was infused and is erased.
  var erased: [IdentityTrait]

  /// Whether nobody looks the same.
  var isNone: Bool { participants.isEmpty && erased.isEmpty }

  /// For the person who registers.
  var description: String {
    let infused =
      erased.isEmpty
      ? []
      : [
        "Somebody with the same \(erased.words) was infused in this study; their identity has been erased since."
      ]
    return (participants.map(\.description) + infused).joined(separator: " ")
  }

  /// What to do about it.
  private var remedy: String {
    erased.isEmpty
      ? "If it is the same person, go on with that number. If it is another one, say how you know."
      : "If it is the same person, do not go on: there is never a second infusion. If it is another one, say how you know."
  }

  /// Why it is another person than these, as the ledger has it; nil where nobody looks the same.
  ///
  /// - Throws: `Refusal` (`same-person`) where somebody does and it is not said how that is known.
  func reason(_ despiteMatch: String?) throws(Refusal) -> String? {
    guard !isNone else { return nil }
    guard let despiteMatch, despiteMatch.contains(where: \.isLetter) else {
      throw Refusal("same-person", because: description, remedy: remedy)
    }
    let infused = erased.isEmpty ? [] : ["somebody infused whose identity is erased"]
    let others = (participants.map(\.participant.description) + infused).joined(separator: ", ")
    return "Another person than \(others): \(despiteMatch)"
  }
}

extension [IdentityTrait] {
  /// As people read them.
  var words: String {
    map { $0 == .document ? "document number" : "name and date of birth" }.joined(separator: " and ")
  }
}
