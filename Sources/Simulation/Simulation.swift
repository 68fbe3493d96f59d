// Simulation invents a whole trial and conducts it: people, participants, their illness and its course, and every act of
// those who look after them, each through the command that a person would use.
//
//   Cast, Names         who works in the trial, and who takes part
//   Story, Stories      what happens to each participant, as tables
//   Course, Records     values as illness and therapy would make them, written as FHIR bundles
//   Director            goes through all of it in the order of time
//
// Not here: what a command means (Trial), where bytes rest (the store that is handed in), the operating system's clock and
// randomness: one seed always gives the same ledger.
//
// Always true: everybody is invented, and the ledger says so from its first event; nothing is written but by commands,
// so that no rule of the trial is passed by.

public import Conduct
public import Ledger

/// What a demonstration is built on: empty stores, the protocol versions, and the seed.
public struct DemonstrationStage: Sendable {
  /// The ledger, empty.
  public var ledger: any EventStore
  /// Sealed identities, empty.
  public var identity: any SealedStore
  /// Sealed passwords, empty.
  public var credentials: any SealedStore
  /// The participants' keys, empty.
  public var keys: any SealedStore
  /// The key under which they are sealed.
  public var master: MasterKey
  /// The first version and its amendment.
  public var shelf: ProtocolShelf
  /// The folder of the first version, for its examples.
  public var studyFolder: String
  /// The same seed gives the same ledger, byte for byte.
  public var seed: UInt64

  /// A stage.
  public init(
    ledger: any EventStore, identity: any SealedStore, credentials: any SealedStore, keys: any SealedStore,
    master: MasterKey, shelf: ProtocolShelf, studyFolder: String, seed: UInt64 = 20_240_603
  ) {
    self.ledger = ledger
    self.identity = identity
    self.credentials = credentials
    self.keys = keys
    self.master = master
    self.shelf = shelf
    self.studyFolder = studyFolder
    self.seed = seed
  }
}

/// Why a demonstration could not be built: the act at which it stopped.
public struct DemonstrationFailure: Error, Sendable, CustomStringConvertible {
  /// Whose act, on which day.
  public let act: String
  /// What was said against it.
  public let cause: any Error

  /// Both.
  public var description: String { "demonstration: \(act): \(cause)" }
}
