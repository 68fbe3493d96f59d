import Foundation
import Rules
import Testing

@testable import StudyDesign

struct VersionTests {
  @Test func `a version is named by the hash of its files, wherever it lies`() throws {
    let shipped = try StudyChecker.tested.read(StudyOnDisk.shipped.path)
    let copied = try StudyOnDisk.withCopy { try StudyChecker.tested.read($0.path) }
    #expect(shipped.digest == copied.digest)
    #expect(shipped.digest.count == 64)
    #expect(
      shipped.files.files.map(\.path)
        == shipped.files.files.map(\.path).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect(shipped.files.files.contains { $0.path == "library/Gates.cql" })
  }

  @Test func `the hash is that of the listing which sha256sum prints`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder.appending(path: "b"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("abc".utf8).write(to: folder.appending(path: "b/c"))
    try Data().write(to: folder.appending(path: "a"))
    try Data("x".utf8).write(to: folder.appending(path: ".hidden"))
    let files = VersionFiles(folder.path)
    #expect(
      files.files.map { "\($0.hash)  \($0.path)" } == [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b/c",
      ])
    #expect(files.digest == "daae4b97dc71ac4a743ec55d0492b0580a8cedb836fc1d29f6136042d54b6cf5")
  }

  @Test func `two copies of a version do not differ`() throws {
    let shipped = try StudyChecker.tested.read(StudyOnDisk.shipped.path)
    let copied = try StudyOnDisk.withCopy { copy in
      StudyDiff(from: shipped, to: try StudyChecker.tested.read(copy.path))
    }
    #expect(copied.changes.isEmpty)
  }

  @Test func `an amendment is told by what it changes, and by the criteria and findings that this touches`() throws {
    let before = try StudyChecker.tested.read(StudyOnDisk.shipped.path)
    let (after, diff) = try StudyOnDisk.withCopy { copy in
      try StudyOnDisk.removeTranslations(from: copy)
      for edit in Edit.all {
        let path = copy.appending(path: edit.file)
        let text = try String(contentsOf: path, encoding: .utf8)
        let place = try #require(text.range(of: edit.replace), "\(edit.replace)")
        try text.replacingCharacters(in: place, with: edit.with).write(to: path, atomically: true, encoding: .utf8)
      }
      let after = try StudyChecker.tested.read(copy.path)
      return (after, StudyDiff(from: before, to: after))
    }
    #expect(before.digest != after.digest)
    // The amendment has no translations, which would have to say its new words.
    let others = diff.changes.filter { $0.part != .translations && !$0.subject.hasPrefix("translations/") }
    let said = others.map { change in
      let values = change.part == .files ? "" : ": \(change.before ?? "-") > \(change.after ?? "-")"
      let touched = change.affects.isEmpty ? "" : " [\(change.affects.joined(separator: " "))]"
      return "\(change.part) \(change.subject) \(change.kind)\(values)\(touched)"
    }
    #expect(said == Edit.all.map(\.says))
  }

  /// A change to one file, and how the diff tells it; in the diff's order.
  private struct Edit {
    let file: String
    let replace: String
    let with: String
    let says: String

    static let all: [Edit] = [
      Edit(
        file: "criteria.yaml", replace: "    title: Adult\n", with: "    title: Grown-up\n",
        says: "criteria INC-1 title changed: Adult > Grown-up"),
      Edit(
        file: "conduct.yaml", replace: "    validDays: 28 #", with: "    validDays: 21 #",
        says: "limits way.eligibilityValidDays changed: 28 > 21"),
      Edit(
        file: "product.yaml", replace: "      low: 70\n      exceptional: true",
        with: "      low: 80\n      exceptional: true", says: "limits product.tests.viability.low changed: 70 > 80"),
      Edit(
        file: "safety.yaml", replace: "  daysAfterLater: 14", with: "  daysAfterLater: 21",
        says: "limits safety.staggerDaysLater changed: 14 > 21"),
      Edit(
        file: "study.yaml", replace: "    value: 28\n", with: "    value: 21\n",
        says: "limits study.parameters.screeningWindowDays changed: 28 > 21"),
      Edit(
        file: "conduct.yaml", replace: "    title: Weight measured since LD 1", with: "    title: Weight since LD 1",
        says: "findings weightSinceFirstDose.title changed: Weight measured since LD 1 > Weight since LD 1"),
      Edit(
        file: "study.yaml", replace: "    reading: No restriction by sex.", with: "    reading: Women only.",
        says: "provisional sex reading changed: No restriction by sex. > Women only."),
      Edit(
        file: "library/Gates.cql", replace: "Now() - 8 hours) then true else null",
        with: "Now() - 12 hours) then true else null",
        says: "definitions Gates.IsMeasured changed: define function IsMeasured(concept System.ValueSet): "
          + "if exists Since([Observation: concept], Now() - 8 hours) then true else null > "
          + "define function IsMeasured(concept System.ValueSet): "
          + "if exists Since([Observation: concept], Now() - 12 hours) then true else null [iceAndVitalsWithin8h]"),
      Edit(
        file: "library/Inclusion.cql",
        replace: "at least 50 %\ndefine \"INC-5.5 LVEF\":\n  Measured.AtLeast(\"lvef\", 50 '%')",
        with: "at least 45 %\ndefine \"INC-5.5 LVEF\":\n  Measured.AtLeast(\"lvef\", 45 '%')",
        says: "definitions Inclusion.INC-5.5 LVEF changed: // @part: LVEF // @says: left ventricular ejection fraction "
          + "at least 50 % define \"INC-5.5 LVEF\": Measured.AtLeast(\"lvef\", 50 '%') > // @part: LVEF // @says: left "
          + "ventricular ejection fraction at least 45 % define \"INC-5.5 LVEF\": Measured.AtLeast(\"lvef\", 45 '%') "
          + "[INC-5.5]"),
      Edit(
        file: "concepts.csv", replace: "\nhemoglobin,Hemoglobin [Mass/volume] in Blood,",
        with: "\nhemoglobin,Hemoglobin,",
        says: "dictionary hemoglobin display changed: Hemoglobin [Mass/volume] in Blood > Hemoglobin"),
      Edit(
        file: "library/Truth.cql", replace: "// Three values: true, false and unknown",
        with: "// Three values: yes, no and unknown",
        says: "files library/Truth.cql changed"),
    ]
  }
}
