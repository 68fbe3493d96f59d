import ClinicalValues
import Testing

@testable import Exchange

@Suite struct TransportReadingTests {
  static let columns: [TransportWriting.Column] = [.text("USUBJID", 11), .number("AGE"), .text("SEX", 1)]
  static let file = TransportWriting.dataset(
    "DM", columns,
    [
      [.text("01-701-1015"), .number(TransportWriting.ibm(63)), .text("F")],
      [.text("01-701-1023"), .number(0x2E00_0000_0000_0000), .text("")],
    ])
  /// Where things begin in `file`.
  static let member = 240
  static let namestrs = 640
  static let rows = 1200

  @Test func `a dataset is read with its labels, formats, texts, numbers and what is missing`() throws {
    let dataset = try #require(try TransportFile(Self.file).datasets.first)
    #expect(dataset.name == "DM")
    #expect(dataset.label == "Data of tests")
    #expect(dataset.created == "28NOV26:23:35:16")
    #expect(dataset.variables.map(\.name) == ["USUBJID", "AGE", "SEX"])
    #expect(dataset.variables.map(\.label) == ["Label of USUBJID", "Label of AGE", "Label of SEX"])
    #expect(dataset.variables.map(\.kind) == [.text, .number, .text])
    #expect(dataset.variables[1].format == TransportVariable.Format(name: "DATE", width: 9, decimals: 0))
    #expect(dataset.rows.count == 2)
    #expect(
      dataset.rows[0] == [.text("01-701-1015"), .number(TransportNumber(bits: 0x423F_0000_0000_0000)), .text("F")])
    #expect(dataset.rows[1] == [.text("01-701-1023"), .missing(.plain), .text("")])
  }

  /// The bytes of published examples, and numbers at the edges of what both systems hold.
  static let numbers: [(bits: UInt64, value: Double, text: String?)] = [
    (0x4110_0000_0000_0000, 1, "1"), (0xC110_0000_0000_0000, -1, "-1"), (0x4264_0000_0000_0000, 100, "100"),
    (0xC276_A000_0000_0000, -118.625, "-118.625"), (0x4033_3333_3333_3333, 0.2, "0.2"),
    (0x0010_0000_0000_0000, 5.397605346934028e-79, nil), (0x7FFF_FFFF_FFFF_FFF8, 7.2370055773322614e75, nil),
    (0x3C10_0000_0000_0000, 9.5367431640625e-07, nil), (0x0000_0000_0000_0000, 0, "0"),
  ]

  @Test(arguments: numbers)
  func `a number of IBM's is the binary64 that it was`(_ bits: UInt64, _ value: Double, _ text: String?) {
    let number = TransportNumber(bits: bits)
    #expect(number.value == value)
    #expect(number.decimal?.description == text)
  }

  @Test func `every binary64 in the range goes there and back, and more bits than it has are said to be rounded`() {
    var seed: UInt64 = 1
    for _ in 0..<2000 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bitPattern: seed & 0x800F_FFFF_FFFF_FFFF | (1023 - 200 + (seed >> 12) % 400) << 52)
      let number = TransportNumber(bits: TransportWriting.ibm(value))
      #expect(number.value == value)
      #expect(number.isExact)
    }
    let finer = TransportNumber(bits: 0x41FF_FFFF_FFFF_FFFF)
    #expect(!finer.isExact)
    #expect(finer.value == 16)
  }

  @Test func `what a computation left behind the fifteenth digit is not read as a digit of the datum`() {
    for (value, text) in [
      (13.100000000000001, "13.1"), (0.1 + 0.2, "0.3"), (0.00001, "0.00001"), (1e15, "1000000000000000"),
    ] {
      #expect(TransportNumber(bits: TransportWriting.ibm(value)).decimal?.description == text)
    }
    #expect(TransportNumber(bits: TransportWriting.ibm(1.0 / 3)).decimal == nil)
  }

  @Test func `short numbers, special missing values and several datasets are read`() throws {
    var file = TransportWriting()
    file.add("AA", [.number("X", length: 3)], [[.number(0x4110_0000_0000_0000)], [.number(0x4100_0000_0000_0000)]])
    file.add("BB", [.number("Y")], [[.number(0x5F00_0000_0000_0000)], [.number(0x5A00_0000_0000_0000)]])
    let datasets = try TransportFile(file.bytes).datasets
    #expect(datasets.map(\.name) == ["AA", "BB"])
    #expect(datasets[0].rows[0] == [.number(TransportNumber(bits: 0x4110_0000_0000_0000))])
    let missing = (datasets[0].rows + datasets[1].rows).compactMap { row -> String? in
      if case .missing(let kind) = row[0] { kind.description } else { nil }
    }
    #expect(missing == [".A", "._", ".Z"])
  }

  @Test func `what fills the last record up is no row`() throws {
    for count in 1...12 {
      let rows = (0..<count).map { _ in [TransportWriting.Cell.text("x")] }
      let file = TransportWriting.dataset("AA", [.text("X", 7)], rows)
      #expect(try TransportFile(file).datasets[0].rows.count == count)
    }
  }

  struct Fault: Sendable {
    let at: Int
    let bytes: [UInt8]
    let says: String

    init(_ at: Int, _ bytes: [UInt8], _ says: String) {
      self.at = at
      self.bytes = bytes
      self.says = says
    }
  }

  static let faults: [Fault] = [
    Fault(0, Array("LIBV8".utf8), "byte 0 (library header): This is version 8 of the format."),
    Fault(
      0, Array("PK".utf8),
      "byte 0 (library header): Expected ‘HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!’, found ‘PKADER"),
    Fault(
      member + 74, Array("0136".utf8),
      "byte 314 (dataset 1, length of a variable’s description): It is 136, and must be 140."),
    Fault(member + 168, Array("9".utf8), "byte 408 (dataset 1, name): ‘9M’ is no name"),
    Fault(560 + 54, Array("0000".utf8), "byte 614 (DM, number of variables): It is 0"),
    Fault(560 + 54, Array("9999".utf8), "byte 614 (DM, number of variables): It is 9999, and the file ends before"),
    Fault(560 + 54, Array("x".utf8), "byte 614 (DM, number of variables): Expected digits, found ‘x003’."),
    Fault(namestrs, [0, 3], "byte 640 (DM, variable 1 (USUBJID), type): It is 3, and is 1 (number) or 2 (text)."),
    Fault(namestrs + 4, [0, 0], "byte 644 (DM, variable 1 (USUBJID), length): It is 0, and is 1 to 32767."),
    Fault(namestrs + 144, [0, 9], "byte 784 (DM, variable 2 (AGE), length): It is 9, and is 2 to 8."),
    Fault(
      namestrs + 224, [0, 0, 0, 9],
      "byte 864 (DM, variable 2 (AGE), position): It is 9, and the variables before it end at 11."),
    Fault(namestrs + 148, Array("USUBJID ".utf8), "byte 788 (DM, variable 2, name): ‘USUBJID’ is there already."),
    Fault(rows, [0xFF], "byte 1200 (DM, row 1, USUBJID): The text is neither ASCII nor UTF-8."),
    Fault(rows + 11, [0x10, 0, 0, 0, 0, 0, 0, 0], "byte 1211 (DM, row 1, AGE): The number has no fraction"),
  ]

  @Test(arguments: faults)
  func `a fault is told with its byte and field`(_ fault: Fault) {
    var file = Self.file
    file.replaceSubrange(fault.at..<fault.at + fault.bytes.count, with: fault.bytes)
    let error = #expect(throws: InvalidTransportFile.self) { try TransportFile(file) }
    #expect(error?.description.contains(fault.says) == true, "\(error?.description ?? "none")")
  }

  @Test func `a file that was cut off anywhere is refused or is shorter by whole rows, and never crashes`() {
    for length in 0..<Self.file.count {
      let file = try? TransportFile(Array(Self.file.prefix(length)))
      #expect(file == nil || length == Self.rows, "\(length)")
    }
    #expect((try? TransportFile(Array(Self.file.prefix(Self.rows))))?.datasets[0].rows.isEmpty == true)
  }

  @Test func `a row that ends too early is told with its byte`() throws {
    let rows = [[TransportWriting.Cell.text("Placebo")]]
    var file = TransportWriting.dataset("AA", [.text("ARM", 7)], rows)
    file[file.count - 1] = 120
    let error = #expect(throws: InvalidTransportFile.self) { try TransportFile(file) }
    #expect(error?.faults.map(\.offset) == [file.count - 3])
    #expect(error?.faults.map(\.field) == ["AA, row 12"])
  }

  @Test func `a file with any bytes changed is read or refused, and never crashes`() {
    var seed: UInt64 = 7
    func random(_ count: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % count
    }
    var refused = 0
    for _ in 0..<1500 {
      var file = Self.file
      for _ in 0...random(3) { file[random(file.count)] = UInt8(random(256)) }
      do throws(InvalidTransportFile) {
        #expect(try TransportFile(file).datasets.count >= 1)
      } catch {
        refused += 1
        #expect(error.faults.allSatisfy { (0...file.count).contains($0.offset) && !$0.field.isEmpty })
      }
    }
    #expect(refused > 100)
  }
}
