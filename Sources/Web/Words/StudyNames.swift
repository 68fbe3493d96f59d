import StudyDesign
import Trial

/// What the ids that stand in sentences of the trial are called in the study's files: forms, cohorts, steps of custody, clocks, concepts.
struct StudyNames: Sendable {
  private let study: Study?
  /// What the forms call an answer of a list; of several words for one, the first.
  private let labels: [Answer: String]

  /// The medicines of the dictionary, in its order, each with its ATC code.
  let medicines: [Medicine]

  /// A medicine of the dictionary.
  struct Medicine: Hashable, Sendable {
    let id: String
    let code: String
    let display: String
  }

  /// An answer of a list, by the concept that it is a value of.
  private struct Answer: Hashable {
    let concept: String
    let code: String
  }

  /// Cost: linear in the forms; a site reads them once.
  ///
  /// - Parameter study: nil where there is none; ids then stay as they are.
  init(_ study: Study?) {
    self.study = study
    medicines = (study?.dictionary.medicines ?? []).compactMap { concept in
      concept.atc.map { Medicine(id: concept.id, code: $0, display: concept.display) }
    }
    let items = study?.forms.flatMap(\.items) ?? []
    labels = items.reduce(into: [:]) { labels, item in
      guard let concept = item.concept else { return }
      for code in item.codes {
        let answer = Answer(concept: concept, code: code.code)
        labels[answer] = labels[answer] ?? code.label
      }
    }
  }

  /// A sentence with names in the place of ids.
  ///
  /// - Parameter title: a title in the reader's language.
  func named(in english: String, title: (String) -> String) -> String {
    guard study != nil else { return english }
    let forms = labelled(english, title: title).replacing(/(\()?([A-Za-z0-9.-]+)\/(\d+)\/([a-z][A-Za-z0-9]*)\/(\d+)/) {
      match in
      let key = FormPlace(match.2, match.3, match.4, match.5)
      // In parentheses the form has been named; where it is remains to be said.
      if match.1 != nil { return "(" + key.place(row: "row {row}") }
      let isSaid = english.contains("visit \(match.2)")
      return self.form(key.form).map { key.name(title($0), row: "row {row}", saysVisit: !isSaid) } ?? String(match.0)
    }
    // A form of no visit has no place to be said.
    return forms.replacing(" ()", with: "").replacing(/(cohort )([a-z][A-Za-z0-9-]*)/) { match in
      String(match.1) + (cohort(String(match.2)).map(title) ?? String(match.2))
    }.replacing(/\b[a-z]+[A-Z][A-Za-z0-9]*\b/) { match in name(String(match.0)).map(title) ?? String(match.0) }
  }

  /// What fills a place of a phrase, by its name.
  ///
  /// - Parameters:
  ///   - place: what the place is called; `key` is where a form is that was named.
  ///   - row: how a row is counted, with a place for its number.
  func named(_ value: String, as place: String, row: String, title: (String) -> String) -> String {
    guard study != nil else { return value }
    return value.replacing(/([A-Za-z0-9.-]+)\/(\d+)\/([a-z][A-Za-z0-9]*)\/(\d+)/) { match in
      let key = FormPlace(match.1, match.2, match.3, match.4)
      if place == "key" { return key.place(row: row) }
      return form(key.form).map { key.name(title($0), row: row, saysVisit: place != "forms") } ?? String(match.0)
    }.replacing(/[A-Za-z][A-Za-z0-9]*/) { match in
      let id = String(match.0)
      return (place == "cohort" || place == "code" ? cohort(id) : nil).map(title) ?? name(id).map(title) ?? id
    }
  }

  /// Data that something rests on, each by the name of its concept: `hbsAg negative, 2026-01-05; sex female`.
  func named(facts: String, title: (String) -> String) -> String {
    let coded = totaled(
      spanned(labelled(reckoned(facts, title: title), title: title), title: title), title: title)
    let answered = coded.replacing(/\s(true|false)(?=$|,|;)/) { match in " " + title(match.1 == "true" ? "yes" : "no") }
      .replacing(/(^|\s)(female|male)(?=$|,|;)/) { match in match.1 + title(String(match.2)) }
    let said = counted(ofRecords(answered, title: title), title: title)
    let ids = said.replacing(/(^|; |, )([A-Z]?[a-z][A-Za-z0-9]*)(?= |$)/) { match in
      String(match.1) + (concept(String(match.2)).map(title) ?? String(match.2))
    }
    return ids.replacing(/(^|; )([A-Z][A-Za-z0-9-]*(?: [A-Za-z0-9-]+)*)/) { match in
      String(match.1) + (shown(String(match.2), title: title) ?? String(match.2))
    }
  }

  /// Data with answers of a list as its forms show them: `oxygenSupport room-air` as `oxygenSupport Room air`; and with what a consent
  /// says in words.
  private func labelled(_ facts: String, title: (String) -> String) -> String {
    facts.replacing(/(^|; |, |\()([a-z][A-Za-z0-9]*) ([A-Za-z][A-Za-z0-9-]*)(?=$|,|;|\))/) { match in
      guard let words = label(of: String(match.3), concept: String(match.2)) else { return String(match.0) }
      return "\(match.1)\(match.2) \(title(words))"
    }.replacing(/(, )(permit|deny)(?=$|,|;|\))/) { match in
      match.1 + title(match.2 == "permit" ? "taking part is permitted" : "taking part is refused")
    }
  }

