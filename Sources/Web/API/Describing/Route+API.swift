import HTTPTypes

extension Route {
  /// Something that is read by programs.
  static func read<Value>(
    _ path: String, _ access: Access, _ id: String, in group: String, _ summary: String,
    query: [Operation.Parameter] = [], limit: RateLimit? = nil, as shape: Shape<Value>,
    _ handler: @escaping @Sendable (PageRequest) async throws -> Value
  ) -> Route {
    Route(
      .get, path, access, limit: limit,
      operation: Operation(
        id: id, group: group, summary: summary, parameters: query,
        answers: [.init(status: .ok, about: "What was asked for.", schema: shape.schema)])
    ) { .json(shape.text(try await handler($0))) }
  }

  /// Something that programs send, answered by a value.
  static func send<Value>(
    _ path: String, _ access: Access, _ id: String, in group: String, _ summary: String,
    query: [Operation.Parameter] = [], body: Operation.Body, isOnce: Bool = false, bodyLimit: Int = 256 * 1024,
    limit: RateLimit? = nil, _ status: HTTPResponse.Status = .ok, as shape: Shape<Value>,
    _ handler: @escaping @Sendable (PageRequest) async throws -> Value
  ) -> Route {
    Route(
      .post, path, access, bodyLimit: bodyLimit, limit: limit,
      operation: Operation(
        id: id, group: group, summary: summary, parameters: query, body: body, isOnce: isOnce,
        answers: [.init(status: status, about: "What came of it.", schema: shape.schema)])
    ) { .json(shape.text(try await handler($0)), status: status) }
  }

  /// Something that ends, and leaves nothing to say.
  static func end(
    _ path: String, _ access: Access, _ id: String, in group: String, _ summary: String,
    _ handler: @escaping @Sendable (PageRequest) async throws -> Void
  ) -> Route {
    Route(
      .delete, path, access,
      operation: Operation(
        id: id, group: group, summary: summary,
        answers: [.init(status: .noContent, about: "It has ended.", schema: nil)])
    ) {
      try await handler($0)
      return .done
    }
  }
}
