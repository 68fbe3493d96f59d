import Glibc

/// The two streams of the program, and what they can show.
enum Terminal {
  /// Writes the result.
  static func print(_ text: String) {
    Surroundings.current.output(text)
  }

  /// Writes a message for the person at the keyboard, a line of its own.
  static func say(_ message: String) {
    Surroundings.current.messages(message + "\n")
  }

  /// Writes to the person at the keyboard without ending the line.
  static func show(_ text: String) {
    Surroundings.current.messages(text)
  }

  /// Whether a stream is a terminal.
  static func isTerminal(_ stream: Int32) -> Bool { isatty(stream) == 1 }

  /// Whether the result may be colored: on a terminal, unless NO_COLOR is set (https://no-color.org).
  static var showsColor: Bool {
    let refused = environment("NO_COLOR").map { !$0.isEmpty } ?? false
    return isTerminal(STDOUT_FILENO) && !refused && environment("TERM") != "dumb"
  }

  /// Columns of the terminal; 100 where the result goes elsewhere.
  static var width: Int {
    var size = winsize()
    guard isTerminal(STDOUT_FILENO), ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return 100
    }
    return max(60, min(Int(size.ws_col), 140))
  }

  /// A variable of the environment.
  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Writes all of a text; a stream that is closed ends the program quietly, one that takes no more with a message.
  static func write(_ text: String, to stream: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(stream, rest.baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else {
          if count < 0, errno != EPIPE, stream == STDOUT_FILENO {
            let cause = String(cString: strerror(errno))
            write("Error: The result cannot be written to its end (\(cause)). Write it elsewhere.\n", to: STDERR_FILENO)
          }
          exit(EXIT_FAILURE)
        }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      }
    }
  }
}
