import ClinicalValues
import Foundation
import Testing
import Trial

@testable import tandem

/// A casebook at the command line: forms, laboratories' ranges and results.
struct CasebookCommandTests {
  private static let laboratory = Repository.root.appending(path: "Studies/cd19-bcma-aid/1.0/examples/laboratory")

  /// A participant who has consented.
  private func consented() async throws -> TandemRunner {
    let study = try await Stage.study()
    try await study.done(
      "participant register", as: "carla.rossi",
      ["site": "01", "cohort": "sle", "name": "Li Wei", "birth-date": "1990-05-02", "sex-at-birth": "female"])
    try await study.done(
      "participant consent", as: "carla.rossi",
      [
        "participant": "01-0001", "version": "1.0", "obtained-by": "ivan.kral", "obtained-as": "subInvestigator",
        "adult": "true", "copy-given": "true",
      ])
    return study
  }

  private func entries(_ study: TandemRunner, _ list: [[String: Any]]) throws -> String {
    let bytes = try JSONSerialization.data(withJSONObject: list)
    return try study.file("entries.json", String(decoding: bytes, as: UTF8.self))
  }

  private func view(_ study: TandemRunner, _ words: String...) async throws -> [String: Any] {
    let outcome = await study.run(
      words + [
        "--as", "carla.rossi", "--password-file", study.passwordFile, "--data", study.data, "--format", "json",
      ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try outcome.object
  }

  @Test func `a form is saved, shown, corrected with a reason, and every version stays`() async throws {
    let study = try await consented()
    let form = "SCR/1/vitalSigns/1"
    let time = "2026-04-10T08:05+08:00"
    let first = try entries(
      study,
      [
        ["item": "VSDTC", "value": time], ["item": "VSORRES_TEMP", "value": "36.8", "unit": "Cel"],
        ["item": "VSORRES_HR", "value": "72", "unit": "/min"], ["item": "VSORRES_RESP", "absent": "notDone"],
      ])
    try await study.done(
      "form save", as: "nora.diaz", ["participant": "01-0001", "form": form, "entries": first])
    let shown = try await view(study, "form", "show", "01-0001", form)
    let items = try #require(shown["items"] as? [[String: Any]])
    let rate = try #require(items.first { $0["item"] as? String == "VSORRES_HR" })
    #expect((rate["entry"] as? [String: Any])?["value"] as? String == "72")
    #expect((shown["standing"] as? [String: Any])?["state"] as? String == "incomplete")
    let second = try entries(
      study, [["item": "VSORRES_HR", "value": "27", "unit": "/min", "read": try #require(rate["read"] as? Int)]])
    let correction: KeyValuePairs<String, String> = ["participant": "01-0001", "form": form, "entries": second]
    #expect(await study.act("form save", as: "nora.diaz", correction).refusal == "reason-missing")
    let corrected = try await study.done(
      "form save", as: "nora.diaz",
      ["participant": "01-0001", "form": form, "entries": second, "correction": "Digits exchanged."])
    let types = (try corrected.object["events"] as? [[String: Any]])?.compactMap { $0["type"] as? String }
    #expect(types?.prefix(1) == ["casebook.saved"] && types?.contains("casebook.queryRaised") == true, "\(types ?? [])")
    let third = try entries(
      study, [["item": "VSORRES_HR", "value": "70", "unit": "/min", "read": try #require(rate["read"] as? Int)]])
    let late = await study.act(
      "form save", as: "carla.rossi",
      ["participant": "01-0001", "form": form, "entries": third, "correction": "Read again."])
    #expect(late.refusal == "changed-meanwhile", "\(late.errors)")
    let history = try await view(study, "form", "history", "01-0001", form, "--item", "VSORRES_HR")
    let versions = try #require((history["items"] as? [[String: Any]])?.first?["history"] as? [[String: Any]])
    #expect(versions.map { ($0["entry"] as? [String: Any])?["value"] as? String } == ["72", "27"])
    let queries = try await view(study, "query", "list")
    #expect((queries["queries"] as? [[String: Any]])?.count == 1, "\(queries)")
    let answered = await study.act(
      "query answer", as: "nora.diaz", ["participant": "01-0001", "query": "1", "text": "Athlete."])
    #expect(answered.status == 0)
    let closed = await study.act(
      "query close", as: "nora.diaz", ["participant": "01-0001", "query": "1", "text": "Fine."])
    #expect(closed.refusal == "role-may-not")
  }

  @Test func `a grade is proposed from a value, shown with its rule, and confirmed as it was shown`() async throws {
    let study = try await consented()
    let blood = try entries(
      study,
      [
        ["item": "LBDTC", "value": "2026-04-10T08:05+08:00"],
        ["item": "LBORRES_HGB", "value": "7.9", "unit": "g/dL", "low": "12", "high": "16"],
        ["item": "LBORRES_NEUT", "value": "2.5", "unit": "10*9/L"],
      ])
    try await study.done(
      "form save", as: "nora.diaz", ["participant": "01-0001", "form": "SCR/1/hematology/1", "entries": blood])
    func proposals() async throws -> [[String: Any]] {
      try #require(try await view(study, "participant", "grades", "01-0001")["proposals"] as? [[String: Any]])
    }
    let proposal = try #require(try await proposals().first)
    let shown = try #require(proposal["grade"] as? String)
    #expect(shown == "SCR/1/hematology/1/LBORRES_HGB/low=3")
    #expect(proposal["rule"] as? String == "Grade 3: < 80. Value 79 g/L.")
    #expect(proposal["standing"] as? String == "proposed")
    let refused = await study.act("grade confirm", as: "nora.diaz", ["participant": "01-0001", "grades": shown])
    #expect(refused.refusal == "role-may-not")
    try await study.done("grade confirm", as: "ivan.kral", ["participant": "01-0001", "grades": shown])
    #expect(try await proposals().first?["standing"] as? String == "confirmed")
    let open = try await view(study, "participant", "grades", "01-0001")["notGradable"] as? [[String: Any]]
    #expect(open?.map { $0["analyte"] as? String } == ["neutrophils"])
    #expect(try await view(study, "participant", "toxicity", "01-0001")["lines"] as? [String] == [])
    #expect(try await view(study, "participant", "kinetics", "01-0001")["carTCells"] is NSNull)
  }

  @Test func `the shipped ranges are taken over once; a row that is wrong keeps the file out`() async throws {
    let study = try await consented()
    let file = Self.laboratory.appending(path: "normal-ranges-01.csv").path
    try await study.done("laboratory ranges", as: "carla.rossi", ["of": "01", "file": file])
    let known = try await view(study, "laboratory", "list")
    #expect(((known["ranges"] as? [Any])?.count ?? 0) > 80)
    let again = await study.act("laboratory ranges", as: "carla.rossi", ["of": "01", "file": file])
    #expect(again.refusal == "nothing-changed")
    let wrong = try study.file(
      "wrong.csv",
      "laboratory,concept,sex,ageFrom,ageTo,validFrom,validTo,low,high,unit\n"
        + "X,alt,,,,2026-01-01,,low,40,U/L\nX,nothing,women,,,2026,,1,40,U/L\n")
    let refused = await study.act("laboratory ranges", as: "carla.rossi", ["of": "01", "file": wrong])
    #expect(
      refused.status == 1 && refused.errors.contains("line 2") && refused.errors.contains("line 3"), "\(refused.errors)"
    )
  }

  @Test func `results are tried, taken over, and the same file again changes nothing`() async throws {
    let study = try await consented()
    let mapping = Self.laboratory.appending(path: "mapping-01.yaml").path
    let results = try study.file(
      "results.csv",
      "Participant,Visit,Sampled,SampleNo,HGB,RBC,HCT,WBC,NEUT,LYMPH,PLT,CREA,ALT,AST,TBIL,DBIL,LDH,CK,CRP,FERR,IGG,IGA,IGM,HBsAg,Remark\n"
        + "01-0001,SCR,2026-04-10T08:10+08:00,L26-10231,108,3.9,33,4.6,3.1,0.9,187,62,18,22,9.1,2.4,210,64,<4.2,188,13.1,2.2,0.81,NEG,\n"
    )
    let tried = try await view(study, "laboratory", "import", results, "--mapping", mapping, "--dry-run")
    #expect((tried["changes"] as? [Any])?.isEmpty == false && (tried["events"] as? [Any])?.isEmpty == true)
    let taken = try await view(study, "laboratory", "import", results, "--mapping", mapping)
    #expect((taken["events"] as? [Any])?.isEmpty == false)
    let again = try await view(study, "laboratory", "import", results, "--mapping", mapping)
    #expect((again["changes"] as? [Any])?.isEmpty == true && (again["events"] as? [Any])?.isEmpty == true)
    let bad = try study.file(
      "bad.csv",
      "Participant,Visit,Sampled,SampleNo,HGB,RBC,HCT,WBC,NEUT,LYMPH,PLT,CREA,ALT,AST,TBIL,DBIL,LDH,CK,CRP,FERR,IGG,IGA,IGM,HBsAg,Remark\n"
        + "01-0099,SCR,2026-04-10T08:10+08:00,L1,108,,,,,,,,,,,,,,,,,,,,\n"
        + "01-0001,XXX,2026-04-10T08:10+08:00,L1,108,,,,,,,,,,,,,,,,,,,,\n"
        + "01-0001,SCR,yesterday,L1,much,,,,,,,,,,,,,,,,,,,,\n")
    let refused = await study.run([
      "laboratory", "import", bad, "--mapping", mapping, "--as", "carla.rossi", "--password-file", study.passwordFile,
      "--data", study.data,
    ])
    for line in ["line 2", "line 3", "line 4"] { #expect(refused.errors.contains(line), "\(refused.errors)") }
  }
}
