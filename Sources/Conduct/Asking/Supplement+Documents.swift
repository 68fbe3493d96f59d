import Ledger
import Trial

// Documents that a command rests on: given as files, kept in the ledger, named in the event by their digests.

extension Supplement {
  /// The same, where a member that is a digest, or a list of them, is found by reading files, which are attached. Who
  /// gives a digest alone names a document that the ledger holds already.
  func attaching(_ member: String, file key: String? = nil, isList: Bool = false) -> Supplement {
    let key = key ?? member + "File"
    var supplement = self
    supplement.found.insert(member)
    supplement.attached.append(key)
    supplement.added += [
      Supplement.file(
        key,
        isList ? "a file of the \(member), kept in the ledger; may be repeated" : "the \(member), kept in the ledger",
        optional: true, isList: isList),
      Supplement.text(
        member, "the digest, where the ledger holds it already" + (isList ? "; may be repeated" : ""), optional: true,
        isList: isList),
    ]
    let before = find
    supplement.find = { live, given in
      var given = try await before?(live, given) ?? given
      let digests = given.documents(key).map { ($0.name, Digest(of: $0.bytes).description) }
      if !isList, let (name, digest) = digests.last, let named = given[member], named != digest {
        throw FieldFaults(
          key, .misfit("‘\(name)’ is not the document with the digest \(named). Give the right file, or no digest."))
      }
      if !digests.isEmpty { given.texts[member, default: []] += digests.map(\.1) }
      guard given[member] != nil else { throw FieldFaults(key, .documentMissing(of: member)) }
      return given
    }
    return supplement
  }

  /// The same, where the digest of the minutes in the ballot is found by reading their file, which is attached.
  var attachingMinutes: Supplement {
    var supplement = self
    supplement.attached.append("minutesFile")
    supplement.added.append(
      Supplement.file(
        "minutesFile", "the minutes, kept in the ledger; the ballot then need not name their digest", optional: true))
    let before = find
    supplement.find = { live, given in
      var given = try await before?(live, given) ?? given
      guard let file = given.documents("minutesFile").last, let ballot = given["ballot"] else { return given }
      let digest = Digest(of: file.bytes).description
      // What is no JSON object is left to the reader of the ballot to refuse.
      guard case .object(var members) = try? CanonicalJSON(parsing: Array(ballot.utf8)).value else { return given }
      if case .string(let named) = members["minutes"] ?? .null, named != digest {
        throw FieldFaults(
          "minutesFile",
          .misfit("‘\(file.name)’ is not the minutes that the ballot names (\(named)). Give the right file."))
      }
      members["minutes"] = .string(digest)
      given.texts["ballot"] = [try CanonicalJSON(.object(members)).description]
      return given
    }
    return supplement
  }

  /// The digest of a protocol version is that of its folder, which the program has read; whoever names another one than
  /// that is refused.
  static let namedVersion = Supplement(
    found: ["digest"],
    added: [text("digest", "the digest of its folder; that of the folder at hand if left out", optional: true)],
    find: { live, given in
      let version = try given.value("version") { $0 }
      guard let edition = live.shelf.editions.first(where: { $0.version.version == version }) else {
        let known = live.shelf.editions.map(\.version.version).joined(separator: ", ")
        throw FieldFaults(
          "version", .misfit("There is no protocol version ‘\(version)’. The study's folders hold: \(known)."))
      }
      var given = given
      given.texts["digest", default: []].insert(edition.version.digest.description, at: 0)
      return given
    })
}