  /// Data with spans of time in words: from one date to another, or from a date on.
  private func spanned(_ facts: String, title: (String) -> String) -> String {
    guard facts.contains(" to ") || facts.contains(" on") else { return facts }
    return facts.replacing(/(\d{4}-\S+|\d{4}|\?) to (?=\d{4})(\S+?)(?=$|,|;|\))/) { match in
      title("{first} to {last}").replacing("{first}", with: match.1).replacing("{last}", with: match.2)
    }.replacing(/(, )(\d{4}-\S+|\d{4}) on(?=$|,|;|\))/) { match in
      "\(match.1)\(title("{day} on").replacing("{day}", with: match.2))"
    }
  }

  /// Data with the total of an instrument by its items in words, beside the one that is recorded.
  private func totaled(_ facts: String, title: (String) -> String) -> String {
    guard facts.contains(" by its items (") else { return facts }
    return facts.replacing(/(\S+) by its items \((.+?) recorded\)/) { match in
      title("{total} by its items ({recorded} recorded)").replacing("{total}", with: match.1)
        .replacing("{recorded}", with: match.2)
    }
  }

  /// What was computed of data, and until when what still goes on would have to end, in words.
  private func reckoned(_ facts: String, title: (String) -> String) -> String {
    guard facts.hasPrefix("computed ") || facts.hasPrefix("still running, ") else { return facts }
    return facts.replacing(/^computed (\d.*)$/) { match in
      title("computed {value}").replacing("{value}", with: match.1)
    }.replacing(/^(still running, .+ on or before )(\d{4}-\d{2}-\d{2})$/) { match in
      title("\(match.1){day}").replacing("{day}", with: match.2)
    }
  }

  /// What the forms call an answer of a list, by the concept that it is a value of.
  func label(of code: String, concept: String) -> String? {
    labels[Answer(concept: concept, code: code)]
  }

  /// The medicine that an answer names by its id or ATC code, or by a code below one that the dictionary has; nil for any other text.
  func medicine(_ text: String) -> Medicine? {
    if let named = medicines.first(where: { $0.id == text || $0.code == text }) { return named }
    guard ATC.isCode(text) else { return nil }
    return medicines.filter { text.hasPrefix($0.code) }.max { $0.code.utf8.count < $1.code.utf8.count }
  }

  /// A line that tells an answer, `Protein (LBORRES_UPROT): dip-negative`, with the answer as its form shows it.
  func answered(_ line: String) -> String {
    guard let study, line.contains("): "),
      let match = line.wholeMatch(of: /(.+ \(([A-Z][A-Z0-9_]*)\): )([A-Za-z][A-Za-z0-9_ -]*)/),
      let item = study.forms.lazy.compactMap({ $0.item(String(match.2)) }).first,
      let code = item.codes.first(where: { $0.code == match.3 })
    else { return line }
    return "\(match.1)\(code.label)"
  }

  /// Data with how a record stands or came out, such as `inadequate-response`, in words. Such words have keys of their own,
  /// since alone they mean something else.
  private func ofRecords(_ facts: String, title: (String) -> String) -> String {
    guard StudyNames.codesOfRecords.contains(where: { facts.contains($0) }) else { return facts }
    return facts.replacing(/(^|\s)([a-z]+(?:-[a-z]+)*)(?=$|,|;)/) { match in
      let code = String(match.2)
      let key = "record: \(code)"
      let known = StudyNames.codesOfRecords.contains(code) ? title(key) : key
      return String(match.1) + (known == key ? code : known)
    }
  }

  /// Data with how many more there are, in words.
  private func counted(_ facts: String, title: (String) -> String) -> String {
    guard facts.hasSuffix(" more") else { return facts }
    return facts.replacing(/(^|; )and (\d+) more$/) { match in
      String(match.1) + title("and {count} more").replacing("{count}", with: String(match.2))
    }
  }

  private static let codesOfRecords: Set<String> = [
    "active", "adequate-response", "completed", "completed-as-planned", "confirmed", "contraindication",
    "inadequate-response", "intolerance", "negative", "positive", "relapse", "resolved", "stopped",
  ]

  /// A datum that begins with what a concept is called for short, in the reader's language; nil for any other text.
  private func shown(_ datum: String, title: (String) -> String) -> String? {
    var found: (display: String, length: Int)?
    for concept in study?.dictionary.concepts ?? [] {
      let short = Vocabulary.shortened(concept.display)
      guard datum == short || datum.hasPrefix(short + " "), short.count > found?.length ?? 0 else { continue }
      found = (concept.display, short.count)
    }
    return found.map { title($0.display) + datum.dropFirst($0.length) }
  }

  /// A datum as a finding tells it, `hbsAg negative (2026-01-05), urn:…`: the display of its concept, its value, when it was; nil for any other text.
  func datum(in evidence: String) -> (name: String, value: String, note: String?)? {
    guard let match = evidence.wholeMatch(of: /([A-Za-z][A-Za-z0-9]*) (.+?)(?: \(([^()]*)\))?(?:, \S+:\S+)/),
      let concept = study?.dictionary.concepts.first(where: { $0.id == match.1 })
    else { return nil }
    return (concept.display, String(match.2), match.3.map(String.init))
  }

  private func concept(_ id: String) -> String? { study?.dictionary.concepts.first { $0.id == id }?.display }

  private func form(_ id: String) -> String? { study?.forms.first { $0.id == id }?.title }

  func cohort(_ id: String) -> String? { study?.cohorts.first { $0.id == id }?.name }

  /// The title of what has an id such as `pickedUp`.
  func name(_ id: String) -> String? {
    guard let study, id.first?.isLowercase == true, id.contains(where: \.isUppercase) else { return nil }
    return study.conduct.product.steps.first { $0.id == id }?.title
      ?? study.conduct.safety.clocks.first { $0.id == id }?.title
      ?? study.conduct.product.tests.first { $0.id == id }?.title
      ?? form(id) ?? concept(id)
  }
}

/// A form in a sentence: `D28/1/vitalSigns/1`.
private struct FormPlace {
  let form: String
  private let visit: String
  private let number: String
  private let row: String

  init(_ visit: Substring, _ number: Substring, _ form: Substring, _ row: Substring) {
    (self.form, self.visit, self.number, self.row) = (String(form), String(visit), String(number), String(row))
  }

  /// Its title with where it is: `Vital signs (D28)`.
  func name(_ title: String, row words: String, saysVisit: Bool) -> String {
    let place = place(row: words, saysVisit: saysVisit)
    return place.isEmpty ? title : "\(title) (\(place))"
  }

  /// The visit, its number from the second on, the row from the second on.
  func place(row words: String, saysVisit: Bool = true) -> String {
    let isAtVisit = visit != "once" && visit != "log"
    let parts = [
      isAtVisit && saysVisit ? visit : nil, number == "1" || !saysVisit ? nil : number,
      row == "1" && isAtVisit || visit == "once" ? nil : words.replacing("{row}", with: row),
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }
}
