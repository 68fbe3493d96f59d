import Ledger
import Trial

// Documents that a command rests on: given as files, kept in the ledger, named in the event by their digests.

extension FormChange {
  /// The same, where a member that is a digest, or a list of them, is found by reading files, which are attached. Who
  /// gives a digest alone names a document that the ledger holds already.
  func attaching(_ member: String, file: String? = nil, isList: Bool = false) -> FormChange {
    let file = file ?? member + "File"
    let words = OptionDecoder.option(member)
    var change = self
    change.found.insert(member)
    change.attached.append(file)
    change.added += [
      Added(
        file,
        isList ? "a file of the \(words), kept in the ledger; may be repeated" : "the \(words), kept in the ledger",
        optional: true, isFile: true, isList: isList),
      Added(
        member, "the digest, where the ledger holds it already" + (isList ? "; may be repeated" : ""), optional: true,
        isList: isList),
    ]
    let before = find
    change.find = { run, given in
      var given = try await before?(run, given) ?? given
      let digests = try (given[file] ?? []).map { path in (path, Digest(of: try InputFile.bytes(path)).description) }
      if !isList, let (path, digest) = digests.last, let named = given[member]?.last, named != digest {
        throw Unusable("‘\(path)’ is not the document with the digest \(named). Give the right file, or no digest.")
      }
      if !digests.isEmpty { given[member, default: []] += digests.map(\.1) }
      guard given[member] != nil else { throw Unusable("The \(words) is missing: give it with --\(option(file)).") }
      return given
    }
    return change
  }

  /// The same, where the digest of the minutes in the ballot is found by reading their file, which is attached.
  var attachingMinutes: FormChange {
    var change = self
    change.attached.append("minutesFile")
    change.added.append(
      Added(
        "minutesFile", "the minutes, kept in the ledger; the ballot then need not name their digest", optional: true,
        isFile: true))
    let before = find
    change.find = { run, given in
      var given = try await before?(run, given) ?? given
      guard let path = given["minutesFile"]?.last, let ballot = given["ballot"]?.last else { return given }
      let digest = Digest(of: try InputFile.bytes(path)).description
      // What is no JSON object is left to the reader of the ballot to refuse.
      guard case .object(var members) = try? CanonicalJSON(parsing: Array(ballot.utf8)).value else { return given }
      if case .string(let named) = members["minutes"] ?? .null, named != digest {
        throw Unusable("‘\(path)’ is not the minutes that the ballot names (\(named)). Give the right file.")
      }
      members["minutes"] = .string(digest)
      given["ballot"] = [try CanonicalJSON(.object(members)).description]
      return given
    }
    return change
  }

  private func option(_ key: String) -> String { OptionDecoder.option(key) }
}
