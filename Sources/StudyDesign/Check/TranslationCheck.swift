import CQL

/// Whether a translation has all words of the study, and no others.
struct TranslationCheck {
  let file: TranslationFile
  let sections: [WordSection]

  /// The problems, in the order of the file, and then the words that it lacks in the order of the study.
  func problems() -> [Problem] { entryProblems() + missing() }

  private func entryProblems() -> [Problem] {
    let known = Set(sections.flatMap(\.words))
    var first: [String: TranslationFile.Entry] = [:]
    return file.entries.flatMap { entry -> [Problem] in
      let (words, translation) = (entry.words, entry.translation)
      guard known.contains(words.value) else { return [stale(words)] }
      if let earlier = first[words.value] {
        return earlier.translation.value == translation.value ? [] : [twice(words, earlier)]
      }
      first[words.value] = entry
      if translation.value.trimmed.isEmpty { return [untranslated(words, at: translation.location)] }
      return numberProblems(entry)
    }
  }

  private func stale(_ words: Located<String>) -> Problem {
    Problem(
      "stale-translation", at: words.location, "The study has no words ‘\(shown(words.value))’.",
      remedy: "Remove the entry, or write its words exactly as they stand in the study.")
  }

  private func twice(_ words: Located<String>, _ earlier: TranslationFile.Entry) -> Problem {
    Problem(
      "duplicate", at: words.location,
      "‘\(shown(words.value))’ is translated already, in other words, on line \(earlier.words.line).",
      remedy: "Remove one of the two: the same words are shown in the same way wherever they stand.")
  }

  private func untranslated(_ words: Located<String>, at place: SourceLocation) -> Problem {
    Problem(
      "no-translation", at: place, "‘\(shown(words.value))’ has an empty translation.",
      remedy: "Write it in \(file.language).")
  }

  /// A number that got lost on the way may be a dose or a limit.
  private func numberProblems(_ entry: TranslationFile.Entry) -> [Problem] {
    let kept = entry.translation.value.numbers
    let lost = entry.words.value.numbers.unique.filter { !kept.contains($0) }
    guard !lost.isEmpty else { return [] }
    return [
      Problem(
        "number-lost", at: entry.translation.location,
        "The translation of ‘\(shown(entry.words.value))’ lacks \(lost.joined(separator: ", ")).",
        remedy: "Write every number of the study in digits, as it stands there.")
    ]
  }

  /// A language is promised whole, so that no page is half in one and half in another.
  private func missing() -> [Problem] {
    let translated = Set(file.entries.map(\.words.value))
    return sections.flatMap { section in
      let place =
        file.sections.first { $0.name.value == section.file }?.name.location
        ?? SourceLocation(file: file.file, line: 1, column: 1)
      return section.words.filter { !translated.contains($0) }.map { words in
        Problem(
          "no-translation", at: place, "‘\(shown(words))’ of \(section.file) is not translated.",
          remedy: "Add it under ‘\(section.file):’.")
      }
    }
  }

  private func shown(_ words: String) -> String { words.count <= 80 ? words : "\(words.prefix(79))…" }
}

extension String {
  /// The numbers that stand in a text, in digits; a comma between groups of three is none of them.
  var numbers: [String] {
    let characters = Array(self)
    func isDigit(_ place: Int) -> Bool {
      characters.indices.contains(place) && "0123456789".contains(characters[place])
    }
    var numbers: [String] = []
    var number = ""
    for place in characters.indices {
      if isDigit(place) {
        number.append(characters[place])
      } else if !number.isEmpty, characters[place] == ".", isDigit(place + 1) {
        number.append(".")
      } else if !number.isEmpty, characters[place] != "," || !(1...3).allSatisfy({ isDigit(place + $0) }) {
        numbers.append(number)
        number = ""
      }
    }
    return number.isEmpty ? numbers : numbers + [number]
  }
}
