import FHIR

/// A record from text; the file is called `r.json`, or as given.
func read(_ text: String, file: String = "r.json", patient: Record.PatientRule = .one) throws -> Record {
  try Record.read(Array(text.utf8), file: file, patient: patient)
}

/// What a reader says of a text that it refuses; empty if it does not.
func refusal(_ bytes: [UInt8], file: String = "r.json", patient: Record.PatientRule = .one) -> String {
  do throws(RecordError) {
    _ = try Record.read(bytes, file: file, patient: patient)
    return ""
  } catch {
    return error.description
  }
}

func refusal(_ text: String, file: String = "r.json") -> String { refusal(Array(text.utf8), file: file) }

/// A Bundle of a Patient (`urn:uuid:p`) and of these resources, an entry a line from line 2 on.
func bundle(_ resources: String...) -> String {
  let entries =
    [#"{"fullUrl":"urn:uuid:p","resource":{"resourceType":"Patient","id":"p"}}"#]
    + resources.map { #"{"resource":\#($0)}"# }
  return #"{"resourceType":"Bundle","type":"collection","entry":["# + "\n" + entries.joined(separator: ",\n") + "\n]}"
}

/// An Observation about that Patient with these members.
func observation(_ members: String) -> String {
  #"{"resourceType":"Observation","id":"o","status":"final","code":{"text":"x"},"subject":{"reference":"urn:uuid:p"},\#(members)}"#
}

/// The folder that the tests lie in.
let testFolder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")

/// Numbers that look random and are the same in every run (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
