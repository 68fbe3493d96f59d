/// JSON text with a line for each member, for people to read. It is only laid out: no character of a string or number changes.
enum IndentedJSON {
  static func text(_ json: String) -> String {
    var shown = ""
    var depth = 0
    var isInString = false
    var isEscaped = false
    // One space a level: a page of seventy records stays light.
    func newLine() { shown += "\n" + String(repeating: " ", count: depth) }
    for character in json {
      if isInString {
        shown.append(character)
        if isEscaped {
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == "\"" {
          isInString = false
        }
        continue
      }
      switch character {
      case "{", "[":
        shown.append(character)
        depth += 1
        newLine()
      case "}", "]":
        depth -= 1
        newLine()
        shown.append(character)
      case ",":
        shown.append(character)
        newLine()
      case ":": shown += ": "
      case "\"":
        isInString = true
        shown.append(character)
      case " ", "\n", "\t", "\r", "\r\n": continue
      default: shown.append(character)
      }
    }
    return shown
  }
}
