import Ledger
import Trial

// Commands whose data come from a file, and those that sign what was shown.

extension Supplement {
  static let importData = Supplement(
    found: ["bundle", "resources"],
    added: [file("file", "the FHIR file: a bundle in JSON, or NDJSON")],
    find: { _, given in
      // The data are read, checked and sealed once the command is known; until then they have no digest.
      var given = given
      given.texts["bundle"] = [Digest(of: "").description]
      given.texts["resources"] = ["0"]
      return given
    },
    complete: { live, given, request in
      guard let file = given.documents("file").last else { throw FieldFaults("file", .missing) }
      return try await live.importing(file.bytes, file: file.name, with: request)
    })

  /// Entries are read from a file.
  static let saveForm = Supplement(
    found: ["entries"],
    added: [
      file(
        "entries",
        "a JSON file: [{\"item\", \"value\", \"unit\"?, \"low\"?, \"high\"?, \"laboratory\"?, \"read\"?}], or \"absent\" "
          + "(notDone, unknown, notApplicable) or \"cleared\" (true) in place of value; read: the item's version as shown"
      )
    ],
    find: { _, given in
      guard let file = given.documents("entries").last else { throw FieldFaults("entries", .missing) }
      var given = given
      given.texts["entries"] = [try file.text(at: "entries")]
      return given
    })

  /// What is signed was shown before, with its digest.
  static let shownContent = Supplement(
    found: ["content"], added: [text("content", "the digest that was shown with the content")])

  /// The ranges are read from a file.
  static let importRanges = Supplement(
    found: ["file", "ranges"],
    added: [
      file(
        "file",
        "a CSV file with the columns laboratory, concept, sex, ageFrom, ageTo, validFrom, validTo, low, high, unit")
    ],
    find: { live, given in
      guard let file = given.documents("file").last else { throw FieldFaults("file", .missing) }
      let text = try file.text(at: "file")
      var given = given
      do {
        given.texts["ranges"] = [try await live.ranges(in: text, file: file.name)]
      } catch let refused as RefusedFile {
        throw FieldFaults("file", .misfit(refused.description))
      }
      given.texts["file"] = [Digest(of: text).description]
      return given
    })
}
