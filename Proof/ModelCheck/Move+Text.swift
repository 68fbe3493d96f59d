import Foundation
import Trial

extension Move: CustomStringConvertible {
  /// The command with its members as JSON and who asks for it; or what else happens.
  package var description: String {
    switch self {
    case .wait(.short): return "40 minutes pass"
    case .wait(.day): return "a day passes"
    case .data(let id, let picture): return "the data of \(id) are now: \(picture)"
    case .command(let command, let actor, let together, let earlier):
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let members = (try? encoder.encode(command)).map { String(decoding: $0, as: UTF8.self) } ?? ""
      let people = ([actor] + together).map(\.account.description).joined(separator: ", ")
      let when = earlier ? ", as of \(type(of: command).minutesEarlier) minutes ago" : ""
      return "\(type(of: command).name) \(members) by \(people)\(when)"
    }
  }
}
