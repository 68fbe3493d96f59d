import Foundation
import Testing

/// The contract of `tandem screen`: what other programs rely on.
struct ScreenCommandTests {
  static let examples = "Studies/cd19-bcma-aid/1.0/examples"
  static let members = [
    "file", "patient", "study", "studyVersion", "asOf", "parameters", "provisionalParameters", "cohorts",
  ]

  @Test func `json is an array with one object a record, in the order given`() throws {
    let files = ["10-ss-tb-indeterminate.json", "01-sle-base.json"].map { "\(Self.examples)/\($0)" }
    let outcome = try Program.run(["screen"] + files + ["--format", "json"])
    #expect(outcome.status == 0)
    let objects = try outcome.objects
    #expect(objects.map { $0["file"] as? String } == files)
    #expect(objects.map { $0["patient"] as? String } == ["10-ss-tb-indeterminate", "01-sle-base"])
    for object in objects {
      #expect(Set(object.keys) == Set(Self.members))
      #expect(object["study"] as? String == "cd19-bcma-aid")
      #expect(object["studyVersion"] as? String == "1.0")
      #expect((object["parameters"] as? [String: Int]) == ["screeningWindowDays": 28])
      #expect((object["provisionalParameters"] as? [String]) == ["screeningWindowDays"])
      let cohorts = try #require(object["cohorts"] as? [[String: Any]])
      #expect(cohorts.count == 1)
      for cohort in cohorts {
        #expect(Set(cohort.keys) == ["cohort", "verdict", "criteria", "next"])
        for criterion in try #require(cohort["criteria"] as? [[String: Any]]) {
          let required: Set = ["id", "verdict", "provisional", "text", "reason", "evidence", "missing"]
          #expect(required.isSubset(of: criterion.keys))
          #expect(["pass", "fail", "unknown"].contains(criterion["verdict"] as? String))
          #expect(!((criterion["reason"] as? String) ?? "").isEmpty)
          for evidence in try #require(criterion["evidence"] as? [[String: Any]]) {
            #expect(Set(["concept", "value", "when", "source"]).isSubset(of: evidence.keys))
          }
        }
      }
    }
    let undetermined = try #require((objects[0]["cohorts"] as? [[String: Any]])?.first)
    #expect(undetermined["verdict"] as? String == "undetermined")
    let next = try #require(undetermined["next"] as? [[String: Any]])
    #expect(next.map { $0["concept"] as? String } == ["igra", "breastfeeding"])
    #expect(next.map { $0["decides"] as? [String] } == [["EXC-12"], ["EXC-16"]])
  }

  @Test func `without a target cohort all six are listed, and any asks for them`() throws {
    let outcome = try Program.run(["screen", "\(Self.examples)/06-ms-base.json", "--cohort", "any", "--format", "json"])
    let cohorts = try #require(try outcome.objects[0]["cohorts"] as? [[String: Any]])
    #expect(cohorts.map { $0["cohort"] as? String } == ["sle", "ssc", "iim", "ss", "aiha", "ms"])
  }

  @Test func `as-of outranks the bundle's date and is the only clock`() throws {
    let file = "\(Self.examples)/01-sle-base.json"
    let outcome = try Program.run(["screen", file, "--as-of", "2007-01-01", "--format", "json"])
    let object = try #require(try outcome.objects.first)
    #expect(object["asOf"] as? String == "2007-01-01")
    let cohorts = try #require(object["cohorts"] as? [[String: Any]])
    #expect(cohorts.count == 6, "the target cohort was not named yet on that date")
    let notices = try #require(try outcome.objects[0]["notices"] as? [String])
    #expect(notices.count == 1)
    #expect(notices[0].hasPrefix("As of 2007-01-01 the record names no target cohort, or several, so all are shown"))
    #expect(notices[0].hasSuffix("it names SLE."))
    let criteria = try #require(cohorts[0]["criteria"] as? [[String: Any]])
    #expect(criteria.first?["verdict"] as? String == "fail", "INC-1: not yet 18")
  }

  @Test func `a folder means its json and ndjson files by name, without what is no FHIR`() throws {
    let outcome = try Program.run(["screen", Self.examples, "--format", "json"])
    #expect(outcome.status == 0)
    // What the study expects of its examples is none of them, and no stray file either.
    #expect(!outcome.errors.contains("expected.json"))
    let files = try outcome.objects.compactMap { $0["file"] as? String }
    #expect(files == files.sorted())
    #expect(files.count >= 12)
  }

  @Test(arguments: ["notes.json", "expected.json"])
  func `what is no FHIR in a folder is passed over with a message`(_ name: String) throws {
    try Program.withFolder { folder in
      let example = Repository.root.appending(path: "\(Self.examples)/01-sle-base.json")
      try FileManager.default.copyItem(at: example, to: folder.appending(path: "a.json"))
      try Data("{\"a\": 1}".utf8).write(to: folder.appending(path: name))
      let outcome = try Program.run(["screen", folder.path, "--format", "json"])
      #expect(outcome.status == 0)
      #expect(outcome.errors.contains("\(name): passed over, it is no FHIR."))
      #expect(try outcome.objects.count == 1)
    }
  }

  @Test func `a pipe is refused at once, and the other files are screened`() throws {
    try Program.withFolder { folder in
      let pipe = folder.appending(path: "pipe.json").path
      #expect(mkfifo(pipe, 0o600) == 0)
      let outcome = try Program.run(["screen", pipe, "\(Self.examples)/01-sle-base.json", "--format", "json"])
      #expect(outcome.status == 1)
      let objects = try outcome.objects
      #expect((objects[0]["error"] as? String)?.contains("is a pipe or a device") == true)
      #expect(objects[1]["cohorts"] != nil)
    }
  }

  @Test func `a file whose name begins with a dash is a file after two dashes`() throws {
    try Program.withFolder { folder in
      let example = Repository.root.appending(path: "\(Self.examples)/01-sle-base.json")
      try FileManager.default.copyItem(at: example, to: folder.appending(path: "-a.json"))
      let studies = Repository.root.appending(path: "Studies").path
      let outcome = try Program.run(
        ["screen", "--format", "json", "--", "-a.json"], in: folder, environment: ["TANDEM_STUDIES": studies])
      #expect(outcome.status == 0)
      #expect(try outcome.objects.map { $0["file"] as? String } == ["-a.json"])
    }
  }

  @Test func `a record that a further one does not outrank is named among what to correct`() throws {
    try Program.withFolder { folder in
      let example = Repository.root.appending(path: "\(Self.examples)/02-ssc-base.json")
      var bundle = try #require(
        try JSONSerialization.jsonObject(with: Data(contentsOf: example)) as? [String: Any])
      var entries = try #require(bundle["entry"] as? [[String: Any]])
      let patient = try #require(
        entries.first { ($0["resource"] as? [String: Any])?["resourceType"] as? String == "Patient" })
      func status(_ system: String, _ code: String) -> [String: Any] {
        ["coding": [["system": "http://terminology.hl7.org/CodeSystem/condition-\(system)", "code": code]]]
      }
      entries.append([
        "fullUrl": "urn:uuid:00000000-0000-4000-8000-000000000001",
        "resource": [
          "resourceType": "Condition", "subject": ["reference": patient["fullUrl"]],
          "verificationStatus": status("ver-status", "provisional"), "clinicalStatus": status("clinical", "active"),
          "code": ["coding": [["system": "http://hl7.org/fhir/sid/icd-10", "code": "I63.9"]]],
          "onsetDateTime": "2026-02-20",
        ],
      ])
      bundle["entry"] = entries
      let file = folder.appending(path: "provisional.json")
      try JSONSerialization.data(withJSONObject: bundle).write(to: file)
      let outcome = try Program.run(["screen", file.path, "--format", "json"])
      let cohort = try #require((try outcome.objects[0]["cohorts"] as? [[String: Any]])?.first)
      let next = try #require(cohort["next"] as? [[String: Any]])
      #expect(next.map { $0["concept"] as? String } == ["cerebrovascularDisease"])
      #expect(next.map { $0["corrects"] as? [String] } == [["urn:uuid:00000000-0000-4000-8000-000000000001"]])
    }
  }

  /// A record as a hospital's export may hold it, made from an example: `change` mends each resource, nil leaves it out.
  private func record(
    _ example: String, in folder: URL, change: ([String: Any]) -> [String: Any]?
  ) throws -> URL {
    let source = Repository.root.appending(path: "\(Self.examples)/\(example)")
    var bundle = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: source)) as? [String: Any])
    let entries = try #require(bundle["entry"] as? [[String: Any]])
    bundle["entry"] = entries.compactMap { entry -> [String: Any]? in
      guard let resource = entry["resource"] as? [String: Any], let changed = change(resource) else { return nil }
      var entry = entry
      entry["resource"] = changed
      return entry
    }
    let file = folder.appending(path: "record.json")
    try JSONSerialization.data(withJSONObject: bundle).write(to: file)
    return file
  }

  /// Whether a resource is coded so.
  private func isCoded(_ resource: [String: Any], _ code: String) -> Bool {
    let codings = (resource["code"] as? [String: Any])?["coding"] as? [[String: Any]] ?? []
    return codings.contains { $0["code"] as? String == code }
  }

  @Test func `a value whose unit has no UCUM code is to be corrected where it stands, not measured anew`() throws {
    try Program.withFolder { folder in
      let file = try record("01-sle-base.json", in: folder) { resource in
        guard isCoded(resource, "777-3"), var quantity = resource["valueQuantity"] as? [String: Any] else {
          return resource
        }
        quantity["code"] = nil
        quantity["system"] = nil
        return resource.merging(["valueQuantity": quantity]) { $1 }
      }
      let outcome = try Program.run(["screen", file.path, "--format", "json"])
      let cohort = try #require((try outcome.objects[0]["cohorts"] as? [[String: Any]])?.first)
      #expect(cohort["verdict"] as? String == "undetermined")
      let next = try #require(cohort["next"] as? [[String: Any]])
      #expect(next.map { $0["concept"] as? String } == ["platelets"])
      #expect((next[0]["corrects"] as? [String])?.count == 1)
      let text = try Program.run(["screen", file.path])
      #expect(text.output.flowing.contains("It is on file and cannot decide as it is written: correct or complete"))
    }
  }

  @Test func `data under codes that the dictionary does not list are counted and named, and change nothing`() throws {
    try Program.withFolder { folder in
      let file = try record("01-sle-base.json", in: folder) { resource in
        guard isCoded(resource, "777-3") else { return resource }
        return resource.merging([
          "code": ["coding": [["system": "urn:oid:1.2.3", "code": "PLT", "display": "Thrombozyten"]]]
        ]) { $1 }
      }
      let object = try #require(try Program.run(["screen", file.path, "--format", "json"]).objects.first)
      let strange = try #require(object["unrecognized"] as? [[String: Any]])
      #expect(strange.map { $0["code"] as? String } == ["PLT"])
      #expect(strange.map { $0["count"] as? Int } == [1])
      #expect(strange.map { $0["type"] as? String } == ["Observation"])
      let text = try Program.run(["screen", file.path]).output
      #expect(text.flowing.contains("Observation urn:oid:1.2.3 PLT “Thrombozyten”"))
    }
  }

  @Test func `several records are a table, one a record and cohort, and a count at the end`() throws {
    let outcome = try Program.run(["screen", Self.examples])
    #expect(outcome.output.contains("SS    ? undetermined  unknown: EXC-12, EXC-16"))
    #expect(outcome.output.contains("SLE   1 eligible, 1 ineligible"))
    #expect(outcome.output.split(separator: "\n").count < 60)
  }

  /// What was typed wrongly, and what is said of it.
  static let misuses: [(arguments: [String], says: String)] = [
    (["scren", "x.json"], "‘tandem’ has no command ‘scren’. Did you mean ‘screen’?"),
    (["study", "chek"], "‘tandem study’ has no command ‘chek’. Did you mean ‘check’?"),
    (
      ["screen", "x.json", "--cohort", "SLE"],
      "There is no cohort ‘SLE’ in cd19-bcma-aid 1.0. Did you mean ‘sle’?\nSee ‘tandem screen --help’."
    ),
    (["screen", "x.json", "--as-of", "2026-02-30"], "‘2026-02-30’ is no day of the calendar. Write it as YYYY-MM-DD."),
    (["score", "sledai", "x.json"], "There is no instrument ‘sledai’. Did you mean ‘sledai2k’?"),
  ]

  @Test(arguments: misuses) func `bad usage ends with 64 and says what was meant`(
    _ misuse: (arguments: [String], says: String)
  ) throws {
    let outcome = try Program.run(misuse.arguments)
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(misuse.says), "\(outcome.errors)")
  }

  @Test func `the program tells its version`() throws {
    let outcome = try Program.run(["--version"])
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("tandem "))
  }

  /// Bad input, and a part of the sentence that says what is wrong with it.
  static let broken: [(name: String, content: String, says: String)] = [
    ("empty.json", "", "The file is empty."),
    ("truncated.json", "{\"resourceType\": \"Bundle\", \"entry\": [", "the file is cut off"),
    ("words.json", "not json at all", "words.json:1:1"),
    ("other.json", "{\"a\": 1}", "resourceType"),
    ("array.json", "[1, 2]", "FHIR"),
    ("deep.json", String(repeating: "[", count: 100_000), "More than 512 levels"),
    (
      "several.json",
      "{\"resourceType\": \"Bundle\", \"type\": \"collection\", \"timestamp\": \"2026-01-01T00:00:00Z\", \"entry\": ["
        + "{\"fullUrl\": \"urn:uuid:1\", \"resource\": {\"resourceType\": \"Patient\", \"gender\": \"male\"}},"
        + "{\"fullUrl\": \"urn:uuid:2\", \"resource\": {\"resourceType\": \"Patient\", \"gender\": \"female\"}}]}",
      "Patient"
    ),
    (
      "undated.json",
      "{\"resourceType\": \"Bundle\", \"type\": \"collection\", \"entry\": ["
        + "{\"fullUrl\": \"urn:uuid:1\", \"resource\": {\"resourceType\": \"Patient\", \"gender\": \"male\"}}]}",
      "--as-of"
    ),
  ]

  @Test func `a file that cannot be evaluated stands in its place with its error, the others are evaluated`() throws {
    try Program.withFolder { folder in
      var files: [String] = []
      for bad in Self.broken {
        let path = folder.appending(path: bad.name)
        try Data(bad.content.utf8).write(to: path)
        files.append(path.path)
      }
      let invalid = folder.appending(path: "invalid.json")
      try Data([0x22, 0xFF, 0xFE, 0x22]).write(to: invalid)
      files += [invalid.path, folder.appending(path: "missing.json").path]
      let good = Repository.root.appending(path: "\(Self.examples)/01-sle-base.json").path
      files.insert(good, at: 3)
      let outcome = try Program.run(["screen"] + files + ["--format", "json"], in: folder)
      #expect(outcome.status == 1)
      let objects = try outcome.objects
      #expect(objects.map { $0["file"] as? String } == files)
      for (object, file) in zip(objects, files) {
        guard file != good else {
          #expect(object["error"] == nil)
          continue
        }
        #expect(Set(object.keys) == ["file", "error"], "\(file)")
        let sentence = object["error"] as? String ?? ""
        #expect(sentence.count > 10)
        let says =
          Self.broken.first { file.hasSuffix("/\($0.name)") }?.says
          ?? (file == invalid.path ? "UTF-8" : "cannot be read")
        #expect(sentence.contains(says), "\(file): \(sentence)")
      }
    }
  }

  @Test func `an ndjson file is one record`() throws {
    try Program.withFolder { folder in
      let data = try Data(contentsOf: Repository.root.appending(path: "\(Self.examples)/01-sle-base.json"))
      let bundle = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      let entries = try #require(bundle["entry"] as? [[String: Any]])
      var lines = Data()
      for (number, entry) in entries.enumerated() {
        var resource = try #require(entry["resource"] as? [String: Any])
        resource["id"] = resource["resourceType"] as? String == "Patient" ? "p" : "r\(number)"
        for name in ["subject", "patient"] where resource[name] != nil { resource[name] = ["reference": "Patient/p"] }
        lines += try JSONSerialization.data(withJSONObject: resource) + Data("\n".utf8)
      }
      let file = folder.appending(path: "record.ndjson")
      try lines.write(to: file)
      let outcome = try Program.run(["screen", file.path, "--as-of", "2026-04-10", "--format", "json"])
      #expect(outcome.status == 0, "\(outcome.output.prefix(500)) \(outcome.errors.prefix(500))")
      let object = try #require(try outcome.objects.first)
      #expect(object["patient"] as? String == "p")
      #expect((object["cohorts"] as? [[String: Any]])?.first?["verdict"] as? String == "eligible")
    }
  }

  @Test func `text goes without color into a pipe, verdict first`() throws {
    let outcome = try Program.run(["screen", "\(Self.examples)/08-sle-platelets-later-preliminary.json"])
    #expect(outcome.status == 0)
    #expect(!outcome.output.contains("\u{1B}"))
    let verdict = try #require(outcome.output.range(of: "INELIGIBLE"))
    let bars = try #require(outcome.output.range(of: "What bars"))
    let rest = try #require(outcome.output.range(of: "What does not stand in the way"))
    #expect(verdict.lowerBound < bars.lowerBound && bars.lowerBound < rest.lowerBound)
    #expect(outcome.output.contains("Provisional"))
    #expect(outcome.output.contains("Screening window: 28 d"))
  }

  @Test func `html is one page that refers to nothing outside`() throws {
    let outcome = try Program.run(["screen", Self.examples, "--format", "html"])
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("<!DOCTYPE html>"))
    #expect(
      !outcome.output.contains("src=") && !outcome.output.contains("http://") && !outcome.output.contains("https://"))
    #expect(outcome.output.contains("class=\"matrix\""))
    #expect(outcome.output.contains("igra"))
  }

  @Test(arguments: [
    ["screen"], ["screen", "x.json", "--format", "xml"], ["screen", "x.json", "--as-of", "2026-02-30"], ["scren"],
    ["screen", "x.json", "--nothing"], ["screen", "x.json", "--cohort", "nope"],
  ])
  func `bad usage ends with 64 and says so`(_ arguments: [String]) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(!outcome.errors.isEmpty)
  }

  @Test func `a reader that goes away ends the program quietly`() throws {
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/bash")
    shell.arguments = [
      "-c",
      "trap '' PIPE; '\(Program.file.path)' screen \(Self.examples) --format json 2>errors.txt | head -c 10 > /dev/null; cat errors.txt",
    ]
    try Program.withFolder { folder in
      let output = Pipe()
      shell.currentDirectoryURL = folder
      try FileManager.default.createSymbolicLink(
        at: folder.appending(path: "Studies"), withDestinationURL: Repository.root.appending(path: "Studies"))
      shell.standardOutput = output
      try shell.run()
      let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      shell.waitUntilExit()
      #expect(!said.contains("rror"), "\(said)")
      #expect(!said.contains("Fatal"), "\(said)")
    }
  }
}

extension String {
  /// Without the breaks of lines that fit a text to the terminal.
  fileprivate var flowing: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
