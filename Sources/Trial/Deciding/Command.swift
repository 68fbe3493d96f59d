public import ClinicalValues
public import Ledger
public import StudyDesign

/// A request to the trial: what somebody means to do, or says that was done.
///
/// A command is decided by a pure function and becomes events or a refusal. Adding one is one type and its line in
/// `Commands.all`; command line, documentation, permission tests and the model check read that list.
public protocol TrialCommand: Sendable, Hashable, Codable {
  /// Its name: the group and an imperative, `participant consent`.
  static var name: String { get }
  /// One sentence for the list of commands.
  static var abstract: String { get }
  /// Its members as a person gives them, in the order of the help.
  static var fields: [CommandField] { get }
  /// What whoever acts must be allowed to do; `decide` may ask for more.
  static var permission: Permission { get }
  /// Whether it passes a gate: then it is decided for now, or for a moment of minutes ago and for now, and it reads the whole
  /// trial.
  static var passesGate: Bool { get }
  /// Whether what has come since the time that is given bars it, too: then it is decided for that time and for now. What is
  /// told late of what was written down then is told as it was.
  var isAskedOfNow: Bool { get }
  /// Whether it does no more than close or stop something: then training in any version that somebody is under is enough for it,
  /// and so is a password that waits to be confirmed, where nothing is signed.
  static var onlyCloses: Bool { get }
  /// Whether it is decided on what CQL says of its participants' data.
  static var readsClinicalData: Bool { get }
  /// The participants whose streams it reads or writes.
  var participants: Set<ParticipantID> { get }
  /// The sites whose streams it reads or writes, besides those of its participants and of who acts.
  var sites: Set<SiteID> { get }
  /// What it leads to, once `Trial.decide` has seen that whoever acts may do it.
  func decide(in situation: Situation) throws(Refusal) -> [Fact]
}

extension TrialCommand {
  /// It passes none.
  public static var passesGate: Bool { false }
  /// As `passesGate`: the gate is open now, or it is not.
  public var isAskedOfNow: Bool { Self.passesGate }
  /// It may open or record something.
  public static var onlyCloses: Bool { false }
  /// As `passesGate`: a gate asks for the findings.
  public static var readsClinicalData: Bool { passesGate }
  /// None.
  public var participants: Set<ParticipantID> { [] }
  /// None.
  public var sites: Set<SiteID> { [] }
}

/// A command that rests on documents, which are kept in the ledger with it.
public protocol RestsOnDocuments: TrialCommand {
  /// SHA-256 of each.
  var documents: [Digest] { get }
}

/// A member of a command.
public struct CommandField: Sendable, Hashable {
  /// Its name in the command's JSON, `obtainedBy`; on the command line `--obtained-by`.
  public let key: String
  /// What it is, with its unit and an example.
  public let help: String
  /// Whether it may be left out.
  public let optional: Bool

  /// A member; it must be given unless `optional`.
  public init(_ key: String, _ help: String, optional: Bool = false) {
    self.key = key
    self.help = help
    self.optional = optional
  }
}

/// All that a decision may look at.
public struct Situation: Sendable {
  /// The folded ledger.
  public let state: TrialState
  /// The protocol version that applies.
  public let plan: ConductPlan
  /// Its name and content hash, and its cohorts.
  public let protocolVersion: ProtocolVersion
  /// Who acts, already authenticated.
  public let actor: Acting
  /// Those who act together with them, each authenticated for themselves.
  public let together: [Acting]
  /// When what the command tells of happened.
  public private(set) var happened: Moment
  /// Now, by the server's clock.
  public let now: Instant
  /// What CQL found in the participants' data as of `happened`.
  public private(set) var pictures: [ParticipantID: ClinicalPicture]
  /// The same as of `now`, for what is asked of now besides an earlier moment; nil where they are those of `happened`.
  public var picturesOfNow: [ParticipantID: ClinicalPicture]?
  /// From where and why it is entered long after it happened; nil for what is entered at the time.
  public let late: EntrySource?
  /// The forms of the protocol version that applies.
  public let casebook: FormBook
  /// The forms of participants who may be under another version than the one that applies.
  public var books: [ParticipantID: FormBook] = [:]
  /// What the rules of forms say of them as they would stand after the command.
  public let forms: [ParticipantID: [FormKey: FormPicture]]
  /// The last instant of a day by the clocks of a moment's place; by that moment's offset where no clocks are given.
  public var endOfDay: @Sendable (_ day: Int, _ like: Moment) -> Instant = { day, moment in moment.end(ofDay: day) }
  /// The lines of the gates.
  let gates: GateBook

