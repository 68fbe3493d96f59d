/// The candidate that a misspelled word most likely means: the nearest one, if no more than a third of it differs.
package func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
  let limit = max(1, word.count / 3)
  var best: (distance: Int, lengthDifference: Int, candidate: String)?
  for candidate in candidates where abs(candidate.count - word.count) <= limit {
    let distance = editDistance(Array(word.lowercased()), Array(candidate.lowercased()))
    guard distance <= limit else { continue }
    let found = (distance, abs(candidate.count - word.count), candidate)
    if let best, best <= found { continue }
    best = found
  }
  return best?.candidate
}

/// "Did you mean ‘x’?" where a candidate is near, else a list of what there is (or `otherwise`, if that list is long).
package func suggestion(for word: String, among candidates: some Collection<String>, otherwise: String) -> String {
  if let near = nearest(to: word, among: candidates) { return "Did you mean ‘\(near)’?" }
  guard !candidates.isEmpty, candidates.count <= 12 else { return otherwise }
  return "Use one of: \(candidates.joined(separator: ", "))."
}

/// Insertions, deletions and replacements between two words (Levenshtein), a swap of neighbors counting as one.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1] + [Int](repeating: 0, count: b.count)
    for j in b.indices {
      row[j + 1] = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1) }
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}
