/// Why a command cannot do what it was asked: one sentence for the person who asked.
struct Unusable: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
