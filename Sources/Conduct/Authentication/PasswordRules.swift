internal import Foundation
internal import Trial

/// What a password must be (NIST SP 800-63B, 5.1.1.2): long, not the person's name, not one that everybody tries. No rule
/// asks for kinds of characters; that makes passwords worse.
enum PasswordRules {
  static let longest = 128

  /// One form for the different codings of the same characters, as SP 800-63B asks.
  static func normalized(_ password: String) -> String { password.precomposedStringWithCompatibilityMapping }

  /// Refuses a password that does not do, with every reason.
  static func require(
    _ password: String, account: AccountID, name: String, shortest: Int, breached: BreachedPasswords?
  ) throws(Refusal) {
    var problems: [String] = []
    let text = normalized(password)
    if text.count < shortest { problems.append("it has \(text.count) characters; at least \(shortest) are needed") }
    if text.count > longest { problems.append("it has more than \(longest) characters") }
    if Set(text).count < 5 { problems.append("it has fewer than 5 different characters") }
    let folded = text.lowercased()
    let names = (name.lowercased().split { !$0.isLetter } + account.description.split { !$0.isLetter }).map(String.init)
    if names.contains(where: { $0.count >= 4 && folded.contains($0) }) { problems.append("it holds your name") }
    if isCommon(folded) { problems.append("it is one that is tried first") }
    for form in Set([password, text]) where try breached?.holds(form) == true {
      problems.append("it is known from a breach elsewhere")
      break
    }
    guard !problems.isEmpty else { return }
    throw Refusal(
      "password-too-weak", because: "This password cannot be used: \(problems.joined(separator: "; ")).",
      remedy: "Choose another, such as four words that have nothing to do with each other.")
  }

  /// Whether it is a common password, or one with figures and signs around or between.
  private static func isCommon(_ folded: String) -> Bool {
    let bare = String(folded.drop { !$0.isLetter }.reversed().drop { !$0.isLetter }.reversed())
    let undone = String(bare.map { substitutes[$0] ?? $0 })
    let cores: [String] = [folded, bare.filter(\.isLetter), undone.filter(\.isLetter)]
    if cores.contains(where: common.contains) { return true }
    // Somebody who types a word twice has one word.
    return cores.contains { core in
      core.count % 2 == 0 && !core.isEmpty && core.prefix(core.count / 2) == core.suffix(core.count / 2)
        && common.contains(String(core.prefix(core.count / 2)))
    } || isRun(folded)
  }

  /// Whether every character is the neighbor of the one before: 123456789012, abcdefghijkl.
  private static func isRun(_ text: String) -> Bool {
    let values = text.unicodeScalars.map { Int($0.value) }
    let steps = zip(values.dropFirst(), values).map { $0 - $1 }
    return steps.count > 3 && steps.filter { abs($0) <= 1 || $0 == -9 }.count >= steps.count - 1
  }

  private static let substitutes: [Character: Character] = [
    "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i",
  ]

  /// Of the lists of leaked passwords, those that can be the core of one of 12 characters and more.
  private static let common: Set<String> = [
    "password", "passwort", "passw", "motdepasse", "contrasena", "qwerty", "qwertyuiop", "qwertyuiopasdfgh", "qwertz",
    "qwertzuiop", "asdfghjkl", "zxcvbnm", "qazwsxedc", "qazwsxedcrfv", "letmein", "letmeinplease", "iloveyou",
    "iloveyouforever", "welcome", "willkommen", "monkey", "dragon", "football", "baseball", "superman", "batman",
    "sunshine", "princess", "princesse", "michael", "michelle", "jennifer", "charlie", "shadow", "master", "trustno",
    "starwars", "pokemon", "computer", "internet", "secret", "topsecret", "changeme", "changemenow", "changethis",
    "default", "admin", "administrator", "root", "login", "user", "guest", "test", "testtest", "testing", "hospital",
    "clinic", "clinical", "clinicaltrial", "trial", "study", "tandem", "investigator", "coordinator", "leukapheresis",
    "spring", "summer", "autumn", "winter", "january", "february", "september", "october", "november", "december",
    "monday", "friday", "correcthorsebatterystaple", "abc", "abcabc", "abcdef", "aaaaaa", "access", "hello",
    "helloworld",
  ]
}