  /// A situation with the gates as they are in the trial.
  public init(
    state: TrialState, plan: ConductPlan, protocolVersion: ProtocolVersion, actor: Acting, together: [Acting] = [],
    happened: Moment, now: Instant, pictures: [ParticipantID: ClinicalPicture] = [:], late: EntrySource? = nil,
    casebook: FormBook = .none, forms: [ParticipantID: [FormKey: FormPicture]] = [:]
  ) {
    self.init(
      state: state, plan: plan, protocolVersion: protocolVersion, actor: actor, together: together,
      happened: happened, now: now, pictures: pictures, late: late, casebook: casebook, forms: forms, gates: .standard)
  }

  /// The same for what is done at the present moment, on what CQL finds now.
  var asOfNow: Situation {
    var present = self
    present.happened = Moment(now, offsetMinutes: happened.offsetMinutes, zone: happened.zone)
    if let picturesOfNow { present.pictures = picturesOfNow }
    return present
  }

  /// The forms of a participant's protocol version.
  func book(of participant: ParticipantID) -> FormBook { books[participant] ?? casebook }

  /// As the public one; tests of the gates and the model check leave lines out to see that it would be noticed.
  package init(
    state: TrialState, plan: ConductPlan, protocolVersion: ProtocolVersion, actor: Acting, together: [Acting],
    happened: Moment, now: Instant, pictures: [ParticipantID: ClinicalPicture], late: EntrySource? = nil,
    casebook: FormBook = .none, forms: [ParticipantID: [FormKey: FormPicture]] = [:], gates: GateBook
  ) {
    self.state = state
    self.plan = plan
    self.protocolVersion = protocolVersion
    self.actor = actor
    self.together = together
    self.happened = happened
    self.now = now
    self.pictures = pictures
    self.late = late
    self.casebook = casebook
    self.forms = forms
    self.gates = gates
  }
}

/// A protocol version as the ledger names it.
public struct ProtocolVersion: Sendable, Hashable, Codable {
  /// Such as `1.0`.
  public let version: String
  /// SHA-256 over the version's folder.
  public let digest: Digest
  /// The cohorts, by id.
  public let cohorts: [String]
  /// The provisional items that must be adopted before anybody is enrolled.
  public let provisional: [String]

  /// A version by name and content hash, with what the ledger keeps of it.
  public init(version: String, digest: Digest, cohorts: [String], provisional: [String]) {
    self.version = version
    self.digest = digest
    self.cohorts = cohorts
    self.provisional = provisional
  }
}

/// Somebody who acts: an account in one of its roles, at a site where the role is a site's.
public struct Acting: Sendable, Hashable, Codable {
  /// The account that acts.
  public let account: AccountID
  /// The role in which it acts.
  public let role: Role
  /// The site of that role; nil for a role of the whole study.
  public let site: SiteID?

  /// An account acting in a role, at the site that the role is for.
  public init(account: AccountID, role: Role, site: SiteID? = nil) {
    self.account = account
    self.role = role
    self.site = site
  }
}

extension Actor {
  /// Who acts, as events have it.
  public init(_ acting: Acting) {
    self.init(account: acting.account.description, role: acting.role.rawValue, site: acting.site?.description)
  }
}

/// An event that a decision leads to.
public struct Fact: Sendable, Hashable {
  /// What is to be recorded, with the stream that it goes to.
  public let event: TrialEvent
  /// The meaning under which the actor signs it ("I approve eligibility ..."); nil where no signature is asked.
  public let signed: String?
  /// Whether all who act together sign it too.
  public let signedByAll: Bool

  /// An event, unsigned unless a meaning is given.
  public init(_ event: TrialEvent, signed: String? = nil, signedByAll: Bool = false) {
    self.event = event
    self.signed = signed
    self.signedByAll = signedByAll
  }
}

/// Why a command must not happen. Nothing has changed.
public struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// A stable id, such as `gate-closed`.
  public let id: String
  /// What stands in the way, in the reader's words.
  public let because: String
  /// What to do; no hint that helps anyone past a safety check.
  public let remedy: String
  /// The lines of the gate, where one is closed.
  public let lines: [GateLine]

  /// A refusal; an id, once given, keeps its meaning.
  public init(_ id: String, because: String, remedy: String, lines: [GateLine] = []) {
    self.id = id
    self.because = because
    self.remedy = remedy
    self.lines = lines
  }

  /// Both sentences.
  public var description: String { "\(because) \(remedy)" }
}
