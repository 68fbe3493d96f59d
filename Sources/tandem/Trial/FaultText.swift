import ArgumentParser
import Conduct

/// Names of fields as options.
enum OptionName {
  /// `obtainedBy` as an option, `obtained-by`; `volumeML` as `volume-ml`.
  static func of(_ key: String) -> String {
    var text = ""
    var isAfterCapital = true
    for character in key {
      if character.isUppercase && !isAfterCapital { text += "-" }
      isAfterCapital = character.isUppercase
      text += character.lowercased()
    }
    return text
  }
}

/// Faults of fields in the words of the command line, where a field is an option.
enum FaultText {
  /// Does something that fields are needed for; a fault of a field ends the command, named as its option.
  static func naming<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
      return try await body()
    } catch let faults as FieldFaults {
      guard let fault = faults.all.first else { throw faults }
      throw error(fault)
    }
  }

  /// A fault as bad usage; as something unusable where the usage was right and the content was not.
  private static func error(_ fault: FieldFault) -> any Error {
    let option = "--" + OptionName.of(fault.member)
    switch fault.problem {
    case .missing: return ValidationError("\(option) is missing.")
    case .missingBeside(let other, let what):
      return ValidationError("--\(OptionName.of(other)) needs \(option): \(what).")
    case .documentMissing(let document): return Unusable("The \(document) is missing: give it with \(option).")
    // Its option has another name than its key, and the words say which field is meant.
    case .misread(let words) where fault.member == Circumstances.Key.happened: return ValidationError(words)
    case .misread(let words): return ValidationError("\(option): \(words)")
    case .misfit(let sentences): return Unusable(sentences)
    case .unknown: return ValidationError("\(option) is not asked for here.")
    }
  }
}
