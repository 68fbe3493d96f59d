import Conduct
import HTTPTypes
import HummingbirdTesting
import Ledger
import Testing

@testable import Web

/// The API's document: made from the routes, whole, and what the server does.
struct OpenAPITests {
  private let document = OpenAPI(routes: Routes.all, isSecure: false).document

  @Test func `it is served to whoever comes`() async throws {
    try await SiteStage().ask { asker in
      let answer = try await asker.get("/api/openapi.json")
      #expect(answer.status == .ok)
      #expect(try answer.json["openapi"]?.string == "3.1.1")
    }
  }

  @Test func `every route of the API but the document stands in it, and nothing else`() throws {
    guard case .object(let paths)? = document["paths"] else { throw Missing() }
    let told = paths.flatMap { path, methods -> [String] in
      guard case .object(let methods) = methods else { return [] }
      return methods.keys.map { "\($0.uppercased()) \(path)" }
    }
    let served = APIRoutes.all.filter { $0.operation != nil }.map { "\($0.method.rawValue) \($0.path)" }
    #expect(Set(told) == Set(served) && told.count == served.count)
    #expect(APIRoutes.all.filter { $0.operation == nil }.map(\.path) == ["/api/openapi.json"])
  }

  @Test func `every reference leads to a schema, and no two schemas have one name`() {
    var definitions: [String: CanonicalJSON.Value] = [:]
    for route in Routes.all {
      guard let operation = route.operation else { continue }
      var schemas = operation.answers.compactMap(\.schema)
      if case .json(let schema) = operation.body { schemas.append(schema) }
      for (name, definition) in schemas.flatMap(\.named) {
        #expect(definitions[name] == nil || definitions[name] == definition, "\(name)")
        definitions[name] = definition
      }
    }
    let text = OpenAPI(routes: Routes.all, isSecure: false).text
    for match in text.matches(of: /#\/components\/schemas\/([^"]+)"/) {
      #expect(document["components"]?["schemas"]?[String(match.1)] != nil, "\(match.1)")
    }
  }

  @Test func `operations have ids of their own`() {
    let ids = Routes.all.compactMap(\.operation?.id)
    #expect(Set(ids).count == ids.count)
  }

  @Test func `the members of an object are all it takes`() {
    let schema = Schema.object(
      name: nil, [.init(name: "a/b", schema: .integer(from: 1)), .init(name: "c", schema: .truth, isRequired: false)])
    #expect(schema.faults(in: .object(["a/b": .integer(1)])).isEmpty)
    #expect(schema.faults(in: .object(["a/b": .integer(0)])).map(\.place) == ["/a~1b"])
    let beyond = CanonicalJSON.Value.integer(CanonicalJSON.greatestInteger + 1)
    #expect(schema.faults(in: .object(["a/b": beyond])).map(\.place) == ["/a~1b"])
    #expect(schema.faults(in: .object(["c": .bool(true), "d": .null])).map(\.place) == ["/d", "/a~1b"])
    #expect(schema.faults(in: .array([])).map(\.words) == ["This must be an object."])
  }

  @Test(arguments: [
    ("2026-03-07T10:30:00+01:00", true), ("2026-03-07T10:30:00.5Z", true), ("2026-03-07T10:30", false),
    ("2026-02-30T10:30:00Z", false), ("null", false), ("", false),
  ])
  func `a date and time is asked for whole, with its offset`(text: String, isRight: Bool) {
    #expect(Schema.text(format: "date-time").faults(in: .string(text)).isEmpty == isRight)
  }

  @Test func `no text has U+0000, and the document says so`() {
    #expect(Schema.text().faults(in: .string("a\0b")).count == 1)
    #expect(Schema.text().definition["pattern"]?.string == #"^[^\u0000]*$"#)
  }

  @Test(arguments: [
    (#"{"a":7.0}"#, #"{"a":7}"#), (#"[-7.00,1.50,2.0e1]"#, #"[-7,1.50,2.0e1]"#),
    (#"{"a":"7.0 \" 8.0"}"#, #"{"a":"7.0 \" 8.0"}"#), ("7.", "7."), (".0", ".0"),
  ])
  func `a whole number is read with or without zeros after its point`(sent: String, read: String) {
    #expect(String(decoding: WholeNumbers.plain(Array(sent.utf8)), as: UTF8.self) == read)
  }

  private struct Missing: Error {}
}
