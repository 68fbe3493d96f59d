extension LibraryChecker {
  /// Definitions and functions, each after those that it mentions, as far as they do not mention one another.
  ///
  /// Checking in this order keeps forward references from nesting the checker as deep as the text makes their chain.
  func checkingOrder() -> [Callee] {
    var mentioned: [String: [Callee]] = [:]
    for (number, slot) in definitions.enumerated() {
      mentioned[slot.declaration.name, default: []].append(.definition(number))
    }
    for (number, slot) in functions.enumerated() {
      mentioned[slot.declaration.name, default: []].append(.function(number))
    }
    var order: [Callee] = []
    var seen: Set<Callee> = []
    for root in definitions.indices.map(Callee.definition) + functions.indices.map(Callee.function)
    where seen.insert(root).inserted {
      var stack = [(item: root, next: names(in: root).flatMap { mentioned[$0] ?? [] })]
      while let top = stack.last {
        guard let item = top.next.last else {
          order.append(top.item)
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next.removeLast()
        if seen.insert(item).inserted {
          stack.append((item, names(in: item).flatMap { mentioned[$0] ?? [] }))
        }
      }
    }
    return order
  }

  private func names(in item: Callee) -> Set<String> {
    switch item {
    case .definition(let number):
      guard case .expression(let body) = definitions[number].declaration.kind else { return [] }
      return body.names
    case .function(let number):
      guard case .function(let function) = functions[number].declaration.kind else { return [] }
      return function.body?.names ?? []
    case .parameter: return []
    }
  }
}

extension Expression {
  /// Every name and function that it mentions.
  fileprivate var names: Set<String> {
    var names: Set<String> = []
    var pending = [self]
    while let expression = pending.popLast() {
      switch expression.kind {
      case .name(let name), .call(_, let name, _): names.insert(name)
      default: break
      }
      pending += expression.children
    }
    return names
  }
}
