#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An open file, read from front to back.
final class FileReader {
  private let path: String
  private let descriptor: Int32
  /// Bytes of the file when it was opened.
  let size: Int

  init(path: String) throws(RecordError) {
    self.path = path
    // Without O_NONBLOCK, opening a pipe waits for somebody to write to it.
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileReader.unreadable(path, errno) }
    var status = stat()
    let isKnown = fstat(descriptor, &status) == 0
    size = Int(status.st_size)
    guard isKnown else { throw FileReader.unreadable(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let kind = status.st_mode & S_IFMT == S_IFDIR ? "a folder" : "a pipe or device"
      throw RecordError([
        Problem(
          .error, "no-file", element: path, "What is read must be a regular file, and this is \(kind).",
          remedy: "Save the record to a file and name that.")
      ])
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// The whole file, if it is no larger than one JSON text may be; of one that is larger nothing is read.
  func all() throws(RecordError) -> [UInt8] {
    var bytes: [UInt8] = []
    while size <= JSONDocument.maximumBytes, bytes.count <= JSONDocument.maximumBytes {
      let chunk = try next(1 << 20)
      if chunk.isEmpty { return bytes }
      bytes.append(contentsOf: chunk)
    }
    let problem = JSONFault(
      JSONScanner.Stop(reason: .tooLarge, at: 0), place: Place(file: path, line: 1, column: 1, byte: 0))
    throw RecordError([Problem(problem)])
  }

  /// The next bytes, at most `count`; none at the end.
  func next(_ count: Int) throws(RecordError) -> [UInt8] {
    var got = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      repeat { got = read(descriptor, buffer.baseAddress, count) } while got < 0 && errno == EINTR
      initialized = max(got, 0)
    }
    guard got >= 0 else { throw FileReader.unreadable(path, errno) }
    return bytes
  }

  private static func unreadable(_ path: String, _ code: Int32) -> RecordError {
    let reason = String(cString: strerror(code))
    return RecordError([
      Problem(
        .error, "file-unreadable", element: path, "The file cannot be read: \(reason).",
        remedy: "Check its name and who may read it.")
    ])
  }
}

extension JSONDocument {
  /// Reads a file that holds one JSON text, whatever it says.
  ///
  /// - Throws: that the file cannot be read, is too large, or is no JSON, with the place.
  public static func read(path: String) throws(RecordError) -> JSONDocument {
    let bytes = try FileReader(path: path).all()
    do {
      return try JSONDocument(bytes, file: path)
    } catch {
      throw RecordError([Problem(error)])
    }
  }
}
