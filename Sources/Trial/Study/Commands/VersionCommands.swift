// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import ClinicalValues
public import Ledger

/// A command that speaks of one protocol version. It is decided with that version's plan, whichever is in force.
public protocol NamesProtocolVersion: TrialCommand {
  /// Such as `1.1`.
  var version: String { get }
  /// SHA-256 over the version's folder, as its reader saw it.
  var digest: Digest { get }
}

extension NamesProtocolVersion {
  /// Refuses unless the version that is named is the one at hand, content and all.
  fileprivate func requireVersion(in situation: Situation) throws(Refusal) {
    let found = situation.protocolVersion
    guard found.version == version, found.digest == digest else {
      throw Refusal(
        "unknown-version",
        because: "Protocol \(version) with the content \(digest) is not at hand; \(found.version) is, with the content "
          + "\(found.digest).",
        remedy: "Read the version as it stands now, and name the digest that is shown there.")
    }
  }
}

/// Signs the report of a configuration test that a protocol version has passed.
public struct SignConfigurationTest: NamesProtocolVersion, RestsOnDocuments {
  public static let name = "study sign-test"
  public static let abstract = "Sign the report of the configuration test that a protocol version passed."
  public static let permission = Permission.openAndClose
  public static let fields = [
    CommandField("version", "the protocol version that was tested, such as 1.0"),
    CommandField("digest", "the digest of its folder"), CommandField("report", "the digest of the report"),
    CommandField("tests", "how many tests were run"), CommandField("failures", "how many of them failed"),
  ]

  public var version: String
  public var digest: Digest
  /// SHA-256 of the report.
  public var report: Digest
  /// Tests that were run.
  public var tests: Int
  /// Tests that failed.
  public var failures: Int

  public init(version: String, digest: Digest, report: Digest, tests: Int, failures: Int) {
    self.version = version
    self.digest = digest
    self.report = report
    self.tests = tests
    self.failures = failures
  }

  /// The report.
  public var documents: [Digest] { [report] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    try requireVersion(in: situation)
    guard tests > 0, failures == 0 else {
      throw Refusal(
        "test-not-passed", because: "Of \(tests) tests \(failures) failed.",
        remedy: "Mend the configuration and test it again; a report is signed when all tests pass.")
    }
    return [
      Fact(
        .study(.configurationTested(version: version, digest: digest, report: report, tests: tests)),
        signed: "I approve the configuration of protocol \(version), tested as this report shows.")
    ]
  }
}

/// Puts a protocol version in force: the first, or an amendment.
public struct PutProtocolInForce: NamesProtocolVersion {
  public static let name = "study put-in-force"
  public static let abstract = "Put a protocol version in force: the first, or an amendment."
  public static let permission = Permission.openAndClose
  public static let fields = [
    CommandField("version", "the protocol version, such as 1.1"), CommandField("digest", "the digest of its folder"),
    CommandField("appliesTo", "notYetEnrolled, or all: those enrolled too"),
    CommandField("from", "from when, such as 2026-11-23T09:30+08:00[Asia/Shanghai]", optional: true),
  ]

  public var version: String
  public var digest: Digest
  /// Whom it holds for.
  public var appliesTo: AmendmentScope
  /// From when; by default from when this happens.
  public var from: Moment?

  public init(version: String, digest: Digest, appliesTo: AmendmentScope, from: Moment? = nil) {
    self.version = version
    self.digest = digest
    self.appliesTo = appliesTo
    self.from = from
  }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    try requireVersion(in: situation)
    let study = situation.state.study
    let from = self.from ?? situation.happened
    if study.versions.contains(where: { $0.version == version || $0.digest == digest }) {
      throw Refusal(
        "version-used", because: "Protocol \(version), or its content, was put in force before.",
        remedy: "An amendment is a new version with content of its own.")
    }
    guard situation.happened <= from, study.versions.last.map({ $0.from < from }) ?? true else {
      throw Refusal(
        "version-too-early", because: "A protocol version cannot come into force at \(from), in the past.",
        remedy: "Give a time that is not before this act and after the last version came into force.")
    }
    guard !study.open.contains(.study) || study.tested.contains(digest) else {
      throw Refusal(
        "configuration-not-tested", because: "The study is open, and no signed test report covers protocol \(version).",
        remedy: "Run the configuration test on exactly this version and sign its report.")
    }
    return [
      Fact(
        .study(.protocolPutInForce(version: version, digest: digest, from: from, appliesTo: appliesTo)),
        signed: "I put protocol \(version) in force from \(from).")
    ]
  }
}

