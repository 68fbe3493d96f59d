import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import Trial

// What the command line does for casebooks beyond a command's own members: entries come from a file, what is signed is
// shown first.

extension FormChange {
  /// Entries are read from a file.
  static let saveForm = FormChange(
    found: ["entries"],
    added: [
      Added(
        "entries",
        "a JSON file: [{\"item\", \"value\", \"unit\"?, \"low\"?, \"high\"?, \"laboratory\"?, \"read\"?}], or \"absent\" "
          + "(notDone, unknown, notApplicable) or \"cleared\" (true) in place of value; read: the item's version as shown",
        isFile: true)
    ],
    find: { run, given in
      var given = given
      given["entries"] = [try InputFile.text(try run.text("entries", asking: "The file of entries"))]
      return given
    })

  /// The form is shown before it is signed; without the digest of what was shown, what is shown now is signed.
  static let signForm = FormChange(
    found: ["content"], added: [contentOption],
    find: { run, given in
      guard given["content"] == nil else { return given }
      let form = try await run.live.form(
        try run.value("form") { try FormKey($0) },
        of: try await run.visit.participant(run.text("participant", asking: "Whom")).id)
      Terminal.say(FormText.text(form))
      var given = given
      given["content"] = [form.content.description]
      return given
    })

  /// As of a form.
  static let signCasebook = FormChange(
    found: ["content"], added: [contentOption],
    find: { run, given in
      guard given["content"] == nil else { return given }
      let found = try await run.visit.participant(run.text("participant", asking: "Whom"))
      Terminal.say(CasebookText.text(found))
      var given = given
      given["content"] = [try found.casebook.content(of: .casebook).description]
      return given
    })

  private static let contentOption = Added(
    "content", "the digest that was shown with the content; left out: what is there now is shown and signed",
    optional: true)

  /// The ranges are read from a file.
  static let importRanges = FormChange(
    found: ["file", "ranges"],
    added: [
      Added(
        "file",
        "a CSV file with the columns laboratory, concept, sex, ageFrom, ageTo, validFrom, validTo, low, high, unit",
        isFile: true)
    ],
    find: { run, given in
      let file = try run.text("file", asking: "The file of ranges")
      let text = try InputFile.text(file)
      var given = given
      do {
        given["ranges"] = [try await run.live.ranges(in: text, file: file)]
      } catch let refused as RefusedFile {
        throw Unusable(refused.description)
      }
      given["file"] = [Digest(of: text).description]
      return given
    })
}
