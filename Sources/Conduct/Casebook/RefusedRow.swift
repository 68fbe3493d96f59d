/// A row of a file that cannot be taken over, and why. One such row keeps the whole file out.
public struct RefusedRow: Sendable, Hashable, CustomStringConvertible {
  /// The line of the file, from 1; of a FHIR file the place of the resource.
  public let place: String
  /// Why, as a sentence.
  public let why: String

  /// A row by its place.
  init(_ place: String, _ why: String) {
    self.place = place
    self.why = why
  }

  /// `line 7: ...`
  public var description: String { "\(place): \(why)" }
}

/// A file of which some rows cannot be taken over; none was.
public struct RefusedFile: Error, Sendable, CustomStringConvertible {
  /// The file.
  public let file: String
  /// Its rows that cannot be taken over, in their order.
  public let rows: [RefusedRow]

  /// One line a row.
  public var description: String {
    "Nothing of ‘\(file)’ was imported. \(rows.count) row(s) cannot be taken over:\n"
      + rows.map { "  \($0)" }.joined(separator: "\n")
  }
}
