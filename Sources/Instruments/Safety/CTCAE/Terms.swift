extension CTCAE {
  /// A term of CTCAE v5.0.
  public struct Term: Sendable, Hashable {
    /// CTCAE's own system organ class.
    public let systemOrganClass: String
    /// The term: `Febrile neutropenia`.
    public let name: String
    /// The grades that exist for it, ascending.
    public let grades: [Int]

    /// Whether it is a cytopenia: too few blood cells. Its class is no help: hemolytic uremic syndrome, disseminated
    /// intravascular coagulation and febrile neutropenia stand in the class of the blood and are none.
    public var isCytopenia: Bool {
      [
        "Anemia", "Bone marrow hypocellular", "CD4 lymphocytes decreased", "Lymphocyte count decreased",
        "Neutrophil count decreased", "Platelet count decreased", "White blood cell decreased",
      ].contains(name)
    }
  }

  /// The class of infections.
  public static let infections = "Infections and infestations"
  /// The term for cytokine release syndrome.
  public static let cytokineReleaseSyndrome = "Cytokine release syndrome"

  /// All 837 terms, by class and name.
  public static let terms: [Term] = {
    var terms: [Term] = []
    var systemOrganClass = ""
    for line in termTable.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.count == 2 else { continue }
      if words[0] == "#" {
        systemOrganClass = String(words[1])
      } else {
        terms.append(
          Term(
            systemOrganClass: systemOrganClass, name: String(words[1]), grades: words[0].compactMap(\.wholeNumberValue))
        )
      }
    }
    return terms
  }()

  /// The term of exactly that name; nil if there is none.
  public static func term(named name: String) -> Term? { terms.first { $0.name == name } }

  /// Terms for what has been typed so far, the best first: those that begin with it, those with words that begin with its
  /// words, those that contain its words; by name within each. Case and diacritics do not count; nothing typed finds none.
  public static func terms(matching typed: String, limit: Int = 20) -> [Term] {
    let query = typed.folded
    let words = query.searchWords
    guard !words.isEmpty else { return [] }
    let ranked = foldedTerms.compactMap { entry -> (rank: Int, term: Term)? in
      if entry.folded.hasPrefix(query.trimmingSpaces) { return (0, entry.term) }
      if words.allSatisfy({ word in entry.words.contains { $0.hasPrefix(word) } }) { return (1, entry.term) }
      return words.allSatisfy { entry.folded.contains($0) } ? (2, entry.term) : nil
    }
    return ranked.sorted { ($0.rank, $0.term.name) < ($1.rank, $1.term.name) }.prefix(max(limit, 0)).map(\.term)
  }

  /// Terms as they are searched, folded once.
  private static let foldedTerms = terms.map { term in
    let folded = term.name.folded
    return (term: term, folded: folded, words: folded.searchWords)
  }
}

extension String {
  /// Lowercase, letters without their diacritics.
  fileprivate var folded: String {
    var folded = String.UnicodeScalarView()
    for scalar in lowercased().unicodeScalars where scalar.properties.generalCategory != .nonspacingMark {
      folded.append(scalar.withoutDiacritic)
    }
    return String(folded)
  }

  /// Runs of letters and digits.
  fileprivate var searchWords: [Substring] { split { !$0.isLetter && !$0.isNumber } }

  fileprivate var trimmingSpaces: Substring {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}

extension Unicode.Scalar {
  /// The letter that a diacritic was put on: Unicode names it `LATIN SMALL LETTER E WITH ACUTE`.
  fileprivate var withoutDiacritic: Unicode.Scalar {
    guard !isASCII, let name = properties.name else { return self }
    let words = name.split(separator: " ")
    guard words.count > 4, words[0...2] == ["LATIN", "SMALL", "LETTER"], words[4] == "WITH", words[3].count == 1,
      let letter = words[3].lowercased().unicodeScalars.first
    else { return self }
    return letter
  }
}