/// Adopts provisional items of a protocol version as they stand.
public struct AdoptProvisional: NamesProtocolVersion {
  public static let name = "study adopt"
  public static let abstract = "Adopt provisional items of a protocol version as they stand."
  public static let permission = Permission.signAsPrincipalInvestigator
  public static let fields = [
    CommandField("items", "ids of the provisional items"), CommandField("version", "the protocol version"),
    CommandField("digest", "the digest of its folder"),
  ]

  /// Ids of the items.
  public var items: [String]
  public var version: String
  public var digest: Digest

  public init(items: [String], version: String, digest: Digest) {
    self.items = items
    self.version = version
    self.digest = digest
  }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    try requireVersion(in: situation)
    for item in items { try situation.requireUnadopted(item) }
    guard !items.isEmpty else {
      throw Refusal("nothing-named", because: "No item was named.", remedy: "Name the items that you adopt.")
    }
    return [
      Fact(
        .study(.provisionalAdopted(items: Set(items).sorted(), digest: digest)),
        signed: "I adopt these provisional items of protocol \(version) as they stand.")
    ]
  }
}

/// Signs that a provisional item was changed: the version at hand holds the change against a former one.
public struct ChangeProvisional: NamesProtocolVersion {
  public static let name = "study change"
  public static let abstract = "Sign that a protocol version changes a provisional item of a former one."
  public static let permission = Permission.signAsPrincipalInvestigator
  public static let fields = [
    CommandField("item", "id of the provisional item"), CommandField("change", "what was changed, in a sentence"),
    CommandField("former", "the digest of the version before the change"),
    CommandField("version", "the protocol version with the change"), CommandField("digest", "the digest of its folder"),
  ]

  /// Id of the item.
  public var item: String
  /// What was changed.
  public var change: String
  /// The version before the change.
  public var former: Digest
  public var version: String
  public var digest: Digest

  public init(item: String, change: String, former: Digest, version: String, digest: Digest) {
    self.item = item
    self.change = change
    self.former = former
    self.version = version
    self.digest = digest
  }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    try requireVersion(in: situation)
    try situation.requireUnadopted(item)
    let study = situation.state.study
    guard former != digest, study.tested.contains(former) || study.versions.contains(where: { $0.digest == former })
    else {
      throw Refusal(
        "not-changed", because: "The version before the change is not known to the study, or is this one.",
        remedy: "A change of a provisional item is a new protocol version; name the one that it replaces.")
    }
    return [
      Fact(
        .study(
          .provisionalChanged(
            item: item, change: try required(change, "what was changed"), former: former, digest: digest)),
        signed: "I change this provisional item as protocol \(version) says.")
    ]
  }
}

extension Situation {
  /// Refuses an item that the version at hand does not hold, or that was adopted or changed.
  fileprivate func requireUnadopted(_ item: String) throws(Refusal) {
    guard protocolVersion.provisional.contains(item) else {
      throw Refusal(
        "unknown-item", because: "Protocol \(protocolVersion.version) has no provisional item '\(item)'.",
        remedy: "Look at the list of its provisional items.")
    }
    guard state.study.unadopted(of: protocolVersion).contains(item) else {
      throw Refusal(
        "already-adopted", because: "'\(item)' of protocol \(protocolVersion.version) was adopted or changed before.",
        remedy: "Nothing is left to do.")
    }
  }
}
