public import ClinicalValues
public import Conduct
import HTTPTypes
public import Ledger
public import Logging
import StudyDesign
import Trial

/// What the site stands on: the running study, who is signed in, and the clock.
public struct Site: Sendable {
  /// The study.
  public let live: LiveStudy
  /// What kind of data it holds.
  let kind: Kind
  /// How the site is reached and guarded.
  let settings: SiteSettings
  /// The server's clock.
  let clock: @Sendable () -> Instant
  /// The clock of a demonstration that runs in the time of its story; nil where the machine's time holds.
  let story: StoryClock?
  /// Random bytes.
  let entropy: Entropy
  /// Who is signed in.
  let sessions: Sessions
  /// How often who has asked.
  let limiter: RateLimiter
  /// The event streams that are open.
  let streams = OpenStreams()
  /// What acts came to, so that none is done twice.
  let results = ActResults()
  /// Acts that wait for signatures.
  let pending = PendingActs()
  /// Where people may sign in besides; nil where nowhere.
  let provider: OpenIDProvider?
  /// Readers on their way there and back.
  let attempts = OpenIDAttempts()
  /// Practices that go on.
  let practices = PracticeRooms()
  /// Second factors that were offered and are not in use yet.
  let offeredFactors = OfferedFactors()
  /// What was computed for the ledger as it stands.
  let views: ViewCache
  /// What ids of the newest protocol version are called.
  let names: StudyNames
  /// Sentences as they were made readable.
  let sentences = KeptSentences()
  /// The link by which a study is begun in an empty folder; nil where one runs.
  let founding: FoundingLink?
  /// With what the ledger signs, so that it can be exported whole; nil where the site was not given it.
  let ledgerKey: SigningKey?
  /// The messages of the program by language.
  let catalog: MessageCatalog
  /// Style sheet and scripts.
  let assets: Assets
  let logger: Logger

  /// What kind of data a folder holds. A site of the one kind never opens a folder of the other.
  public enum Kind: Sendable, Hashable {
    /// A trial with people.
    case trial
    /// The synthetic demonstration.
    case demonstration
  }

  /// A site over a running study.
  ///
  /// - Parameter openID: an identity provider at which people may sign in besides.
  public init(
    live: LiveStudy, kind: Kind, settings: SiteSettings = SiteSettings(), openID: OpenIDSettings? = nil,
    founding: FoundingLink? = nil, ledgerKey: SigningKey? = nil, clock: @escaping @Sendable () -> Instant,
    story: StoryClock? = nil,
    entropy: Entropy = .system, logger: Logger = Logger(label: "tandem.web")
  ) throws {
    self.live = live
    self.kind = kind
    self.settings = settings
    self.founding = founding
    provider = openID.map { OpenIDProvider($0, clock: clock) }
    self.ledgerKey = ledgerKey
    self.clock = clock
    self.story = story
    self.entropy = entropy
    self.logger = logger
    sessions = Sessions(settings: settings, entropy: entropy)
    limiter = RateLimiter()
    views = ViewCache()
    names = StudyNames(live.shelf.editions.last?.study)
    catalog = try MessageCatalog.shipped()
    assets = Assets.shipped(catalog)
  }

  /// The newest protocol version at hand: what pages show where no participant's version applies.
  var newest: Study? { live.shelf.editions.last?.study }
}

/// How the site is reached and guarded.
public struct SiteSettings: Sendable {
  /// Minutes without a request after which a session ends.
  public var idleMinutes = 30
  /// Hours after which a session ends whatever happens.
  public var sessionHours = 12
  /// Whether readers reach the site by TLS, here or at a proxy: cookies are then `Secure` and HSTS is sent.
  public var isSecure = false
  /// Whether the public page is on.
  public var publicPage = false
  /// Whether nobody does anything before they have set a second factor.
  public var requiresSecondFactor = false
  /// Addresses of proxies that are believed when they say who asks.
  public var proxies: Set<String> = []

  /// The usual ones.
  public init() {}
}

extension SiteSettings {
  /// The address of who asks: what a proxy that is believed adds last to `X-Forwarded-For`; of anybody else what they add is not read, since
  /// everybody can write there.
  func reader(behind address: String, _ headers: HTTPFields) -> String {
    guard proxies.contains(address) else { return address }
    let hops = (headers[SiteSettings.forwardedFor] ?? "").split(separator: ",")
      .map { $0.filter { !$0.isWhitespace } }
    return hops.last { !$0.isEmpty && !proxies.contains($0) } ?? address
  }

  static let forwardedFor = SecurityHeaders.name("X-Forwarded-For")
}

extension Site {
  /// Writes into the log that something was refused: to whom, where, why; nothing that was sent (ASVS 16.3.2, 16.3.3).
  func note(refused why: String, to account: AccountID?, at place: String) {
    logger.notice(
      "Refused", metadata: ["account": "\(account?.description ?? "-")", "at": "\(place)", "why": "\(why)"])
  }
}
