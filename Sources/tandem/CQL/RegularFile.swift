import FoundationEssentials

/// Files that are read whole.
enum RegularFile {
  /// The bytes of a file; nil where it cannot be read, is larger than a limit, or is a pipe or device, which may never end.
  static func bytes(_ path: String, atMost limit: Int = 256 << 20) -> [UInt8]? {
    let target = URL(filePath: path).resolvingSymlinksInPath().path
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: target),
      attributes[.type] as? FileAttributeType == .typeRegular,
      let size = attributes[.size] as? UInt64 ?? (attributes[.size] as? Int).flatMap({ UInt64(exactly: $0) }),
      size <= UInt64(limit)
    else { return nil }
    return FileManager.default.contents(atPath: target).map { Array($0) }
  }
}
