// A module that this one loads by others brings Foundation; the compiler then finds `stat` in what it stands on.
import CoreFoundation
import FHIR
import FoundationEssentials
import Glibc

/// The files that commands are given.
enum InputFile {
  /// Why a path names no file that can be read to its end; nil where it does, or where opening it will say more.
  ///
  /// A pipe that nobody writes to, or a device, would keep a command waiting for good.
  static func fault(_ path: String) -> String? {
    if path == "-" { return "Standard input is not read. Write the record into a file, and name that." }
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG, S_IFDIR: return nil
    default: return "‘\(path)’ is a pipe or a device. Write what it gives into a file, and name that."
    }
  }

  /// Whether anything is at a path.
  static func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// Refuses what is a pipe or a device.
  static func check(_ path: String) throws(Unusable) {
    if let fault = fault(path) { throw Unusable(fault) }
  }

  /// Refuses what is no folder that can be read.
  static func checkFolder(_ path: String) throws(Unusable) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw Unusable("‘\(path)’ is no folder that can be read. Check its name and who may read it.")
    }
  }

  /// The size that a file may have which is read whole, bytes.
  static let largest = 256 << 20

  /// The bytes of a file.
  ///
  /// - Throws: `Unusable` if it cannot be read, is a pipe or a device, or is larger than a limit.
  static func bytes(_ path: String, atMost limit: Int = largest) throws(Unusable) -> [UInt8] {
    try check(path)
    var status = stat()
    if stat(path, &status) == 0, status.st_size > limit {
      throw Unusable("‘\(path)’ has \(status.st_size) bytes; \(limit >> 20) MB are the most. Check which file it is.")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Unusable("‘\(path)’ cannot be read. Check its name and who may read it.")
    }
    return Array(data)
  }

  /// The text of a file in UTF-8.
  ///
  /// - Throws: `Unusable` if it cannot be read, or is none.
  static func text(_ path: String) throws(Unusable) -> String {
    guard let text = String(validating: try bytes(path), as: UTF8.self) else {
      throw Unusable("‘\(path)’ is not UTF-8 text. Save it as UTF-8.")
    }
    return text
  }

  /// The value sets and code systems of the `.json` files of a folder, by name.
  ///
  /// - Throws: that the folder or a file cannot be read, or that a file is no FHIR JSON: all of it at once.
  static func valueSets(in folder: String) throws(Unusable) -> [FHIR.Record] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder).sorted() else {
      throw Unusable("The folder of value sets ‘\(folder)’ cannot be read. Check its name and who may read it.")
    }
    var records: [FHIR.Record] = []
    var faults: [String] = []
    for name in names where name.lowercased().hasSuffix(".json") {
      let path = "\(folder)/\(name)"
      if let fault = fault(path) {
        faults.append(fault)
        continue
      }
      do throws(RecordError) {
        records.append(try FHIR.Record.read(path: path, patient: .oneOrNone))
      } catch {
        faults.append(error.description)
      }
    }
    guard faults.isEmpty else { throw Unusable(faults.joined(separator: "\n")) }
    return records
  }
}
