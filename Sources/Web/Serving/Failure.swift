import HTTPTypes
import Ledger
import Markup
import Trial

/// A failure in words: what is wrong and what to do.
struct Failure: Sendable {
  let status: HTTPResponse.Status
  let id: String
  let title: String
  let because: String
  let remedy: String
  var lines: [GateLine] = []
  /// What is wrong in what was sent.
  var faults: [ValueFault] = []
  /// Header fields that belong to the status.
  var fields: [HTTPField.Name: String] = [:]

  init(_ status: HTTPResponse.Status, _ id: String, _ title: String, _ because: String, _ remedy: String) {
    self.status = status
    self.id = id
    self.title = title
    self.because = because
    self.remedy = remedy
  }

  /// What is told of an error: what it says of itself, else only that something failed.
  init(_ error: any Error, words: Words) {
    if let told = error as? any ToldError {
      self = told.failure(in: words)
    } else {
      self.init(
        .internalServerError, "failed", words["This failed"], words["The program met a fault of its own."],
        words["Look whether it was recorded before you repeat it. Tell whoever runs the machine, with the time."])
    }
  }

  /// As a page shows it.
  ///
  /// - Parameter zone: that of the reader's site, which is the participant's where the reader has one.
  func markup(_ words: Words, zone: String) -> Markup {
    .fragment([
      Notice.markup(.stop, words.sentence(because), words.sentence(remedy)),
      lines.isEmpty ? .fragment([]) : GateTable.markup(lines, zone: zone, words),
    ])
  }
}

/// An error of which people and programs are told what is wrong and what to do.
protocol ToldError: Error {
  /// What is told.
  func failure(in words: Words) -> Failure
}
