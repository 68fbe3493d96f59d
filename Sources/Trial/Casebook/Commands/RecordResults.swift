// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
public import Ledger
import StudyDesign

/// Takes over the results of one file of a laboratory, all of them or none.
public struct RecordResults: SavesEntries {
  public static let name = "laboratory record"
  public static let abstract = "Take over a file of laboratory results into forms, all of it or nothing."
  public static let fields = [
    CommandField("file", "SHA-256 of the file"),
    CommandField("saves", "JSON: [{\"participant\", \"form\", \"entries\", \"source\"?, \"reason\"?}]"),
  ]
  public static let permission = Permission.recordData
  public static let readsClinicalData = true

  /// SHA-256 of the file that the results stand in.
  public let file: Digest
  /// What is saved, a form an element.
  public let saves: [FormSave]

  public init(file: Digest, saves: [FormSave]) {
    self.file = file
    self.saves = saves
  }

  public var participants: Set<ParticipantID> { Set(saves.map(\.participant)) }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    guard !saves.isEmpty, Set(saves.map { "\($0.participant) \($0.form)" }).count == saves.count else {
      throw Refusal(
        "nothing-entered", because: "The file names no form, or one of them twice.", remedy: "Check file and mapping.")
    }
    var saved: [Fact] = []
    for save in saves {
      for fact in try save.facts(in: situation) {
        // What new data lead to on the way is the same for all forms of a participant.
        if case .way = fact.event, saved.contains(fact) { continue }
        saved.append(fact)
      }
    }
    guard !saved.isEmpty else {
      throw Refusal(
        "nothing-changed", because: "All results of this file are in the casebook already.",
        remedy: "There is nothing to be imported.")
    }
    return saved + situation.settledElsewhere(by: saves, after: saved)
  }
}

extension RecordResults: NeedsClinicalData {
  /// Whether the data speak against a decision.
  public var clinicalNeeds: ClinicalNeeds { ClinicalNeeds(questioned: true) }
}
