import ClinicalValues
import Conduct
import FoundationEssentials
import Ledger
import LedgerSQLite
import StudyDesign
import Trial
import Web

/// The folder of a running study.
///
///     ledger.sqlite        every event, and sealed records
///     identity.sqlite      who participants are, sealed
///     credentials.sqlite   how people show who they are, sealed
///     public.key           the ledger's public key: for whoever verifies
///     keys/keys.sqlite     the participants' keys, wrapped
///     keys/master.key      the key that wraps them, and from which the ledger's own follows
///     breached-passwords.txt  passwords that nobody may choose, where the operator has put such a list here
///     studies/             the study's files, where they are not those shipped with the program: a demonstration's
///
/// `keys` can be a mount or a link to another disk, and `--key-file` names a master key elsewhere: who has the rest
/// without it has nothing that names a person, and cannot sign for the ledger.
struct DataFolder: Sendable {
  /// The folder.
  let path: String
  /// The master key's file.
  let keyFile: String

  init(_ path: String, keyFile: String? = nil) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    self.keyFile = keyFile ?? "\(self.path)/keys/master.key"
  }

  var ledgerFile: String { "\(path)/ledger.sqlite" }
  var publicKeyFile: String { "\(path)/public.key" }
  var identityFile: String { "\(path)/identity.sqlite" }
  var credentialsFile: String { "\(path)/credentials.sqlite" }
  var breachedFile: String { "\(path)/breached-passwords.txt" }
  var keysFile: String { "\(path)/keys/keys.sqlite" }

  /// The study's files that lie in the folder itself, as those of a demonstration do; nil where there are none.
  var ownStudy: String? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/studies")) ?? []
    return names.filter { !$0.hasPrefix(".") }.min().map { "\(path)/studies/\($0)" }
  }

  /// Whether a ledger lies here.
  var holdsLedger: Bool { FileManager.default.fileExists(atPath: ledgerFile) }

  /// The files in which a study keeps what was entrusted to it: made when it begins, and never again.
  var storeFiles: [String] { [ledgerFile, identityFile, credentialsFile, keysFile] }

  /// Whether a study was begun here, also where a file of it is missing now.
  var wasBegun: Bool { storeFiles.contains { FileManager.default.fileExists(atPath: $0) } }

  /// Refuses a folder in which a study was begun and of which a file is missing or empty: it is never begun anew.
  ///
  /// - Throws: `StoreFailure` (`ledger-damaged`) that names the file.
  func requireNothingLost() throws(StoreFailure) {
    guard wasBegun else { return }
    for file in storeFiles {
      let size = StoreFile.size(of: file)
      guard (size ?? 0) == 0 else { continue }
      throw StoreFailure(
        .damaged, found: "‘\(file)’ is \(size == nil ? "missing" : "empty"), though a study was begun in ‘\(path)’.",
        remedy: "Nothing is made in its place. If it lies on another disk, connect that. Else keep the folder as it "
          + "is, and restore the last backup into a new one (tandem ledger restore).")
    }
  }

  /// Whether the ledger can be appended to: not on a medium, or in a folder, that can only be read.
  var isWritable: Bool {
    [path, ledgerFile].allSatisfy { FileManager.default.isWritableFile(atPath: $0) }
  }

  /// Makes the folder and its keys, for a study that is about to be founded in it. What a founding that was refused has
  /// left is used again.
  ///
  /// - Throws: `Unusable` if the folder cannot be made; `KeyFileFailure`.
  func prepare(for study: String, synthetic: Bool, entropy: Entropy = Surroundings.current.entropy) throws {
    for folder in [path, "\(path)/keys"] {
      do {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      } catch {
        throw Unusable("The folder ‘\(folder)’ cannot be made. Check its name, and who may write there.")
      }
    }
    let isThere = FileManager.default.fileExists(atPath: keyFile)
    let master = try isThere ? MasterKey.load(keyFile) : MasterKey.create(keyFile, entropy: entropy)
    let key = try master.ledgerKey(name: "tandem/\(study)" + (synthetic ? "/synthetic" : "")).verifier
    try OutputFile.write(key.description + "\n", to: publicKeyFile, replacing: true)
  }

  /// Why a study is opened.
  enum Opening: Sendable {
    /// To begin it: what is not there yet is made.
    case toBegin
    /// To work in it: a file that is missing or empty is damaged.
    case toWork
  }

  /// Opens the study that runs here, or is about to begin.
  ///
  /// - Throws: `Unusable` if there is none, or if it is another study than that of the shelf; `KeyFileFailure`,
  ///   `SealingFailure` if the master key is another one; `StoreFailure`.
  ///
  /// - Parameter story: the clock of a demonstration that is served in the time of its story.
  func open(
    _ shelf: ProtocolShelf, _ opening: Opening = .toWork,
    clock: @escaping @Sendable () -> Instant = Surroundings.current.clock, story: StoryClock? = nil,
    entropy: Entropy = Surroundings.current.entropy, policy: AuthenticationPolicy = Surroundings.current.policy
  ) async throws -> RunningStudy {
    try requireNothingLost()
    let (master, signing) = try keys()
    if opening == .toWork { try requireWritable() }
    let access: SQLiteSealedStore.Access = opening == .toBegin ? .create : .readWrite
    let identity = try SQLiteSealedStore(path: identityFile, access: access)
    let credentials = try SQLiteSealedStore(path: credentialsFile, access: access)
    let keys = try SQLiteSealedStore(path: keysFile, access: access)
    for (store, file) in [(identity, identityFile), (credentials, credentialsFile), (keys, keysFile)] {
      switch opening {
      case .toBegin: try await master.requireFit(store, entropy: entropy)
      case .toWork: try await requireMark(of: master, in: store, file)
      }
    }
    let ledger = try SQLiteEventStore(
      path: ledgerFile, access: opening == .toBegin ? .create : .readWrite, sealing: signing)
    let last = try await ledger.lastEvent()
    if last == nil { try await requireNobody(in: credentials) }
    let story = story ?? storyClock(after: last, clock)
    let clock = story?.clock ?? clock
    let vault = IdentityVault(data: identity, keys: keys, master: master, entropy: entropy)
    let study = try await LiveStudy(
      store: ledger, shelf: shelf, vault: vault,
      authenticator: Authenticator(
        store: credentials, master: master, policy: policy, breached: BreachedPasswords(path: breachedFile),
        entropy: entropy), clock: clock, hears: { _ = story?.advance(to: $0) })
    let founded = try await study.state().study.study
    if let founded, let given = shelf.editions.first?.study.id, founded != given {
      throw Unusable(
        "‘\(path)’ holds the study \(founded), and the study files are those of \(given). "
          + "Name the files of \(founded) with --study.")
    }
    return RunningStudy(
      live: study, ledger: ledger, signing: signing, vault: vault, clock: clock,
      sealed: [identity, credentials, keys])
  }

  /// Refuses to work where nothing can be recorded: signing in is recorded, too.
  private func requireWritable() throws(StoreFailure) {
    guard isWritable else {
      throw StoreFailure(
        .readOnly, found: "‘\(path)’ can only be read, and whoever signs in is recorded there.",
        remedy: "Have the folder made writable for you. As it is, it can be verified, exported and backed up (tandem "
          + "ledger verify, export, backup).")
    }
  }

  /// Refuses a sealed store that was emptied, or that another file was put in the place of.
  func requireMark(of master: MasterKey, in store: SQLiteSealedStore, _ file: String) async throws {
    guard try await !master.hasMarked(store) else { return }
    throw StoreFailure(
      .damaged, found: "‘\(file)’ holds nothing of this study: it was emptied, or is another file.",
      remedy: "Keep the folder as it is, and restore the last backup into a new one (tandem ledger restore).")
  }

  /// Refuses a ledger without events beside the accounts of a study that ran: another one was put in its place. Two
  /// accounts are those of a founding that was refused.
  private func requireNobody(in credentials: SQLiteSealedStore) async throws {
    guard try await credentials.names(of: "credential").count > 2 else { return }
    throw StoreFailure(
      .damaged, found: "‘\(ledgerFile)’ holds no event, though people have accounts in ‘\(path)’.",
      remedy: "Keep the folder as it is, and restore the last backup into a new one (tandem ledger restore).")
  }

  /// Now, for whoever opens the ledger alone and records something in it.
  func now(in ledger: SQLiteEventStore) async throws -> Instant {
    let machine = Surroundings.current.clock
    return storyClock(after: try await ledger.lastEvent(), machine)?.now ?? machine()
  }

  /// The clock of a demonstration, made for every one that is opened, served or not: the machine's, which goes on from the
  /// last event where that is later, since nothing is recorded before what was; so it does from what another process records
  /// meanwhile (`LiveStudy.hears`). Nil for any other study, whose clock must be right.
  private func storyClock(after last: Envelope?, _ machine: @escaping @Sendable () -> Instant) -> StoryClock? {
    guard ownStudy != nil, let last else { return nil }
    return StoryClock(showing: max(machine(), last.recorded), machine: machine)
  }

  /// Opens the ledger alone, to read it.
  ///
  /// - Throws: `Unusable` if there is none; `StoreFailure`.
  func openLedger(_ access: SQLiteEventStore.Access = .readOnly) throws -> SQLiteEventStore {
    try requireLedger()
    return try SQLiteEventStore(path: ledgerFile, access: access)
  }

  /// The master key, and the key with which the ledger signs.
  ///
  /// - Throws: `Unusable` if no study was begun here; `KeyFileFailure`; `InvalidKey`.
  func keys() throws -> (master: MasterKey, ledger: SigningKey) {
    let verifier = try publicKey()
    let master = try MasterKey.load(keyFile)
    let signing = try master.ledgerKey(name: verifier.name)
    guard signing.verifier == verifier else {
      throw Unusable(
        "The key file ‘\(keyFile)’ is not the one that \(publicKeyFile) belongs to. Give the key file of this data.")
    }
    return (master, signing)
  }

  /// The ledger's public key.
  ///
  /// - Throws: `Unusable` if no study was begun here.
  func publicKey() throws -> VerifierKey {
    guard let text = try? String(contentsOfFile: publicKeyFile, encoding: .utf8),
      let key = try? VerifierKey(text.filter { !$0.isWhitespace })
    else {
      if holdsLedger {
        throw Unusable(
          "‘\(publicKeyFile)’, the ledger's public key, is missing or unreadable. Restore it from a backup.")
      }
      throw DataFolder.nothing(in: path)
    }
    return key
  }

  /// Refuses a folder without a ledger, whatever else lies in it.
  func requireLedger() throws {
    guard !holdsLedger else { return }
    try requireNothingLost()
    throw DataFolder.nothing(in: path)
  }

  private static func nothing(in path: String) -> Unusable {
    Unusable(
      "No study runs in ‘\(path)’. Name its folder with --data, begin one with `tandem study found`, or make a "
        + "synthetic one with `tandem demo`.")
  }
}

extension SQLiteEventStore {
  /// The last event; nil where there is none.
  func lastEvent() async throws -> Envelope? {
    try await events(after: try await head().position - 1, limit: 1).last
  }
}

/// A study that was opened, with what it rests on.
struct RunningStudy: Sendable {
  let live: LiveStudy
  let ledger: SQLiteEventStore
  /// With what the ledger signs.
  let signing: SigningKey
  /// Who participants are.
  let vault: IdentityVault
  /// The clock that it goes by.
  let clock: @Sendable () -> Instant
  fileprivate let sealed: [SQLiteSealedStore]

  /// Lets go of the files.
  func close() throws {
    try ledger.close()
    for store in sealed { try store.close() }
  }
}
