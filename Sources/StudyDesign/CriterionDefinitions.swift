extension Study {
  /// The CQL of each criterion as it stands in its library, by the criterion's id: the definition that decides it, with its
  /// comments and layout. A library that cannot be read any more gives none.
  ///
  /// Cost: the version's libraries are read and gone through once.
  public var criterionDefinitions: [String: String] {
    let folder = StudyFolder(path: self.folder)
    var texts: [String: String] = [:]
    for library in Set(criteria.map(\.library.value)) {
      guard let text = try? folder.text("library/\(library).cql") else { continue }
      let definitions = Study.definitions(in: text)
      for criterion in criteria where criterion.library.value == library {
        texts[criterion.id] = definitions[criterion.definition.value]
      }
    }
    return texts
  }

  /// The definitions of a library, by name; what stands above one as a comment belongs to it.
  private static func definitions(in text: String) -> [String: String] {
    var definitions: [String: String] = [:]
    var name: String?
    var lines: [Substring] = []
    var comments: [Substring] = []
    func keep() {
      guard let name else { return }
      let last = lines.lastIndex { !$0.isEmpty } ?? -1
      definitions[name] = lines[...last].joined(separator: "\n")
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("//") {
        comments.append(line)
      } else if line.hasPrefix("define ") {
        keep()
        let quoted = line.split(separator: "\"", omittingEmptySubsequences: false)
        name = quoted.count > 2 ? String(quoted[1]) : nil
        lines = comments + [line]
        comments = []
      } else {
        lines += comments + [line]
        comments = []
      }
    }
    keep()
    return definitions
  }
}
